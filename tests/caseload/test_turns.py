"""Whose turn it is: each waiting thing stands on the desk of those who have to do it, and of those who wait."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Membership
from accounts.standing import Standing
from audit.models import Event
from caseload.actions import chase, remind_in
from caseload.desk import to_do
from caseload.items import MOST
from caseload.waiting import waiting_on_others
from cases.actions import assign
from cases.parts import Part
from deadlines.models import Deadline
from deadlines.working_days import long_date
from decisions.models import Seat
from notifications.reminders.announce import announce
from notifications.reminders.models import Telling
from publications.models import Feedback, Page
from referrals.models import Referral

from .test_pages import text_of

pytestmark = pytest.mark.django_db

ANSWER = "Answer a question about your referral"
SETTLE = "Settle a disagreement about notifying"


@pytest.fixture
def by(world):
    return lambda person: Standing.of(world.people[person], timezone.now())


@pytest.fixture
def has_to(by):
    """What a person has to do, in words, by the address where it is done."""
    return lambda person: {item.what: item for items in to_do(by(person)) for item in items}


@pytest.fixture
def waits_for(by):
    return lambda person: {item.what: item for item in waiting_on_others(by(person))}


def told():
    announce(at=timezone.now(), day=timezone.localdate())
    return set(Telling.objects.filter(event__verb="reminded by hand").values_list("recipient__email", flat=True))


def test_a_question_waits_for_the_agency_that_was_asked_and_no_longer_for_the_coordinator(
    began, world, has_to, waits_for, signed_in
):
    began(days=3).referred().asked_for_more()
    for person in ("hospital_referrer", "hospital_lead"):
        assert ANSWER in has_to(person)
        assert "Outcome of your agency's referral" not in waits_for(person)
        assert signed_in(world.people[person]).get(has_to(person)[ANSWER].url).status_code == 200
    assert ANSWER not in has_to("lead")
    assert "Look at a referral" not in has_to("coordinator")
    assert waits_for("coordinator")["Answers about the referral: Wrenshire Hospitals Trust"].chase_url


def test_whoever_was_asked_a_question_is_reminded_of_it_and_the_link_leads_there(began, by, world, signed_in, cora):
    referral = began(days=3).referred().asked_for_more().referral
    answer = cora.post(f"/desk/remind/referral/{referral.pk}/", follow=True)
    assert "They will be reminded by email" in text_of(answer)
    assert "Reminded today" in text_of(answer)
    assert told() == {world.people[person].email for person in ("hospital_referrer", "hospital_lead")}
    event = Event.objects.get(verb="reminded by hand")
    link = f"/messages/news/{event.pk}/"
    assert signed_in(world.people["hospital_referrer"]).get(link, follow=True).status_code == 200
    assert signed_in(world.people["lead"]).get(link).status_code == 404


def test_what_nobody_was_asked_cannot_be_chased_and_a_round_takes_the_questions_along(began, by, cora):
    asked, quiet = began(days=3).referred().asked_for_more(), began(days=3).referred()
    assert cora.post(f"/desk/remind/referral/{quiet.referral.pk}/").status_code == 409
    things = remind_in([asked.case, quiet.case], by=by("coordinator"))
    assert [thing for thing in things if isinstance(thing, Referral)] == [asked.referral]
    with pytest.raises(ValueError, match="reminded of this today"):
        chase(asked.referral, by=by("coordinator"))


def test_a_disagreement_stands_on_the_desk_of_whoever_is_to_settle_it(began, has_to, waits_for, world, signed_in):
    story = began(days=1).referred().awareness_known().disputed()
    levels = ("panel_chair", "partner_icb", "senior_partner")
    for turn, person in enumerate(levels):
        if turn:
            story.disagreement_passed_on("They did not agree.")
        assert [SETTLE in has_to(each) for each in levels] == [each == person for each in levels]
        item = has_to(person)[SETTLE]
        assert item.when.startswith("due ")
        assert signed_in(world.people[person]).get(item.url).status_code == 200
        assert "A disagreement about notifying to be settled" in waits_for("coordinator")
    assert SETTLE not in has_to("isles_notifier")


def test_the_approver_of_an_authority_waits_for_its_notifiers(began, waits_for):
    began(days=8).referred().decided().awareness_known()
    item = waits_for("la_approver")["Serious incident notification to the Panel: Westmoor Council"]
    assert (item.tag, item.chase_url) == ("Overdue", "")
    assert "Serious incident notification to the Panel: Westmoor Council" not in waits_for("isles_notifier")


def test_a_senior_partner_who_was_told_of_a_late_position_waits_for_it(began, waits_for):
    began(days=2).referred().put_to_partners()
    words = "Partners' positions: whether the case meets the criteria"
    assert words not in waits_for("senior_partner")
    Seat.objects.filter(body="la").update(chased=Seat.Chased.SENIOR_PARTNER)
    assert words in waits_for("senior_partner")


def test_who_sees_no_clock_reads_by_when_the_whole_is_due(began, has_to, world, by):
    review = began(days=60).referred().decided().awareness_known().notified().asked_agencies().agencies_answered()
    clock = Deadline.objects.get(case=review.case, code="T05")
    review.met()
    assert (
        has_to("group_member")["Read the papers of a rapid review"].when == f"to be sent by {long_date(clock.due_on)}"
    )
    review.signed().sent_to_panel().commissioned().begun()
    clock = Deadline.objects.get(case=review.case, code="T09")
    written = has_to("reviewer")["Write the report of a local review"]
    assert written.when == f"to be published by {long_date(clock.due_on)}"
    review.written().handed_in()
    assert has_to("panel_chair")["Check the draft report of a local review"].when == written.when
    day = world.today + timedelta(days=30)
    review.approved().noticed(publication=day, title="A baby with a head injury")
    comms = Membership.objects.get(user=world.people["comms_officer"])
    assign(review.case, Part.PUBLICATION_PACK, comms, by=by("coordinator"))
    prepared = has_to("comms_officer")["Prepare for the publication of a report"]
    assert (prepared.when, prepared.due_on) == (f"planned for {long_date(day)}", day)


def test_the_day_on_which_a_referral_came_is_that_of_london(began, has_to):
    story = began(days=3).referred()
    Referral.objects.filter(pk=story.referral.pk).update(submitted_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert has_to("coordinator")["Look at a referral"].when == "received 1 July 2026"


def test_what_is_owed_on_a_day_that_nobody_can_work_out_yet_is_not_left_out(began, has_to):
    case = began(days=3).referred().decided().awareness_known().case
    Deadline.objects.filter(case=case, code="T01").update(due_on=None)
    item = has_to("la_notifier")["Serious incident notification to the Panel"]
    assert (item.tag, item.when) == ("No date yet", "bank holidays are missing to work it out")


def test_what_has_its_day_comes_before_what_has_none(began, has_to, monkeypatch):
    case = began(days=3).referred().decided().awareness_known().case
    Deadline.objects.filter(case=case, code="T01").update(due_on=None)
    monkeypatch.setattr("caseload.desk.MOST", 1)
    assert "Serious incident notification to the Panel" not in has_to("la_notifier")


def test_a_partner_who_is_the_last_to_record_a_position_waits_for_nobody(began, has_to, waits_for):
    began(days=2).referred().put_to_partners(answers=2)
    words = "whether the case meets the criteria"
    assert f"Record your position: {words}" in has_to("partner_police")
    assert f"Partners' positions: {words}" not in waits_for("partner_police")
    assert f"Partners' positions: {words}" in waits_for("partner_la")


def test_what_people_said_waits_for_a_coordinator_until_it_is_read(world, has_to):
    page = Page.objects.create(slug="thanks", title="Thanks", takes_feedback=True)
    given = Feedback.objects.create(page=page, text="Thank you.", given_at=timezone.now())
    assert has_to("coordinator")["Read what people said"].reference == "1 not read yet"
    assert "Read what people said" not in has_to("system_administrator")
    Feedback.objects.filter(pk=given.pk).update(read_at=timezone.now(), read_by=world.people["coordinator"])
    assert "Read what people said" not in has_to("coordinator")


def test_the_target_agreed_with_a_delay_stands_beside_the_day_and_not_in_its_place(began, has_to, waits_for, world):
    case = began(days=8).referred().decided().awareness_known().case
    clock = Deadline.objects.get(case=case, code="T01")
    target = world.today + timedelta(days=5)
    Deadline.objects.filter(pk=clock.pk).update(
        agreed_target=target, delay_explained_on=world.today, delay_reason="Said so."
    )
    words = f"due {long_date(clock.due_on)}, agreed target {long_date(target)}"
    assert has_to("la_notifier")["Serious incident notification to the Panel"].when == words
    assert waits_for("la_approver")["Serious incident notification to the Panel: Westmoor Council"].when == words


def test_a_desk_that_leaves_something_out_says_so(began, cora):
    said = f"No more than {MOST} of each kind are listed here"
    case = began(days=3).referred().case
    assert said not in text_of(cora.get("/desk/"))
    clock = Deadline.objects.filter(case=case).open().first()
    for number in range(MOST + 1):
        Deadline.objects.create(
            case=case,
            limit=clock.limit,
            code=clock.code,
            occasion=f"{clock.occasion}:{number}",
            counted_from=clock.counted_from,
            convention=clock.convention,
            due_on=clock.due_on + timedelta(days=number % 20),
            owed_by_role="coordinator",
        )
    assert said in text_of(cora.get("/desk/"))
