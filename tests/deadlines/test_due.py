"""`manage.py due LIMIT DATE`."""

import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from deadlines.models import BankHoliday, Limit
from tests.servers import PROJECT


def due(*arguments):
    out = StringIO()
    call_command("due", *arguments, stdout=out)
    return out.getvalue()


def answer(*arguments):
    return json.loads(due(*arguments, "--json"))


@pytest.fixture(autouse=True)
def rows(db):
    """The limits and bank holidays of the database."""


def test_the_answer_names_the_limit_the_edition_the_authority_and_every_day():
    found = answer("T01", "2026-04-02")
    assert found["limit"] == "T01"
    assert found["edition"] == "WT 2026"
    assert "Children Act 2004, section 16C(1)" in found["authority"]
    assert found["convention"] == "EXCLUDE_TRIGGER"
    assert (found["counted_from"], found["due_on"]) == ("2026-04-02", "2026-04-13")
    assert found["days"][:3] == [
        {"date": "2026-04-02", "counted": False, "reason": "day 0: the day of the trigger is not counted"},
        {"date": "2026-04-03", "counted": False, "reason": "bank holiday: Good Friday"},
        {"date": "2026-04-04", "counted": False, "reason": "weekend"},
    ]
    assert [day["date"] for day in found["days"] if day["counted"]] == [
        "2026-04-07",
        "2026-04-08",
        "2026-04-09",
        "2026-04-10",
        "2026-04-13",
    ]


def test_a_person_reads_the_due_date_and_the_reasoning():
    text = due("T05", "2026-10-08")
    assert "Thursday 29 October 2026, by the end of the day" in text
    assert "x  Fri 09 Oct 2026  working day 1" in text
    assert "   Sat 10 Oct 2026  weekend" in text
    assert "chapter 5 not yet checked" in text


def test_months_give_the_first_the_last_and_the_last_practical_working_day():
    found = answer("T09", "2026-08-31")
    assert [day["date"] for day in found["days"]] == ["2026-08-31", "2027-02-28", "2027-02-26"]
    assert found["due_on"] == "2027-02-28"


def test_years_do_too():
    found = answer("T13", "2026-12-05")
    assert [day["date"] for day in found["days"]] == ["2026-12-05", "2027-12-05", "2027-12-03"]
    assert found["kind"] == "not_before"


def test_the_date_given_for_a_sending_before_publication_is_the_planned_publication():
    found = answer("T10", "2027-04-07")
    assert (found["convention"], found["due_on"]) == ("PUB_MINUS_N", "2027-03-25")
    assert sum(day["counted"] for day in found["days"]) == 7


def test_the_date_given_for_the_yearly_report_is_the_year_end():
    assert answer("T17", "2026-03-31")["due_on"] == "2026-09-30"


@pytest.mark.parametrize("limit", ["T07", "T08", "T12", "T14", "T15"])
def test_advisory_limits_say_that_they_are(limit):
    found = answer(limit, "2026-10-28")
    assert found["kind"] == "advisory"
    assert "advisory" in found["authority"]
    assert "Due (advisory)" in due(limit, "2026-10-28")


def test_another_way_of_counting_is_asked_for_by_its_name():
    assert answer("T01", "2026-10-05", "--convention", "INCLUSIVE")["due_on"] == "2026-10-09"
    assert answer("T05", "2026-10-05", "--convention", "la_aware")["due_on"] == "2026-10-26"
    assert answer("T01", "2026-11-20", "--convention", "ROLL_THEN_EXCLUDE", "--after-5pm")["due_on"] == "2026-11-30"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["T06", "2026-10-05"], "T06 has no date of its own"),
        (["T16", "2026-10-05"], "T16 has no date of its own"),
        (["T01", "2028-12-28"], "Bank holidays are known only from 1 January 2018 to 31 December 2028"),
        (["T09", "2028-08-01"], "Bank holidays are known only"),
        (["T99", "2026-10-05"], "T99 is not in the register"),
        (["T01", "5 October 2026"], "5 October 2026 is not a date"),
        (["T01", "2026-02-30"], "2026-02-30 is not a date"),
        (["T01", "2018-06-28"], "No edition of T01 was in force on 28 June 2018"),
        (["T17", "2026-10-05"], "the date must be a 31 March"),
        (["T01", "2026-10-05", "--convention", "CLEAR_DAYS"], "T01 is not counted by CLEAR_DAYS"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_where_there_is_no_answer_it_says_why_and_exits_with_2(arguments, reason):
    with pytest.raises(CommandError, match=reason) as refusal:
        due(*arguments)
    assert refusal.value.returncode == 2


def test_a_bank_holiday_entered_by_an_administrator_is_counted_at_once():
    BankHoliday.objects.create(date=date(2026, 10, 8), name="Proclaimed")
    found = answer("T01", "2026-10-05")
    assert found["due_on"] == "2026-10-13"
    assert {"date": "2026-10-08", "counted": False, "reason": "bank holiday: Proclaimed"} in found["days"]


def test_a_limit_changed_by_an_administrator_is_counted_by_at_once():
    row = Limit.objects.get(code="T08", edition="WT 2026")
    row.amount = 10
    row.save()
    assert answer("T08", "2026-10-29")["due_on"] == "2026-11-12"


def run(folder, *arguments):
    """The command as it is typed, on a machine where nothing has been set up."""
    return subprocess.run(
        [sys.executable, "manage.py", "due", *arguments],
        cwd=PROJECT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(folder), "DEMO": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_database_it_answers_by_the_checked_in_register(tmp_path):
    done = run(tmp_path, "T01", "2026-12-23", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["due_on"] == "2027-01-04"
    assert "checked-in register" in done.stderr


def test_a_refusal_leaves_the_shell_with_2_and_nothing_on_the_output(tmp_path):
    done = run(tmp_path, "T06", "2026-12-23", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "T06 has no date of its own" in done.stderr
