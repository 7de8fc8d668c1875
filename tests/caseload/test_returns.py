"""The return to the national body: what is in it, what is never in it, and who took it."""

import csv
import io
import json
from datetime import date, timedelta

import openpyxl
import pytest

from accounts.rights import NotPermitted
from accounts.standing import Standing
from audit.lifecycle import amend
from audit.models import Event
from caseload.models import ReturnExport
from caseload.returns.actions import export_return
from caseload.returns.columns import COLUMNS, quarter, reporting_year
from cases.models import Child, Identity
from improvements.actions import recommend

pytestmark = pytest.mark.django_db
EVER = (date(2020, 1, 1), date(2030, 1, 1))


@pytest.fixture
def by(world):
    from django.utils import timezone

    return Standing.of(world.people["coordinator"], timezone.now())


def rows_of(sheet):
    return list(csv.DictReader(io.StringIO(sheet.file.read().decode("utf-8-sig"))))


def exported(by, file_format="csv"):
    return export_return(*EVER, file_format, by=by, recipient="The Panel")


def test_there_is_one_row_for_each_child(notified, by):
    rows = rows_of(exported(by))
    assert [(row["case_ref"], row["child_seq"], row["is_primary_subject"]) for row in rows] == [
        (notified.case.reference, "1", "yes"),
        (notified.case.reference, "2", "no"),
    ]


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
def test_no_name_birth_or_address_is_in_any_format(notified, by, file_format):
    Identity.objects.filter(child__case=notified.case).update(
        address="14 Nowhere Street", postcode="ZZ99 3VZ", nhs_number="9434765919"
    )
    sheet = exported(by, file_format)
    content = sheet.file.read()
    if file_format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        text = " ".join(str(cell.value) for row in book.active.iter_rows() for cell in row)
    else:
        text = content.decode("utf-8-sig")
    for secret in ("Robin", "Jay", "Nowhere", "ZZ99", "9434765919", "2026-03-02"):
        assert secret not in text
    assert notified.case.reference in text


def test_the_three_formats_say_the_same(notified, by):
    from_csv = [row["sex"] for row in rows_of(exported(by))]
    from_json = [row["sex"] for row in json.loads(exported(by, "json").file.read())]
    book = openpyxl.load_workbook(io.BytesIO(exported(by, "xlsx").file.read()))
    heading = [cell.value for cell in book.active[1]]
    from_xlsx = [row[heading.index("sex")].value for row in book.active.iter_rows(min_row=2)]
    assert from_csv == from_json == from_xlsx
    assert heading == [name for name, _ in COLUMNS]


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
def test_the_same_rows_give_the_same_bytes(notified, by, file_format):
    assert exported(by, file_format).sha256 == exported(by, file_format).sha256


def test_a_characteristic_stays_as_it_was_notified(notified, by):
    child = Child.objects.get(case=notified.case, number=1)
    amend(child, by=by, verb="child changed", sex="male", ethnicity="BAFR")
    row = rows_of(exported(by))[0]
    assert (row["sex"], row["ethnicity_19"]) == ("female", "WBRI")


def test_what_has_happened_since_is_as_it_is_now(notified, by):
    assert rows_of(exported(by))[0]["recommendation_count"] == "0"
    recommend(notified.case, by=by, text="Share the record.", source="rapid_review", theme="information sharing")
    row = rows_of(exported(by))[0]
    assert (row["recommendation_count"], row["practice_themes"]) == ("1", "information sharing")


def test_the_working_days_of_the_rapid_review_are_counted(notified, by):
    notified.asked_agencies().later(working_days=6).agencies_answered().later(working_days=3).met()
    notified.later(working_days=2).signed("no_lcspr").later(working_days=1).sent_to_panel()
    row = rows_of(exported(by))[0]
    assert row["rr_wd_taken"] == "12"
    assert row["decision"] == "no_lcspr"
    assert row["criteria_met"] == "REG11_A; REG11_C"


def test_a_withdrawn_notification_is_left_out(notified, by):
    notified.withdrawn()
    assert rows_of(exported(by)) == []


def test_a_notification_sent_outside_the_dates_is_left_out(notified, by):
    sent = notified.day
    assert rows_of(export_return(sent + timedelta(days=1), EVER[1], "csv", by=by, recipient="x")) == []
    assert len(rows_of(export_return(sent, sent, "csv", by=by, recipient="x"))) == 2


def test_a_theme_that_looks_like_a_formula_stays_text(notified, by):
    recommend(notified.case, by=by, text="x", source="rapid_review", theme='=HYPERLINK("http://evil","x")')
    assert rows_of(exported(by))[0]["practice_themes"].startswith("'=")
    book = openpyxl.load_workbook(io.BytesIO(exported(by, "xlsx").file.read()))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}


def test_who_took_what_is_logged_with_its_hash(notified, by):
    sheet = exported(by)
    logged = ReturnExport.objects.get()
    assert (logged.exported_by, logged.rows, logged.sha256) == (by.user, 2, sheet.sha256)
    assert Event.objects.filter(verb="return exported", actor=by.user).count() == 1


@pytest.mark.parametrize("person", ["partner_la", "auditor", "la_notifier", "lead", "system_administrator"])
def test_nobody_but_a_coordinator_exports(notified, world, signed_in, person):
    from django.utils import timezone

    with pytest.raises(NotPermitted):
        exported(Standing.of(world.people[person], timezone.now()))
    assert signed_in(world.people[person]).get("/returns/").status_code == 403
    assert not ReturnExport.objects.exists()


def test_the_page_gives_the_file_and_shows_the_log(notified, cora):
    start, end = notified.day - timedelta(days=5), notified.day + timedelta(days=5)
    form = {"recipient": "The Panel", "format": "csv"}
    for name, day in (("sent_from", start), ("sent_until", end)):
        form |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    answer = cora.post("/returns/export/", form)
    assert answer["Content-Disposition"].startswith("attachment")
    assert notified.case.reference in b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "The Panel" in cora.get("/returns/").content.decode()


def test_dates_the_wrong_way_round_are_refused_in_words(notified, cora):
    form = {
        "recipient": "The Panel",
        "format": "csv",
        "sent_from-day": "2",
        "sent_from-month": "3",
        "sent_from-year": "2026",
        "sent_until-day": "1",
        "sent_until-month": "3",
        "sent_until-year": "2026",
    }
    page = cora.post("/returns/export/", form).content.decode()
    assert "The last date must be the same as or after the first" in page


def test_a_reporting_year_runs_from_april_to_march():
    assert [reporting_year(date(2026, 3, 31)), reporting_year(date(2026, 4, 1))] == ["2025-26", "2026-27"]
    assert [quarter(date(2026, month, 1)) for month in (1, 4, 7, 10)] == ["Q4", "Q1", "Q2", "Q3"]
