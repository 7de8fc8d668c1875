"""What is done with several cases of the list at once: who may, to what, and that everybody is told once."""

import csv
import io
import itertools

import openpyxl
import pytest
from django.utils import timezone

from accounts.models import Membership
from accounts.rights import NotPermitted
from accounts.standing import Standing
from audit.models import Event
from caseload.actions import export_cases, give_access, remind_in
from caseload.models import Chase, Round
from cases.models import Case, Conflict, TeamMember
from cases.parts import Part
from deadlines.models import Deadline
from notifications.reminders.models import Message
from notifications.reminders.sweep import sweep

from .test_pages import text_of

pytestmark = pytest.mark.django_db
PAGES = ("/cases/chosen/access/", "/cases/chosen/remind/", "/cases/chosen/export/")


@pytest.fixture
def by(world):
    return lambda person: Standing.of(world.people[person], timezone.now())


@pytest.fixture
def two(began):
    """Two cases that their authority has not notified, and is late with."""
    return [began(days=8).referred().decided().awareness_known().case for _ in range(2)]


@pytest.fixture
def membership(world):
    return lambda person: Membership.objects.get(user=world.people[person])


def chosen(cases, **more):
    return {"case": [case.reference for case in cases], "token": "once-and-not-twice", **more}


# --- reminding ------------------------------------------------------------------------------------------------------
def test_before_anybody_is_reminded_the_page_says_how_many_of_what(two, cora):
    page = text_of(cora.get("/cases/chosen/remind/", chosen(two)))
    assert "will get one email each" in page
    assert all(case.reference in page for case in two)
    assert "Serious incident notification to the Panel" in page
    assert not Chase.objects.exists()


def test_whoever_owes_something_in_several_cases_gets_one_letter(two, cora, world):
    sweep(clock=timezone.now)
    earlier = list(Message.objects.values_list("pk", flat=True))
    answer = cora.post("/cases/chosen/remind/", chosen(two), follow=True)
    assert "They will be reminded by email" in text_of(answer)
    sweep(clock=timezone.now)
    told = Message.objects.exclude(pk__in=earlier)
    letter = told.get(recipient=world.people["la_notifier"])
    assert letter.subject.startswith("Reminder")
    assert not told.filter(recipient=world.people["isles_notifier"]).exists()
    assert all(case.title not in letter.text + letter.subject for case in two)
    clocks = Deadline.objects.filter(case__in=two, code="T01")
    assert set(Chase.objects.filter(deadline__in=clocks).values_list("case", flat=True)) == {case.pk for case in two}
    for case in two:
        assert Event.objects.filter(trail=case.trail, verb="reminded with others").exists()


def test_pressed_twice_reminds_once_and_what_was_chased_today_is_left_out(two, cora):
    cora.post("/cases/chosen/remind/", chosen(two))
    made = Chase.objects.count()
    assert cora.post("/cases/chosen/remind/", chosen(two)).status_code == 302
    assert (Round.objects.count(), Chase.objects.count()) == (1, made)
    page = text_of(cora.get("/cases/chosen/remind/", chosen(two)))
    assert "Everybody was reminded today already" in page


def test_what_was_done_before_the_letter_went_is_not_reminded_of(two, by, world):
    remind_in(two, by=by("coordinator"))
    Deadline.objects.filter(case__in=two).update(met_on=world.today)
    made = Round.objects.get()
    assert world.people["la_notifier"] in made.reminded.all()
    assert world.people["la_notifier"] not in made.recipients("", world.today)


def test_the_letter_leads_those_reminded_to_their_desk_and_nobody_else(two, by, world, signed_in):
    remind_in(two, by=by("coordinator"))
    event = Event.objects.get(verb="several reminded by hand")
    assert signed_in(world.people["la_notifier"]).get(f"/messages/news/{event.pk}/")["Location"] == "/desk/"
    assert signed_in(world.people["isles_notifier"]).get(f"/messages/news/{event.pk}/").status_code == 404


# --- giving access --------------------------------------------------------------------------------------------------
def test_a_lawyer_is_given_the_whole_of_both_cases_and_told_once(two, cora, world, membership):
    levi = world.people["legal_adviser"]
    page = text_of(cora.get("/cases/chosen/access/", chosen(two)))
    assert "all 2 cases" in page
    assert "Give access to 2 cases" in page
    answer = cora.post(
        "/cases/chosen/access/", chosen(two, part="whole_case", membership=membership("legal_adviser").pk), follow=True
    )
    assert f"{levi} can now see the whole case of 2 cases" in text_of(answer)
    seen = Case.objects.visible_to(Standing.of(levi, timezone.now()))
    assert set(two) <= set(seen)
    for case in two:
        assert Event.objects.filter(trail=case.trail, verb="access given").count() == 1


