"""Fetching is checking and recording; the history says it in words."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.http import Http404, QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from audit.access import open_part
from audit.events import record
from audit.models import Event, Trail, Untold
from audit.presenter import ROWS, history_of
from cases.actions import close, reveal
from cases.models import Case


def asking(by):
    request = RequestFactory().get("/")
    request.by = by
    return request


def test_opening_is_recorded_and_nobody_is_told_of_it(case_one, cast, standing):
    opened = open_part(asking(standing(cast.partner_icb)), Case, case_one.pk)
    event = Event.objects.latest("pk")
    assert opened == case_one
    assert (event.verb, event.subject, event.actor) == ("opened", f"cases.Case:{case_one.pk}", cast.partner_icb)
    assert event.reading
    assert not Untold.objects.filter(event=event).exists()


@pytest.mark.parametrize("pk", [999_999, 10**30])
def test_a_case_that_is_not_theirs_is_answered_like_one_that_does_not_exist(case_one, cast, standing, pk):
    asked = asking(standing(cast.other_lead))
    refused = []
    for key in (case_one.pk, pk):
        with pytest.raises(Http404) as none:
            open_part(asked, Case, key)
        refused.append(str(none.value))
    assert refused[0] == refused[1]
    assert not Event.objects.filter(actor=cast.other_lead).exists()


def test_a_reference_with_a_nul_in_it_names_no_case(case_one, cast, standing):
    with pytest.raises(Http404):
        open_part(asking(standing(cast.coordinator)), Case, reference="CIOS\x00")


def test_opening_something_without_saying_what_is_a_mistake_of_ours(case_one, cast, standing):
    with pytest.raises(TypeError):
        open_part(asking(standing(cast.coordinator)), Case)


def test_the_history_is_in_words_newest_first(case_one, cast, standing):
    by = standing(cast.coordinator, datetime(2026, 12, 1, 17, 30, tzinfo=UTC))
    close(case_one, by=by, reason="All is done.")
    row = history_of(case_one.trail).rows[0]
    assert row.what == "Case closed"
    assert row.who == "Cora Coordinator"
    assert row.capacity == "Partnership coordinator, Partnership Business Unit"
    assert row.when == "1 December 2026 at 5:30pm"
    assert (row.moved_from, row.moved_to) == ("Open", "Closed")
    assert row.reason == "All is done."
    assert row.changed_words == "closed on"


def test_an_auditor_reads_who_did_what_but_not_what_people_wrote(case_one, cast, standing):
    close(case_one, by=standing(cast.coordinator), reason="All is done.")
    rows = history_of(case_one.trail, with_reasons=False).rows
    assert not any(row.reason for row in rows)


def test_the_history_can_leave_out_readings(case_one, cast, standing):
    reveal(case_one.child_set.get().identity, by=standing(cast.coordinator), reason="To ring the school.")
    assert any(row.is_reading for row in history_of(case_one.trail, QueryDict("")).rows)
    assert not any(row.is_reading for row in history_of(case_one.trail, QueryDict("show=changes")).rows)


def test_a_long_history_is_paged_without_losing_or_repeating_an_event(cast, standing):
    trail, by = Trail.mint(), standing(cast.coordinator)
    for number in range(2 * ROWS + 7):
        record(trail, f"deed {number}", by=by)
    there, back, page = [], [], history_of(trail)
    assert not page.newer
    while True:
        there += [row.number for row in page.rows]
        if not page.older:
            break
        page = history_of(trail, QueryDict(page.older[1:]))
    assert there == list(range(2 * ROWS + 7, 0, -1))
    while page.newer:
        page = history_of(trail, QueryDict(page.newer[1:]))
        back = [row.number for row in page.rows] + back
    assert back == there[: len(back)]
    assert len(back) == 2 * ROWS


@pytest.mark.parametrize("query", ["before=x", "before=-1", "after=99999999999999999999", "before=%00", "after="])
def test_an_address_that_makes_no_sense_shows_the_newest(case_one, query):
    assert history_of(case_one.trail, QueryDict(query)).rows == history_of(case_one.trail).rows


def test_the_history_page_shows_no_markup_of_anyone(cast, standing):
    trail = Trail.mint()
    record(trail, "deed", by=standing(cast.coordinator), reason="<script>alert(1)</script>")
    html = render_to_string("audit/_history.html", {"history": history_of(trail)})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_page_of_history_takes_two_queries_however_long(case_one, cast, standing, django_assert_num_queries):
    for number in range(30):
        record(case_one.trail, f"deed {number}", by=standing(cast.coordinator), reason="Why not.")
    with django_assert_num_queries(1):
        history_of(case_one.trail)


# --- who saw ----------------------------------------------------------------------------------------------------
@pytest.fixture
def seen(case_one, cast, standing):
    """Paul looked in March and again in April; Petra in April."""
    for person, month in ((cast.partner_police, 3), (cast.partner_police, 4), (cast.partner_la, 4)):
        at = datetime(2026, month, 31 if month == 3 else 1, 23, 30, tzinfo=UTC)
        record(case_one.trail, "downloaded", by=standing(person, at), subject=case_one, reading=True)
    return case_one


def lines(capsys, *args, **options):
    call_command("who_saw", *args, **options)
    return capsys.readouterr().out.splitlines()[1:]


def test_one_command_says_who_saw_a_case(seen, capsys):
    told = {line.split("\t")[0]: line.split("\t")[2] for line in lines(capsys, seen.reference)}
    assert told["Paul Police"] == "2"
    assert told["Petra Council"] == "1"
    assert "Piers Health" not in told


def test_who_saw_a_case_between_two_london_days(seen, capsys):
    # 23:30 UTC on 31 March is half past midnight on 1 April in London.
    assert not lines(capsys, seen.reference, "--from", "2026-03-01", "--to", "2026-03-31")
    assert [line.split("\t")[0] for line in lines(capsys, seen.reference, "--to", "2026-04-01")] == ["Paul Police"]


def test_one_command_says_what_a_person_saw(seen, cast, capsys):
    (first, second) = lines(capsys, "--person", cast.partner_police.email)
    assert first.split("\t")[0] == "2026-04-01 00:30:00"
    assert second.split("\t")[3:] == ["Downloaded", f"cases.Case:{seen.pk}", seen.reference]


def test_every_reading_of_a_case_can_be_listed(seen, capsys):
    assert sum("Downloaded" in line for line in lines(capsys, seen.reference, "--each")) == 3


def test_asking_who_saw_is_itself_recorded(seen, capsys):
    lines(capsys, seen.reference)
    assert Event.objects.filter(trail=seen.trail, verb="access listed by command").count() == 1


@pytest.mark.parametrize("wrong", [(), ("CIOS-1999-0001",), ("--person", "nobody@example.org")])
def test_a_question_about_nobody_is_refused_in_words(db, wrong):
    with pytest.raises(CommandError):
        call_command("who_saw", *wrong)
