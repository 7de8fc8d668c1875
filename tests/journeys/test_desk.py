"""A working day at the desk: what must I do, by when, and what am I waiting for - in a real browser."""

from datetime import UTC, datetime

import pytest

from accounts.standing import LONDON
from audit.models import Event
from caseload.models import Round, SavedList
from demo import prose
from demo.journey import Journey, World
from demo.management.commands.load_demo import Command

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    """The people of the demonstration, without its cases."""
    now = datetime.now(UTC)
    Command().load_people(now)
    return World.found(today=now.astimezone(LONDON).date(), seed=1)


def a_case(world, days):
    return Journey(world, prose.HEAD_INJURY, began=world.working_days_ago(days)).referred().decided().awareness_known()


def tabs_to(person, words):
    """Press Tab until what is focused says this."""
    for _ in range(80):
        person.page.keyboard.press("Tab")
        if words in person.page.evaluate("document.activeElement?.innerText || ''"):
            return
    raise AssertionError(f"{person.path}: the keyboard does not reach “{words}”")


def lists_are_kept(cora):
    cora.goes_to("/cases/").opens("Narrow the list").fills(clock="overdue").presses("Apply").reads("Clocks: Overdue")
    cora.follows("Save this list").reads("Clocks: Overdue").fills(name="Late", shared="no").presses("Save list")
    cora.reads("The list is saved").reads("Clocks: Overdue")
    cora.follows("Save this list").fills(name="Late, for all", shared="yes").presses("Save list")
    cora.follows("Choose columns").fills(columns=["status"]).presses("Keep these columns")
    cora.goes_to("/cases/").reads("Status")
    cora.follows("Late").reads("Clocks: Overdue")


def chosen_cases_are_reminded_and_taken_away(cora, late, also_late):
    cora.goes_to("/cases/?clock=overdue")
    assert cora.page.locator("input[type=checkbox]").count() == 2
    cora.page.get_by_role("button", name="Choose all on this page").click()
    cora.reads("Choose none").presses("Export").reads("2 rows")
    with cora.page.expect_download() as taken:
        cora._button("Download", 0).click()
    assert taken.value.suggested_filename.startswith("OFFICIAL-SENSITIVE list of cases")
    cora.follows("Cancel").reads("Clocks: Overdue")
    cora.fills(case=[also_late.reference]).presses("Remind").reads("one email each").presses("Remind them")
    cora.reads("They will be reminded by email").reads("Clocks: Overdue")


def the_calendar_is_used_by_keyboard(cora):
    cora.goes_to("/desk/calendar/")
    tabs_to(cora, "Month after")
    cora.page.keyboard.press("Enter")
    cora.page.wait_for_url("**/desk/calendar/?month=*")


def test_a_coordinator_and_an_agency_work_from_their_desks(world, at_browser, seen):
    late, also_late = a_case(world, 9).case, a_case(world, 8).case
    asking = a_case(world, 3).notified().asked_agencies().case

    cora = at_browser(world.people["coordinator"])
    cora.goes_to("/desk/").reads("Waiting for others")
    text = cora.page.locator("main").inner_text()
    assert text.index("Due and overdue") < text.index("Waiting for others") < text.index("Newest cases")
    assert text.index("Overdue") < text.index("In time")
    cora.presses("Remind").reads("They will be reminded by email").reads("Reminded today")
    lists_are_kept(cora)
    chosen_cases_are_reminded_and_taken_away(cora, late, also_late)
    the_calendar_is_used_by_keyboard(cora)
    cora.goes_to("/timeliness/").reads("Done in time")
    cora.goes_to("/cases/search/").fills(words=asking.reference).presses("Search").reads(asking.title)

    at_browser(world.people["second_coordinator"]).goes_to("/cases/").reads("Late, for all")
    assert SavedList.objects.filter(shared=False).count() == 1

    lena = at_browser(world.people["lead"])
    lena.goes_to("/desk/").reads("Send your agency's return").reads(asking.reference)
    lena.does_not_read(late.reference).goes_to("/cases/")
    assert lena.page.locator("input[type=checkbox]").count() == 0
    assert {kind: found for kind, found in seen.items() if found} == {}

    plain = at_browser(world.people["second_coordinator"], scripts=False, width=320)
    plain.goes_to("/desk/").presses("Remind").reads("They will be reminded by email")
    plain.goes_to("/cases/?clock=overdue")
    plain.fills(case=[late.reference]).presses("Export").fills(format="xlsx").reads("1 row")
    plain.goes_to("/cases/").fills(case=[asking.reference]).presses("Remind").presses("Remind them")
    plain.reads("They will be reminded by email")
    assert Round.objects.count() == 2
    assert Event.objects.filter(verb="exported in a list").count() == 2
