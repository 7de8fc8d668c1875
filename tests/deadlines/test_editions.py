"""When the guidance changes, a coordinator adds the next edition as data; nothing that runs is moved by it."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from deadlines.actions import add_editions, correct, editions_for, plan_of, repin, the_set
from deadlines.editions import FORMAT, NotAnEdition, editions_of, read, written
from deadlines.models import BankHoliday, Limit
from deadlines.rights import NotPermitted
from deadlines.statutory import SEED, STATUTORY_LIMITS, limit_in_force


@pytest.fixture
def document(db):
    """The set as it is, as JSON, with `WT 2028` after it: fourteen working days for the rapid review."""
    found = json.loads(written(the_set()))
    later = json.loads(json.dumps(found["editions"][-1]))
    later |= {"name": "WT 2028", "in_force_from": "2028-01-10", "note": ""}
    for limit in later["limits"]:
        limit["edition_note"] = ""
        if limit["code"] == "T05":
            limit["amount"] = 14
    found["editions"].append(later)
    return found


def limit_of(document, code, edition=-1):
    return next(limit for limit in document["editions"][edition]["limits"] if limit["code"] == code)


# --- the file ---


def test_what_is_written_reads_back_as_the_same_editions():
    editions = editions_of(STATUTORY_LIMITS)
    assert [edition.name for edition in editions] == ["WT 2018", "WT 2023", "WT 2026"]
    assert read(written(editions)) == editions
    assert written(read(written(editions))) == written(editions)


def test_the_rows_of_the_database_write_the_same_file_as_the_register(db):
    assert written(the_set()) == written(editions_of(STATUTORY_LIMITS))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda d: d.pop("format"), "format is missing"),
        (lambda d: d.update(version=2), "version 1"),
        (lambda d: d.update(more=1), "more is not known"),
        (lambda d: d.update(editions=[]), "holds no edition"),
        (lambda d: d["editions"].append(d["editions"][-1]), "same name"),
        (lambda d: d["editions"][-1].update(name="<b>"), "plain signs"),
        (lambda d: d["editions"][-1].update(in_force_from="10/01/2028"), "must be a date"),
        (lambda d: d["editions"][-1].update(in_force_from="2028-02-30"), "must be a date"),
        (lambda d: d["editions"][-1].update(in_force_to="2027-01-01"), "before in_force_from"),
        (lambda d: d["editions"][-1].update(limits=[]), "sets no limit"),
        (lambda d: d["editions"][-1]["limits"].append(limit_of(d, "T01")), "sets one limit twice"),
        (lambda d: limit_of(d, "T05").update(code="L05"), "code must be like"),
        (lambda d: limit_of(d, "T05").update(amount="14"), "whole number"),
        (lambda d: limit_of(d, "T05").update(amount=True), "whole number"),
        (lambda d: limit_of(d, "T05").update(amount=-1), "whole number"),
        (lambda d: limit_of(d, "T09").update(amount=61), "too many"),
        (lambda d: limit_of(d, "T05").update(unit="fortnights"), "must be one of"),
        (lambda d: limit_of(d, "T05").update(unit="months"), "does not count months"),
        (lambda d: limit_of(d, "T05").update(unit="none"), "without a date"),
        (lambda d: limit_of(d, "T10").update(direction="forward"), "does not count"),
        (lambda d: limit_of(d, "T05").update(counting=[]), "without a date"),
        (lambda d: limit_of(d, "T05")["counting"].append(limit_of(d, "T05")["counting"][0]), "the same name"),
        (lambda d: limit_of(d, "T05")["counting"].reverse(), "names no other trigger"),
        (lambda d: limit_of(d, "T05").update(owed_by_role="emperor"), "no role emperor"),
        (lambda d: limit_of(d, "T07").update(recipients=["panel", "panel"]), "each once"),
        (lambda d: limit_of(d, "T05").update(title="one\ntwo"), "one line"),
        (lambda d: limit_of(d, "T05").update(title="x" * 301), "300 characters"),
        (lambda d: limit_of(d, "T05").update(statutory="yes"), "true or false"),
        (lambda d: limit_of(d, "T05").update(edition_note="another"), "note of the edition"),
        (lambda d: limit_of(d, "T05").pop("stop"), "stop is missing"),
        (lambda d: limit_of(d, "T05").update(unit="none", amount=0, kind="as_soon_as", counting=[]), "have a date"),
        (lambda d: limit_of(d, "T05").update(counting=limit_of(d, "T05")["counting"][:4]), "the way LA_AWARE"),
        (lambda d: limit_of(d, "T12").update(counting=limit_of(d, "T12")["counting"][:1]), "the way THREE_MONTHLY"),
        (lambda d: limit_of(d, "T09").update(direction="backward"), "direction must be forward"),
        (lambda d: limit_of(d, "T10").update(recipients=["panel"]), "recipients must be panel, secretary_of_state"),
        (
            lambda d: limit_of(d, "T15").update(
                unit="end_of_month", counting=[limit_of(d, "T17")["counting"][0]], amount=9
            ),
            "end of a year",
        ),
        (lambda d: d.update({"\ud800": 1}), " is not known"),
    ],
)
def test_a_file_that_does_not_say_what_it_must_is_refused_with_the_place(document, spoil, words):
    spoil(document)
    # The last way of T05 is the one with another amount; the first of the reversed must name a trigger.
    if words == "names no other trigger":
        limit_of(document, "T05")["counting"].sort(key=lambda way: not way["trigger"])
    with pytest.raises(NotAnEdition, match=words):
        read(json.dumps(document))


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"format": 1, "format": 2}', "NaN", "9" * 5000, "[" * 100_000, '"' + "x" * 1_000_001 + '"']
)
def test_what_is_no_set_at_all_is_refused_too(text):
    with pytest.raises(NotAnEdition):
        read(text)


# --- adding ---


def test_a_later_edition_counts_what_begins_in_it_and_nothing_before(document, cora, begin):
    before = begin("T05", date(2028, 1, 7))
    plan = add_editions(json.dumps(document), by=cora)
    assert [new.edition.name for new in plan.new] == ["WT 2028"]
    assert set(plan.there) == {"WT 2018", "WT 2023", "WT 2026"}
    after = begin("T05", date(2028, 1, 10), occasion="after:1")
    before.refresh_from_db()
    assert (before.limit.edition, after.limit.edition) == ("WT 2026", "WT 2028")
    assert after.due_on == date(2028, 1, 28)
    event = Event.objects.get(verb="edition of the guidance added")
    assert event.actor == cora.user and "WT 2028" in event.reason.text
    assert Limit.objects.filter(edition="WT 2028", entered_by="Cora Coordinator").count() == len(
        plan.new[0].edition.limits
    )


def test_the_look_ahead_names_what_differs_and_the_open_clocks_of_its_days_and_changes_nothing(document, begin):
    begin("T05", date(2028, 1, 7))
    clock = begin("T05", date(2028, 1, 12), occasion="in:1")
    rows = Limit.objects.count()
    (new,) = plan_of(read(json.dumps(document))).new
    assert [(one.code, one.was, one.becomes) for one in new.differences] == [("T05", 15, 14)]
    assert [(row.deadline, row.becomes) for row in new.clocks] == [(clock, date(2028, 2, 1))]
    assert Limit.objects.count() == rows


def test_a_clock_begun_before_the_edition_was_entered_is_pinned_to_it_only_with_a_reason(
    document, begin, cora, cast, standing
):
    clock = begin("T05", date(2028, 1, 12))
    add_editions(json.dumps(document), by=cora)
    clock.refresh_from_db()
    assert clock.limit.edition == "WT 2026"
    repin(clock, "WT 2028", by=standing(cast.coordinator), reason="It was in force already")
    clock.refresh_from_db()
    assert (clock.limit.edition, clock.due_on) == ("WT 2028", date(2028, 2, 1))


def test_a_local_variant_holds_only_what_it_changes_and_the_rest_stays_national(document, cora, begin):
    variant = document["editions"][-1]
    variant |= {"name": "Ours 2028", "variant_of": "WT 2026"}
    variant["limits"] = [limit_of(document, "T05")]
    add_editions(json.dumps(document), by=cora)
    assert begin("T05", date(2028, 1, 10)).limit.variant_of == "WT 2026"
    assert begin("T01", date(2028, 1, 10)).limit.edition == "WT 2026"


def test_a_variant_whose_way_of_counting_is_another_counts_by_it(document, cora, begin):
    variant = document["editions"][-1]
    row = limit_of(document, "T05")
    row["amount"] = 15
    row["counting"].sort(key=lambda way: way["name"] != "INCLUSIVE")
    variant |= {"name": "Ours 2028", "variant_of": "WT 2026", "limits": [row]}
    add_editions(json.dumps(document), by=cora)
    clock = begin("T05", date(2028, 1, 10))
    assert (clock.convention, clock.due_on) == ("INCLUSIVE", date(2028, 1, 28))


def test_a_clock_counts_by_the_way_of_the_edition_it_comes_to(document, cora, begin, cast, standing):
    row = limit_of(document, "T05")
    row["amount"] = 15
    row["counting"].sort(key=lambda way: way["name"] != "INCLUSIVE")
    document["editions"][-1] |= {"name": "Ours 2028", "variant_of": "WT 2026", "limits": [row]}
    by = standing(cast.coordinator)
    looked_at = begin("T05", date(2028, 1, 12))
    chosen = begin("T05", date(2028, 1, 12), occasion="chosen:1", convention="CLOSE_OF_BUSINESS")
    corrected = begin("T05", date(2028, 1, 7), occasion="earlier:1")
    (new,) = plan_of(read(json.dumps(document))).new
    assert {row.deadline: row.becomes for row in new.clocks} == {
        looked_at: date(2028, 2, 1),
        chosen: date(2028, 2, 2),
    }
    add_editions(json.dumps(document), by=cora)
    ours = dict(editions_for(looked_at, calendar=BankHoliday.objects.calendar()))["Ours 2028"]
    repin(looked_at, "Ours 2028", by=by, reason="It was in force already")
    repin(chosen, "Ours 2028", by=by, reason="It was in force already")
    correct(corrected, date(2028, 1, 12), by=by, reason="A slip")
    assert ours.endswith("due 1 February 2028")
    assert [(clock.convention, clock.due_on) for clock in (looked_at, corrected)] == [
        ("INCLUSIVE", date(2028, 2, 1))
    ] * 2
    assert (chosen.convention, chosen.due_on) == ("CLOSE_OF_BUSINESS", date(2028, 2, 2))
    repin(looked_at, "WT 2026", by=by, reason="The partners had not agreed it")
    assert (looked_at.convention, looked_at.due_on) == ("EXCLUDE_TRIGGER", date(2028, 2, 2))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda d: limit_of(d, "T05", 0).update(amount=10), "WT 2018 is there already and says something else"),
        (lambda d: d["editions"][-1].update(name="Local plan"), "name of something else"),
        (lambda d: d["editions"][-1].update(variant_of="WT 2030"), "no edition WT 2030"),
        (lambda d: d["editions"][-1].update(in_force_from="2026-03-18"), "begins on that day too"),
    ],
)
def test_what_contradicts_the_editions_that_are_there_is_refused_and_nothing_is_added(document, cora, spoil, words):
    spoil(document)
    with pytest.raises(NotAnEdition, match=words):
        add_editions(json.dumps(document), by=cora)
    assert not Limit.objects.exclude(edition__in={limit.edition for limit in SEED}).exists()


def test_only_those_who_hold_the_right_add_editions(document, cast, standing):
    for person in (cast.partner_icb, cast.la_notifier, cast.lead, cast.auditor):
        with pytest.raises(NotPermitted):
            add_editions(json.dumps(document), by=standing(person))


def test_of_two_editions_in_force_the_one_that_began_last_counts():
    assert limit_in_force("T05", date(2026, 3, 18), reversed(SEED)).edition == "WT 2026"
    open_ended = [limit_in_force("T05", date(2026, 3, 18)), limit_in_force("T05", date(2023, 12, 15))]
    assert limit_in_force("T05", date(2026, 3, 17), open_ended).edition == "WT 2023"


# --- the pages ---


@pytest.fixture
def pages(cast, signed_in):
    return signed_in(cast.coordinator)


def answers(**more):
    said = {
        "name": "WT 2028",
        "is_variant": "no",
        "in_force_from-day": "10",
        "in_force_from-month": "1",
        "in_force_from-year": "2028",
        "citation": "Working Together to Safeguard Children 2028, chapter 5",
        "note": "",
    }
    for limit in Limit.objects.filter(edition="WT 2026"):
        row = limit.as_time_limit()
        if row.has_date and row.amount:
            said[f"amount_{row.code}"] = row.amount
            said[f"way_{row.code}"] = row.convention
    return said | more


def test_the_page_lists_the_editions_and_the_file_is_the_set(pages):
    page = pages.get(reverse("deadlines:editions")).content.decode()
    assert "Working Together 2026" in page and "15 working days" in page
    answer = pages.get(reverse("deadlines:export_editions"))
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["format"] == FORMAT
    assert Event.objects.filter(verb="editions of the guidance exported", reading=True).count() == 1


def test_an_edition_is_added_on_the_page_after_a_look_ahead(pages, begin):
    clock = begin("T05", date(2028, 1, 12))
    page = pages.post(reverse("deadlines:add_edition"), answers(amount_T05="14"))
    said = page.content.decode()
    assert "Check before adding" in said
    assert "15 working days" in said and "14 working days" in said
    assert clock.case.reference in said and "Tue 1 Feb 2028" in said
    assert not Limit.objects.filter(edition="WT 2028").exists()
    form = page.context["form"]
    answer = pages.post(
        reverse("deadlines:import_editions"),
        {"document": form.initial["document"], "token": "t" * 20},
        follow=True,
    ).content.decode()
    assert "WT 2028 was added. Clocks that run have not changed." in answer
    row = Limit.objects.get(edition="WT 2028", code="T05")
    assert (row.amount, row.in_force_to) == (14, None)
    assert "Working Together to Safeguard Children 2028, chapter 5" in row.authority
    assert "2026" not in row.authority
    assert Limit.objects.get(edition="WT 2028", code="T01").authority.startswith("Children Act 2004, section 16C(1); ")


def test_a_local_variant_is_made_on_the_page_of_what_was_changed(pages):
    said = pages.post(
        reverse("deadlines:add_edition"),
        answers(name="Ours 2028", is_variant="yes", way_T05="INCLUSIVE", citation="Partners' decision of May 2027"),
    )
    (edition,) = read(said.context["form"].initial["document"])
    assert [limit.code for limit in edition.limits] == ["T05"]
    assert edition.variant_of == "WT 2026"
    assert edition.limits[0].authority.endswith("local variant: Partners' decision of May 2027")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": "WT 2026"}, "WT 2026 is there already"),
        ({"name": ""}, "Enter a short name"),
        ({"is_variant": "yes"}, "A local variant must change at least one limit"),
        ({"amount_T05": "0"}, "T05: working days must be 1 or more"),
        ({"citation": ""}, "Enter where it is said"),
    ],
)
def test_answers_that_make_no_edition_are_refused_and_kept(pages, more, words):
    page = pages.post(reverse("deadlines:add_edition"), answers(**more)).content.decode()
    assert "There is a problem" in page
    assert words in page


def test_a_file_is_looked_at_and_added(pages, document):
    # Nearly as large as a file may be; a browser sends the end of each line as two characters.
    written = json.dumps(document) + "\n" * 900_000
    file = SimpleUploadedFile("editions.json", written.encode(), "application/json")
    page = pages.post(reverse("deadlines:import_editions"), {"file": file})
    assert "WT 2028, in force from 10 January 2028" in page.content.decode()
    assert not Limit.objects.filter(edition="WT 2028").exists()
    sent = {"document": page.context["form"].initial["document"].replace("\n", "\r\n"), "token": "t" * 20}
    assert pages.post(reverse("deadlines:import_editions"), sent).status_code == 302
    assert Limit.objects.filter(edition="WT 2028").exists()


def test_a_file_saved_by_a_plain_editor_that_marks_its_beginning_is_read(pages, document):
    file = SimpleUploadedFile("editions.json", b"\xef\xbb\xbf" + json.dumps(document).encode(), "application/json")
    page = pages.post(reverse("deadlines:import_editions"), {"file": file})
    assert "WT 2028, in force from 10 January 2028" in page.content.decode()


def test_a_file_that_is_none_is_refused_beside_the_question(pages):
    for bytes_ in (b"\xff\xfe", b"{}", b'{"format": "other"}', b'{"\\ud800": 1, "\\ud800": 2}', b"9" * 5000):
        file = SimpleUploadedFile("editions.json", bytes_, "application/json")
        assert "There is a problem" in pages.post(reverse("deadlines:import_editions"), {"file": file}).content.decode()
