import datetime

import pytest
from django.http import QueryDict

from govuk import fields, forms
from govuk.approximate_date import ApproximateDate
from tests.govuk.markup import find

TODAY = datetime.date(2026, 3, 27)


class Asking(forms.Form):
    born = fields.DateField(label="Date of birth", past=True, birth=True)
    happened = fields.ApproximateDateField(label="When did it happen?", past=True)

    subjects = {"happened": "when it happened"}


def typed(name, day="", month="", year="", **more):
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year, **more}


def ask(**answers):
    form = Asking(answers, today=TODAY)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("day", "month", "year", "date"),
    [
        pytest.param("27", "3", "2016", datetime.date(2016, 3, 27), id="numbers"),
        pytest.param("07", "03", "2016", datetime.date(2016, 3, 7), id="leading zeros"),
        pytest.param("7", "feb", "2016", datetime.date(2016, 2, 7), id="a short month"),
        pytest.param("7", "Sept", "2016", datetime.date(2016, 9, 7), id="september as people shorten it"),
        pytest.param("7", "FEBRUARY", "2016", datetime.date(2016, 2, 7), id="a whole month in capitals"),
        pytest.param(" 7 ", " Feb. ", " 2016 ", datetime.date(2016, 2, 7), id="spaces and a full stop"),
        pytest.param("29", "2", "2024", datetime.date(2024, 2, 29), id="a leap day"),
    ],
)
def test_a_date_is_understood(day, month, year, date):
    assert ask(**typed("born", day, month, year)).cleaned_data["born"] == date


@pytest.mark.parametrize(
    ("day", "month", "year", "said", "at_fault"),
    [
        pytest.param("", "", "", "Enter date of birth", ["day", "month", "year"], id="nothing"),
        pytest.param("7", "", "", "Date of birth must include a month and year", ["month", "year"], id="only a day"),
        pytest.param("", "3", "2016", "Date of birth must include a day", ["day"], id="no day"),
        pytest.param("7", "3", "16", "Year must include 4 numbers", ["year"], id="two figures of a year"),
        pytest.param("7", "3", "20166", "Year must include 4 numbers", ["year"], id="five figures of a year"),
        pytest.param(
            "29", "2", "2023", "Date of birth must be a real date", ["day", "month", "year"], id="no leap day"
        ),
        pytest.param("7", "13", "2016", "Date of birth must be a real date", ["month"], id="a thirteenth month"),
        pytest.param("7", "febber", "2016", "Date of birth must be a real date", ["month"], id="no such month"),
        pytest.param("x", "3", "2016", "Date of birth must be a real date", ["day"], id="a letter for a day"),
        pytest.param("7", "3", "²⁰¹⁶", "Date of birth must be a real date", ["year"], id="figures above the line"),
        pytest.param("1", "1", "0000", "Date of birth must be a real date", ["day", "month", "year"], id="year nought"),
        pytest.param(
            "28", "3", "2026", "Date of birth must be today or in the past", ["day", "month", "year"], id="tomorrow"
        ),
    ],
)
def test_a_date_is_refused_in_the_stock_words_and_shown_as_it_was_typed(day, month, year, said, at_fault):
    form = ask(**typed("born", day, month, year))
    assert form.errors["born"] == [said]
    boxes = find(str(_drawn(form, "born")), "//input[@type='text']")
    assert [box.get("value") or "" for box in boxes] == [day, month, year]
    marked = [box.get("name").removeprefix("born-") for box in boxes if "govuk-input--error" in box.get("class")]
    assert marked == at_fault


def _drawn(form, name):
    from govuk import component

    return component.draw(form[name])


def test_today_is_not_in_the_future():
    assert not ask(**typed("born", "27", "3", "2026")).errors.get("born")


def test_a_date_in_the_past_cannot_be_asked_for_without_saying_what_today_is():
    with pytest.raises(RuntimeError):
        Asking(typed("born", "27", "3", "2016")).is_valid()


