"""What each role waits for, and reminding those who owe it."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.rights import NotPermitted
from accounts.standing import Standing
from agency_returns.models import AgencyReturn, InformationRequest
from audit.models import Event
from caseload.actions import AlreadyReminded, chase
from caseload.desk import to_do
from caseload.models import Chase
from caseload.waiting import waiting_on_others
from deadlines.models import Deadline
from decisions.models import Decision
from notifications.reminders.announce import announce
from notifications.reminders.models import BEGUN, ENDED, Telling, Tick, Trouble

from .test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(world):
    return lambda person, at=None: Standing.of(world.people[person], at or timezone.now())


def told(verb="reminded by hand"):
    announce(at=timezone.now(), day=timezone.localdate())
    return set(Telling.objects.filter(event__verb=verb).values_list("recipient__email", flat=True))


def test_a_coordinator_waits_for_the_authority_with_a_button_to_remind_it(began, world, cora):
    case = began(days=8).referred().decided().awareness_known().case
    clock = Deadline.objects.get(case=case, code="T01")
    page = text_of(cora.get("/desk/"))
    assert page.index("Waiting for others") < page.index("Newest cases")
    assert f"about Serious incident notification to the Panel: {clock.owed_by_agency} for {case.reference}" in page

    answer = cora.post(f"/desk/remind/clock/{clock.pk}/", follow=True)

    assert "They will be reminded by email" in text_of(answer)
    assert "Reminded today" in text_of(answer)
    assert world.people["la_notifier"].email in told()
    assert world.people["isles_notifier"].email not in told()


def test_a_thing_is_chased_once_a_day_whoever_presses_and_again_the_next(began, by):
    case = began(days=8).referred().decided().awareness_known().case
    clock = Deadline.objects.get(case=case, code="T01")
    chase(clock, by=by("coordinator"))
    with pytest.raises(AlreadyReminded):
        chase(clock, by=by("coordinator"))
    assert Event.objects.filter(verb="reminded by hand").count() == 1
    chase(clock, by=by("coordinator", timezone.now() + timedelta(days=1)))
    assert Chase.objects.count() == 2


def test_pressing_again_the_same_day_says_so_and_writes_to_nobody(began, cora):
    case = began(days=8).referred().decided().awareness_known().case
    clock = Deadline.objects.get(case=case, code="T01")
    cora.post(f"/desk/remind/clock/{clock.pk}/")
    told()
    before = Telling.objects.count()
    page = text_of(cora.post(f"/desk/remind/clock/{clock.pk}/", follow=True))
    assert "They have been reminded of this today" in page
    told()
    assert Telling.objects.count() == before


def test_a_return_chased_from_its_own_page_is_not_chased_again_from_the_desk(notified, by):
    from agency_returns.actions import chase as chase_return

    notified.asked_agencies()
    row = AgencyReturn.objects.waiting().first()
    chase_return(row, by=by("coordinator"))
    with pytest.raises(AlreadyReminded):
        chase(row, by=by("coordinator"))
    assert [item.chased for item in waiting_on_others(by("coordinator")) if "Return from" in item.what].count(True) == 1


def test_a_chased_return_reaches_its_agency_by_the_message_of_its_room(notified, by, world):
    notified.asked_agencies()
    row = AgencyReturn.objects.waiting().filter(request__agency=world.agencies["school"]).get()
    chase(row, by=by("coordinator"))
    assert told("information request chased") == {world.people["lead"].email}
    assert told() == set()


def test_partners_whose_position_is_wanted_are_chased(began, by, world):
    began(days=2).referred().put_to_partners(answers=1)
    chase(Decision.objects.get(), by=by("coordinator"))
    assert world.people["partner_icb"].email in told()


def test_what_has_been_done_cannot_be_chased(notified, cora):
    clock = Deadline.objects.get(case=notified.case, code="T01")
    assert cora.post(f"/desk/remind/clock/{clock.pk}/").status_code == 409
    assert not Chase.objects.exists()


def test_who_only_decides_waits_without_a_button_and_is_refused(began, world, signed_in, by):
    case = began(days=2).referred().put_to_partners(answers=1).case
    partner = signed_in(world.people["partner_icb"])
    page = text_of(partner.get("/desk/"))
    assert "Partners' positions" in page
    assert "/desk/remind/" not in partner.get("/desk/").content.decode()
    clock = Deadline.objects.filter(case=case).open().first()
    assert partner.post(f"/desk/remind/clock/{clock.pk}/").status_code == 403
    assert signed_in(world.people["isles_notifier"]).post(f"/desk/remind/clock/{clock.pk}/").status_code == 404
    with pytest.raises(NotPermitted):
        chase(clock, by=by("partner_icb"))


def test_nothing_is_chased_by_reading_or_by_a_word_that_means_nothing(began, cora):
    case = began(days=2).referred().case
    clock = Deadline.objects.filter(case=case).open().first()
    assert cora.get(f"/desk/remind/clock/{clock.pk}/").status_code == 405
    assert cora.post(f"/desk/remind/user/{clock.pk}/").status_code == 404


def test_the_link_in_the_letter_leads_whoever_owes_it_to_the_page_where_it_is_done(began, world, signed_in, by):
    case = began(days=8).referred().decided().awareness_known().case
    chase(Deadline.objects.get(case=case, code="T01"), by=by("coordinator"))
    event = Event.objects.get(verb="reminded by hand")
    answer = signed_in(world.people["la_notifier"]).get(f"/messages/news/{event.pk}/", follow=True)
    assert answer.status_code == 200
    assert "/notifications/" in answer.redirect_chain[-1][0]
    assert signed_in(world.people["isles_notifier"]).get(f"/messages/news/{event.pk}/").status_code == 404


def test_an_agency_sees_what_has_become_of_its_referral(began, world, signed_in):
    began(days=1).referred()
    assert "Outcome of your agency's referral" in text_of(signed_in(world.people["hospital_referrer"]).get("/desk/"))
    assert not mail.outbox


def test_those_who_can_act_read_on_their_desk_that_the_scheduler_stands_still(cast, signed_in):
    def desk(person):
        return text_of(signed_in(getattr(cast, person)).get("/desk/"))

    now = timezone.now()
    said = "Reminders are not being sent"
    for name in (BEGUN, ENDED):
        Tick.objects.create(name=name, at=now)
    assert said not in desk("coordinator")
    Tick.objects.update(at=now - timedelta(hours=3))
    Trouble.objects.create(subject="audit.Event:1", what="ValueError", first_at=now)
    for person in ("coordinator", "system_administrator"):
        page = desk(person)
        assert said in page
        assert "See to what the scheduler could not deal with" in page
    assert said not in desk("partner_la")
    Trouble.objects.update(settled_at=now)
    Tick.objects.update(at=now)
    assert "There is a problem" not in desk("coordinator")


def test_what_is_overdue_stands_first_whatever_it_is_and_what_has_no_day_comes_after(notified, by, world):
    notified.asked_agencies()
    InformationRequest.objects.update(due_on=world.today - timedelta(days=1))
    dated, undated = to_do(by("lead"))
    assert [(item.what, item.tag) for item in dated][:1] == [("Send your agency's return", "Overdue")]
    assert [item.colour == "red" for item in dated] == sorted((item.colour == "red" for item in dated), reverse=True)
    assert all(item.due_on == date.max for item in undated)
    days = [item.due_on for item in to_do(by("coordinator"))[0] if item.colour != "red"]
    assert days == sorted(days)
