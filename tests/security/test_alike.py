"""Rows E4 and G10: children who are alike, and events whose times are out of order."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from audit.events import record
from audit.models import Event
from audit.verify import first_break
from cases.actions import add_child


def test_e4_two_children_of_one_name_and_one_birth_are_told_apart_everywhere(world):
    by, case = world.standing("coordinator"), world.one.case
    who = {"full_name": "Perpetua Lockhart", "born_on": date(2020, 2, 29)}
    first, second = (add_child(case, by=by, identity=who) for _ in range(2))
    assert first.pseudonym != second.pseudonym
    listed = world.client("coordinator").get(reverse("cases:people", args=[case.pk])).content.decode()
    assert first.pseudonym in listed
    assert second.pseudonym in listed
    for child, other in ((first, second), (second, first)):
        shown = world.client("coordinator").post(reverse("cases:reveal", args=[child.pk]), {"reason": "To match."})
        page = shown.content.decode()
        assert "Perpetua Lockhart" in page
        assert child.pseudonym in page
        assert other.pseudonym not in page


def test_g10_what_is_done_while_the_clock_is_an_hour_slow_keeps_its_place_in_the_chain(world):
    by, trail = world.standing("coordinator"), world.one.case.trail
    before = record(trail, "noted before", by=by)
    slow = record(trail, "noted after", by=world.standing("coordinator", by.at - timedelta(hours=1)))
    assert slow.at < before.at
    assert slow.number == before.number + 1
    assert first_break(trail) is None
    newest = Event.objects.filter(trail=trail).order_by("-number").values_list("verb", flat=True)
    assert list(newest[:2]) == ["noted after", "noted before"]
    history = world.client("coordinator").get(reverse("caseload:history", args=[world.one.case.reference]))
    page = history.content.decode()
    assert page.index("oted after") < page.index("oted before")
