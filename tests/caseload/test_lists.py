"""Narrowing the list of cases, keeping it under a name, and its columns."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.rights import NotPermitted
from accounts.standing import Standing
from caseload.actions import keep_columns, remove_list, save_list
from caseload.filters import CaseFilter
from caseload.models import KeptColumns, SavedList
from cases.models import Case
from improvements.models import Recommendation

from .test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(world):
    return lambda person: Standing.of(world.people[person], timezone.now())


def day(name, on):
    return f"{name}-day={on.day}&{name}-month={on.month}&{name}-year={on.year}"


def shown(client, query):
    return set(client.get(f"/cases/?{query}").context["page"].rows)


def test_a_case_is_found_under_the_latest_stage_it_has_reached(began, notified, cora):
    early = began(days=1).referred().case
    assert shown(cora, "stage=rapid-review") == {notified.case}
    assert early in shown(cora, "stage=notification") | shown(cora, "stage=referral")
    assert shown(cora, "stage=local-review") == set()


def test_an_agency_is_involved_that_referred_or_was_asked(began, notified, cora, world):
    notified.asked_agencies()
    other = began(days=1).referred().case
    refuge, hospital = world.agencies["refuge"], world.agencies["hospital"]
    assert shown(cora, f"agency={refuge.pk}") <= {notified.case}
    assert {notified.case, other} == shown(cora, f"agency={hospital.pk}")


def test_the_list_is_narrowed_by_theme_and_by_the_days_of_receipt(began, cora):
    first, second = began(days=9).referred().case, began(days=1).referred().case
    Recommendation.objects.create(case=first, number=1, source="audit", text="Do.", theme="Hidden men")
    assert shown(cora, "theme=Hidden+men") == {first}
    assert shown(cora, day("received_from", second.received_on)) == {second}
    until = second.received_on - timedelta(days=1)
    assert shown(cora, day("received_until", until)) == {first}
    page = text_of(cora.get(f"/cases/?{day('received_until', until)}"))
    assert "Remove Received until:" in page


def test_a_theme_of_a_case_of_others_is_not_offered(began, signed_in, world):
    case = began(days=2).referred().case
    Recommendation.objects.create(case=case, number=1, source="audit", text="Do.", theme="Hidden men")
    stranger = signed_in(world.people["isles_notifier"])
    assert "Hidden men" not in stranger.get("/cases/").content.decode()


def test_a_list_is_kept_with_what_narrows_it_and_opened_again(began, cora, by):
    late = began(days=9).referred().decided().awareness_known().case
    began(days=1).referred()
    answer = cora.post(
        "/cases/lists/save/?clock=overdue&status=nonsense&after=2026-01-01_1", {"name": "Late", "shared": "no"}
    )
    saved = SavedList.objects.get()
    assert saved.query == "clock=overdue"
    assert answer["Location"] == saved.get_absolute_url()
    page = cora.get(saved.get_absolute_url())
    assert page.context["page"].rows == [late]
    assert "Late" in text_of(page)


def test_dates_come_back_with_a_saved_list(began, cora):
    case = began(days=9).referred().case
    began(days=1).referred()
    cora.post(f"/cases/lists/save/?{day('received_until', case.received_on)}", {"name": "Old", "shared": "no"})
    assert cora.get(SavedList.objects.get().get_absolute_url()).context["page"].rows == [case]


def test_a_private_list_is_nobody_elses_and_a_shared_one_shows_each_their_own_cases(began, world, signed_in, by):
    began(days=9).referred().decided().awareness_known()
    mine = save_list("Mine", by=by("coordinator"), query="clock=overdue")
    ours = save_list("Ours", by=by("coordinator"), query="clock=overdue", shared=True)
    stranger = signed_in(world.people["isles_notifier"])
    page = text_of(stranger.get("/cases/lists/"))
    assert "Ours" in page
    assert "Mine" not in page
    assert stranger.get(ours.get_absolute_url()).context["page"].rows == []
    assert stranger.post(f"/cases/lists/{mine.pk}/remove/").status_code == 404
    assert stranger.post(f"/cases/lists/{ours.pk}/remove/").status_code == 403
    with pytest.raises(NotPermitted):
        remove_list(ours, by=by("isles_notifier"))


def test_a_shared_list_tells_nobody_of_what_is_not_open_to_them(began, world, signed_in, by):
    theirs = began(days=9).referred().case
    Recommendation.objects.create(case=theirs, number=1, source="audit", text="Do.", theme="Hidden men")
    began(days=4, la="fell_isles").referred()
    ours = save_list("Men", by=by("coordinator"), query="theme=Hidden+men&status=open", shared=True)
    assert signed_in(world.people["la_notifier"]).get(ours.get_absolute_url()).context["page"].rows == [theirs]
    stranger = signed_in(world.people["isles_notifier"])
    for path in (ours.get_absolute_url(), "/cases/", "/cases/lists/"):
        assert "Hidden" not in stranger.get(path).content.decode()
    opened = stranger.get(ours.get_absolute_url())
    assert opened.context["page"].rows == []
    assert "Theme must be one of those in the list" in text_of(opened)
    assert stranger.get("/cases/?status=open").context["page"].rows


def test_what_makes_no_sense_in_an_address_is_refused_above_the_heading_and_lists_nothing(began, cora):
    began(days=1).referred()
    answer = cora.get("/cases/?stage=nonsense&received_from-day=31&received_from-month=2&received_from-year=2026")
    page = text_of(answer)
    assert answer.context["page"].rows == []
    assert page.index("There is a problem") < page.index("Received from must be a real date") < page.index("Narrow")
    assert "Stage must be one of those in the list" in page
    assert "<title>Error: " in re.sub(r"\s+", " ", answer.content.decode()).replace("<title> ", "<title>")
    assert "nonsense" not in page


def test_a_list_of_the_same_name_replaces_ones_own_only(by):
    save_list("Late", by=by("la_notifier"), query="clock=overdue", shared=True)
    save_list("Late", by=by("coordinator"), query="clock=overdue")
    save_list("Late", by=by("coordinator"), query="clock=due_soon")
    assert sorted(SavedList.objects.values_list("query", flat=True)) == ["clock=due_soon", "clock=overdue"]


def test_columns_are_kept_for_whoever_chose_them(began, cora, world, signed_in, by):
    began(days=1).referred()
    cora.post("/cases/lists/columns/", {"columns": ["status", "harm"]})
    assert KeptColumns.objects.get().columns == ["status", "harm"]
    headings = cora.get("/cases/").context["lines"][0].headings
    assert headings == ["What happened", "Status"]
    other = signed_in(world.people["la_notifier"]).get("/cases/").context["lines"][0].headings
    assert other == ["Where it is", "Next due", "Local authority", "Received"]


def test_a_saved_list_shows_the_columns_it_was_saved_with(began, cora, by):
    began(days=1).referred()
    saved = save_list("Two", by=by("coordinator"), query="", columns=["status", "gone"])
    keep_columns(["la"], by=by("coordinator"))
    assert cora.get(saved.get_absolute_url()).context["lines"][0].headings == ["Status"]
    assert cora.get("/cases/").context["lines"][0].headings == ["Local authority"]


def test_no_columns_are_an_error_and_nothing_is_kept(cora):
    assert "Select at least one column" in text_of(cora.post("/cases/lists/columns/", {}))
    assert "Enter a name for the list" in text_of(cora.post("/cases/lists/save/", {"shared": "no"}))
    assert not KeptColumns.objects.exists()
    assert not SavedList.objects.exists()


def test_only_what_is_known_is_kept_of_a_query(by):
    from django.http import QueryDict

    asked = QueryDict("la=999999&harm=%00&stage=__class__&words=Robin&received_from-day=1")
    assert CaseFilter(asked, queryset=Case.objects.none(), by=by("coordinator")).query == ""


def test_whoever_has_no_case_is_told_where_their_work_is_and_offered_nothing_to_narrow(began, signed_in, world):
    began(days=2).referred()
    page = text_of(signed_in(world.people["lead"]).get("/cases/"))
    assert "No case is open to you as a whole" in page
    assert "Narrow the list" not in page
    narrowed = text_of(signed_in(world.people["coordinator"]).get("/cases/?status=closed"))
    assert "No results" in narrowed
    assert "Narrow the list" in narrowed


def test_beside_a_box_to_tick_the_day_and_the_month_of_a_date_stay_together(began, cora, world, signed_in):
    on = began(days=1).referred().case.received_on
    words = f"{on.day}&nbsp;{on:%B} {on.year}"
    assert words in cora.get("/cases/").content.decode()
    assert words not in signed_in(world.people["la_notifier"]).get("/cases/").content.decode()
