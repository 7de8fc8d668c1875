"""What would be due if something happened on a day: asked on a case, changing nothing."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import Event
from deadlines.models import Deadline


@pytest.fixture
def ask(cast, signed_in, case_one):
    def page(person=None, **asked):
        answer = signed_in(person or cast.coordinator).get(reverse("deadlines:what_if", args=[case_one.pk]), asked)
        return answer.content.decode()

    return page


def on(day, event):
    return {"event": event, "day-day": day.day, "day-month": day.month, "day-year": day.year}


def test_if_we_notified_on_a_day_the_rapid_review_would_be_due(ask, begin):
    begin("T05", date(2026, 10, 1))
    page = ask(**on(date(2026, 10, 8), "notified"))
    assert "If we notified on Thursday 8 October 2026" in page
    assert "Thursday 29 October 2026" in page
    assert "Running: Thu 22 Oct 2026" in page


def test_it_begins_with_notifying_today(ask):
    assert "If we notified on" in ask()


@pytest.mark.parametrize(
    ("event", "day", "due"),
    [
        ("aware", date(2026, 4, 2), "Monday 13 April 2026"),
        ("decided", date(2026, 8, 31), "Sunday 28 February 2027"),
        ("published", date(2027, 4, 7), "Thursday 25 March 2027"),
        ("notified", date(2028, 12, 20), "Bank holidays are known only"),
    ],
)
def test_each_event_says_what_would_follow(ask, event, day, due):
    assert due in ask(**on(day, event))


def test_nothing_is_changed_but_the_opening_recorded(ask, begin):
    begin("T05", date(2026, 10, 1))
    before = list(Deadline.objects.values_list("pk", "due_on", "version"))
    ask(**on(date(2026, 10, 8), "notified"))
    assert list(Deadline.objects.values_list("pk", "due_on", "version")) == before
    assert Event.objects.order_by("-pk")[0].reading


def test_a_day_that_is_none_is_refused_and_kept(ask):
    page = ask(**{"event": "notified", "day-day": "31", "day-month": "2", "day-year": "2026"})
    assert "There is a problem" in page and 'value="31"' in page


def test_whoever_may_not_see_the_case_cannot_ask(cast, signed_in, case_one):
    address = reverse("deadlines:what_if", args=[case_one.pk])
    for person in (cast.isles_notifier, cast.lead, cast.system_administrator):
        assert signed_in(person).get(address).status_code == 404