def test_giving_what_somebody_has_says_so_and_adds_nothing(two, cora, membership, by):
    give_access(two[:1], Part.WHOLE_CASE, membership("legal_adviser"), by=by("coordinator"))
    answer = cora.post(
        "/cases/chosen/access/", chosen(two, part="whole_case", membership=membership("legal_adviser").pk), follow=True
    )
    assert "They could already in 1" in text_of(answer)
    assert TeamMember.objects.filter(membership=membership("legal_adviser"), part=Part.WHOLE_CASE).count() == 2


def test_a_part_that_the_role_may_not_hold_is_given_in_no_case(two, cora, membership):
    answer = cora.post("/cases/chosen/access/", chosen(two, part="whole_case", membership=membership("scrutineer").pk))
    assert "cannot be given the whole case" in text_of(answer)
    assert not TeamMember.objects.filter(membership=membership("scrutineer"), case__in=two).exists()


# --- taking away ----------------------------------------------------------------------------------------------------
def test_the_file_has_the_chosen_lines_with_the_columns_of_the_list_and_no_formula(two, began, cora):
    left_out = began(days=1).referred().case
    Case.objects.filter(pk=two[0].pk).update(title='=HYPERLINK("http://example.org")')
    answer = cora.post("/cases/chosen/export/", chosen(two, format="csv"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert {row["Reference"] for row in rows} == {case.reference for case in two}
    assert left_out.reference not in {row["Reference"] for row in rows}
    assert {row["How it stands"] for row in rows} == {"Overdue"}
    assert next(row for row in rows if row["Reference"] == two[0].reference)["Description"].startswith("'=")
    assert "OFFICIAL-SENSITIVE" in answer["Content-Disposition"]
    for case in two:
        assert Event.objects.filter(trail=case.trail, verb="exported in a list", reading=True).count() == 1


def test_the_workbook_holds_text_and_no_formula(two, cora):
    Case.objects.filter(pk=two[0].pk).update(title="=1+1")
    answer = cora.post("/cases/chosen/export/", chosen(two, format="xlsx"))
    page = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for row in page.iter_rows(min_row=2) for cell in row]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


# --- who may --------------------------------------------------------------------------------------------------------
def test_a_case_that_may_not_be_seen_is_answered_like_one_that_is_not_there(two, cora, world):
    Conflict.objects.create(
        case_id=two[0].pk, user=world.people["coordinator"], declared_on=world.today, what="A cousin"
    )
    for verb, page in itertools.product((cora.get, cora.post), PAGES):
        unseen = text_of(verb(page, chosen(two)))
        absent = text_of(verb(page, {"case": [two[1].reference, "WSCP-1999-0001"]}))
        assert "Select cases from the list" in unseen
        assert unseen == absent
        assert two[0].reference not in unseen
    assert not Chase.objects.exists()


def test_nothing_ticked_is_said_above_the_way_back_to_the_same_list(cora):
    for page in PAGES:
        answer = cora.get(page, {"narrowed": "clock=overdue&nonsense=1"})
        assert "Select at least one case" in text_of(answer)
        assert answer.context["list_url"] == "/cases/?clock=overdue"


def test_no_button_is_offered_to_whoever_may_not_press_it(two, signed_in, world, cora):
    assert len(cora.get("/cases/").context["choosing"]) == 3
    notifier = signed_in(world.people["la_notifier"])
    page = notifier.get("/cases/")
    assert page.context["choosing"] == []
    assert 'type="checkbox"' not in page.content.decode()
    for address in PAGES:
        assert notifier.get(address, chosen(two)).status_code == 403
        assert notifier.post(address, chosen(two)).status_code == 403


def test_the_verbs_ask_about_each_case_before_anything_is_done(two, by, world, membership):
    Conflict.objects.create(
        case_id=two[1].pk, user=world.people["coordinator"], declared_on=world.today, what="A cousin"
    )
    before = Event.objects.count()
    for verb in (
        lambda: remind_in(two, by=by("coordinator")),
        lambda: give_access(two, Part.WHOLE_CASE, membership("legal_adviser"), by=by("coordinator")),
        lambda: export_cases(two, (), "csv", by=by("coordinator")),
    ):
        with pytest.raises(NotPermitted):
            verb()
    assert Event.objects.count() == before
