import datetime

import pytest

from govuk import component, fields, forms
from govuk.fields.times import read_time
from tests.govuk.markup import find

TODAY = datetime.date(2026, 3, 30)


class Told(forms.Form):
    told = fields.DateTimeField(label="Told on", past=True)
    rang = fields.TimeField(label="Time of the call", required=False)


def ask(day, month, year, time, rang=""):
    answers = {"told-day": day, "told-month": month, "told-year": year, "told-time": time, "rang": rang}
    form = Told(answers, today=TODAY)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("5:30pm", (17, 30)),
        ("5.30 pm", (17, 30)),
        ("5:30 P.M.", (17, 30)),
        ("17:30", (17, 30)),
        ("1730", (17, 30)),
        ("0915", (9, 15)),
        ("9am", (9, 0)),
        ("12am", (0, 0)),
        ("12pm", (12, 0)),
        ("12:05am", (0, 5)),
        ("midday", (12, 0)),
        ("Noon", (12, 0)),
        ("midnight", (0, 0)),
    ],
)
def test_a_time_is_understood(typed, time):
    assert read_time(typed) == datetime.time(*time)


@pytest.mark.parametrize(
    "typed", ["5", "17", "25:00", "12:60", "13pm", "0am", "half past five", "5:3pm", "17:30:00", ""]
)
def test_what_could_be_two_times_or_none_is_refused(typed):
    with pytest.raises(ValueError):
        read_time(typed)


def test_a_time_that_is_not_one_is_refused_in_plain_words():
    assert ask("1", "3", "2026", "5pm", rang="half five").errors["rang"] == [
        "Time of the call must be a real time, like 5:30pm"
    ]


@pytest.mark.parametrize(
    ("day", "month", "time", "instant"),
    [
        pytest.param("1", "3", "5:30pm", "2026-03-01T17:30:00+00:00", id="winter is utc"),
        pytest.param("30", "3", "5:30pm", "2026-03-30T16:30:00+00:00", id="summer is an hour ahead"),
    ],
)
def test_a_london_time_becomes_an_instant(day, month, time, instant):
    assert ask(day, month, "2026", time).cleaned_data["told"] == datetime.datetime.fromisoformat(instant)


def test_an_hour_that_comes_twice_in_autumn_is_the_first_of_the_two():
    found = ask("26", "10", "2025", "1:30am").cleaned_data["told"]
    assert found == datetime.datetime(2025, 10, 26, 0, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (("", "", "", ""), "Enter told on"),
        (("", "", "", "5pm"), "Told on must include a day, month and year"),
        (("1", "3", "2026", ""), "Told on must include a time, like 5:30pm"),
        (("1", "3", "2026", "soon"), "Told on must include a real time, like 5:30pm"),
        (("29", "3", "2026", "1:30am"), "Told on must be a real time. The clocks went forward at 1am on that day"),
        (("31", "3", "2026", "9am"), "Told on must be today or in the past"),
    ],
)
def test_a_date_and_time_is_refused(answers, said):
    assert ask(*answers).errors["told"] == [said]


def test_a_mistake_in_the_time_marks_the_time_alone():
    boxes = find(str(component.draw(ask("1", "3", "2026", "soon")["told"])), "//input")
    assert [(box.get("name"), "govuk-input--error" in box.get("class")) for box in boxes] == [
        ("told-day", False),
        ("told-month", False),
        ("told-year", False),
        ("told-time", True),
    ]


def test_an_instant_fills_the_boxes_with_london_words():
    form = Told(initial={"told": datetime.datetime(2026, 7, 1, 16, 30, tzinfo=datetime.UTC)})
    boxes = find(str(component.draw(form["told"])), "//input")
    assert [box.get("value") for box in boxes] == ["1", "7", "2026", "5:30pm"]
