"""The merged chronology: every agency's entries in the order in which things happened."""

from datetime import time

import pytest

from agency_returns import actions
from agency_returns.models import ChronologyEntry
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit


@pytest.fixture
def add(cast, standing):
    """`add(agency_return, on, event, ...)`: written by that agency's lead."""
    leads = {cast.agencies.school: cast.lead, cast.agencies.hospital: cast.other_lead}

    def of(agency_return, on, event, **more):
        return actions.add_entry(agency_return, by=standing(leads[agency_return.agency]), on=on, event=event, **more)

    return of


def test_entries_of_all_agencies_stand_in_the_order_of_events(
    school_return, hospital_return, add, case_one, cast, standing
):
    add(school_return, "2026-03-10", "evening", time=time(18, 30))
    add(hospital_return, "2026-03-10", "morning", time=time(8, 5))
    add(school_return, "2026", "some time that year")
    add(hospital_return, "2026-03", "some time in March")
    add(school_return, "2026-03-10", "that day, time not known")
    add(hospital_return, "2025-12-31", "the year before")
    merged = ChronologyEntry.objects.merged(case_one, standing(cast.coordinator))
    assert [entry.event for entry in merged] == [
        "the year before",
        "some time that year",
        "some time in March",
        "that day, time not known",
        "morning",
        "evening",
    ]


def test_an_agency_sees_its_own_entries_only(school_return, hospital_return, add, case_one, cast, standing):
    add(school_return, "2026-03-10", "the school's")
    add(hospital_return, "2026-03-11", "the hospital's")
    seen = ChronologyEntry.objects.visible_to(standing(cast.lead))
    assert [entry.event for entry in seen] == ["the school's"]


def test_an_entry_that_moves_to_another_date_moves_in_the_chronology(school_return, add, case_one, cast, standing):
    first = add(school_return, "2026-01-01", "first")
    add(school_return, "2026-02-01", "second")
    actions.edit_entry(first, by=standing(cast.lead), seen_version=first.version, on="2026-03")
    merged = ChronologyEntry.objects.merged(case_one, standing(cast.coordinator))
    assert [entry.event for entry in merged] == ["second", "first"]


def test_a_removed_entry_is_gone_from_the_chronology_and_kept_in_its_history(
    school_return, add, case_one, cast, standing
):
    entry = add(school_return, "2026-01-01", "a mistake")
    actions.remove_entry(entry, by=standing(cast.lead))
    assert not ChronologyEntry.objects.merged(case_one, standing(cast.coordinator)).exists()
    assert "a mistake" in entry.history.values_list("event", flat=True)
    with pytest.raises(AlreadyDone):
        actions.edit_entry(entry, by=standing(cast.lead), seen_version=entry.version, event="again")


def test_a_stale_edit_of_an_entry_keeps_both_texts(school_return, add, cast, standing):
    entry = add(school_return, "2026-01-01", "as it was")
    same = ChronologyEntry.objects.get(pk=entry.pk)
    actions.edit_entry(entry, by=standing(cast.lead), seen_version=1, event="theirs")
    with pytest.raises(StaleEdit) as stale:
        actions.edit_entry(same, by=standing(cast.lead), seen_version=1, event="mine")
    assert (stale.value.mine["event"], stale.value.theirs["event"]) == ("mine", "theirs")


def test_pressing_save_twice_adds_one_entry(school_return, add):
    add(school_return, "2026-01-01", "once", token="pressed-twice")
    with pytest.raises(AlreadySubmitted):
        add(school_return, "2026-01-01", "once", token="pressed-twice")
    assert ChronologyEntry.objects.count() == 1


def test_a_withdrawn_return_leaves_the_merged_chronology(school_return, add, case_one, cast, standing):
    add(school_return, "2026-01-01", "written in vain")
    actions.withdraw(school_return, by=standing(cast.coordinator), reason="Not involved")
    assert not ChronologyEntry.objects.merged(case_one, standing(cast.coordinator)).exists()


def test_pages_of_the_chronology_meet_without_gap_or_repeat(school_return, add, case_one, cast, standing):
    from urllib.parse import parse_qs

    from django.http import QueryDict

    from agency_returns import presenter

    for number in range(7):
        add(school_return, "2026-01-01", str(number))
    entries = ChronologyEntry.objects.merged(case_one, standing(cast.coordinator))
    read, query, size = [], QueryDict(), presenter.PAGE
    presenter.PAGE = 3
    try:
        while True:
            page = presenter.chronology_page(entries, query)
            read += [entry.event for entry in page.rows]
            if not page.next_url:
                break
            query = QueryDict(page.next_url[1:])
        back = presenter.chronology_page(entries, QueryDict(page.previous_url[1:]))
    finally:
        presenter.PAGE = size
    assert read == [str(number) for number in range(7)]
    assert [entry.event for entry in back.rows] == ["3", "4", "5"]
    assert parse_qs(page.previous_url[1:])["before"]


def test_a_mark_that_makes_no_sense_gives_the_first_page(school_return, add, case_one, cast, standing):
    from django.http import QueryDict

    from agency_returns.presenter import chronology_page

    add(school_return, "2026-01-01", "here")
    entries = ChronologyEntry.objects.merged(case_one, standing(cast.coordinator))
    for nonsense in ("after=x", "after=_", "before=2026_999999999999999999999999", "after=%27_1%27"):
        assert chronology_page(entries, QueryDict(nonsense)).rows