def test_each_limit_of_a_date_is_said_in_words():
    class Visit(forms.Form):
        visit = fields.DateField(
            label="Visit", earliest=datetime.date(2026, 1, 5), latest=datetime.date(2026, 2, 5), future=False
        )

    said = [Visit(typed("visit", "4", "1", "2026")).errors, Visit(typed("visit", "6", "2", "2026")).errors]
    assert [errors["visit"] for errors in said] == [
        ["Visit must be on or after 5 January 2026"],
        ["Visit must be on or before 5 February 2026"],
    ]


@pytest.mark.parametrize(
    ("day", "month", "year", "stored", "text"),
    [
        pytest.param("27", "3", "2026", "2026-03-27", "27 March 2026", id="a day"),
        pytest.param("", "march", "2026", "2026-03", "March 2026", id="a month"),
        pytest.param("", "", "2025", "2025", "2025", id="a year"),
    ],
)
def test_a_date_may_be_known_only_so_far(day, month, year, stored, text):
    found = ask(**typed("happened", day, month, year)).cleaned_data["happened"]
    assert (found, found.text) == (stored, text)


def test_a_date_may_be_not_known():
    found = ask(**typed("happened", **{"happened-unknown": "1"})).cleaned_data["happened"]
    assert (found, found.text, found.is_known, found.earliest) == ("unknown", "Not known", False, None)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        pytest.param(typed("happened"), "Enter when it happened, or select that it is not known", id="nothing"),
        pytest.param(
            typed("happened", "27", "", "2026"), "When it happened must include a month", id="a day without its month"
        ),
        pytest.param(typed("happened", "", "3", ""), "When it happened must include a year", id="a month alone"),
        pytest.param(typed("happened", "", "4", "2026"), "When it happened must be today or in the past", id="later"),
        pytest.param(
            typed("happened", "", "", "2025", **{"happened-unknown": "1"}),
            "Enter when it happened, or select that it is not known",
            id="both",
        ),
    ],
)
def test_an_approximate_date_is_refused(answers, said):
    assert ask(**answers).errors["happened"] == [said]


def test_a_month_that_has_begun_is_not_in_the_future():
    assert not ask(**typed("happened", "", "3", "2026")).errors.get("happened")


@pytest.mark.parametrize(
    ("stored", "earliest", "latest"),
    [
        ("2026-03-27", datetime.date(2026, 3, 27), datetime.date(2026, 3, 27)),
        ("2024-02", datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)),
        ("2025", datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)),
        ("unknown", None, None),
    ],
)
def test_an_approximate_date_spans_the_days_it_can_have_been(stored, earliest, latest):
    date = ApproximateDate(stored)
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "stored", ["", "March", "2026-13", "2026-02-30", "26", "2026-3", "2026-03-27x", "2026-03-27\n"]
)
def test_what_is_not_a_date_cannot_be_made_one(stored):
    with pytest.raises(ValueError):
        ApproximateDate(stored)


@pytest.mark.parametrize("stored", ["2026-03-27", "2026-03", "2026", "unknown"])
def test_a_stored_date_fills_its_boxes_and_comes_back_the_same(stored):
    form = Asking(initial={"happened": stored}, today=TODAY)
    boxes = find(str(_drawn(form, "happened")), "//input")
    sent = QueryDict(mutable=True)
    for box in boxes:
        if box.get("type") != "checkbox" or box.get("checked") is not None:
            sent[box.get("name")] = box.get("value", "")
    again = Asking(sent, initial={"happened": stored}, today=TODAY)
    again.is_valid()
    assert again.cleaned_data["happened"] == stored
    assert "happened" not in again.changed_data


def test_a_date_of_birth_can_be_filled_in_by_the_browser():
    boxes = find(str(_drawn(Asking(), "born")), "//input")
    assert [box.get("autocomplete") for box in boxes] == ["bday-day", "bday-month", "bday-year"]
