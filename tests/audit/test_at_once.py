"""Many people at once: no chain forks, one submit counts, nobody waits for ever."""

import pytest
from django.db import transaction

from audit.events import AlreadySubmitted, hold, record
from audit.models import Event, Trail
from audit.verify import breaks
from cases.actions import close, enter_child, reopen
from cases.models import Case, CaseStatus, Child
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_hundred_events_written_by_eight_people_make_one_unbroken_chain(cast, standing):
    trail, by = Trail.mint(), standing(cast.coordinator)

    def write(number):
        record(trail, f"deed {number}", by=by)

    in_threads(write, range(400), threads=8)
    trail.refresh_from_db()
    assert trail.length == Event.objects.filter(trail=trail).count() == 400
    assert list(breaks()) == []


def test_a_chain_can_be_verified_while_people_go_on_working(cast, standing):
    trail, by = Trail.mint(), standing(cast.coordinator)

    def write_or_look(number):
        return list(breaks()) if number % 8 == 0 else record(trail, f"deed {number}", by=by) and []

    assert not any(in_threads(write_or_look, range(120), threads=4))


def test_two_chains_locked_in_either_order_never_wait_for_each_other_for_ever(cast, standing):
    one, other = Trail.mint(), Trail.mint()
    by = standing(cast.coordinator)

    def across(number):
        first, second = (one, other) if number % 2 else (other, one)
        with transaction.atomic():
            hold(first, second)
            record(first, "joined", by=by)
            record(second, "joined", by=by)

    in_threads(across, range(100), threads=4)
    assert Event.objects.count() == 200
    assert list(breaks()) == []


def test_the_same_submit_from_eight_tabs_adds_one_child_and_shows_it_to_all(cast, standing, case_one):
    by = standing(cast.coordinator)

    def submit(_):
        try:
            return enter_child(case_one, by=by, token="the-same-submit-token").pk
        except AlreadySubmitted as done:
            return int(done.event.subject.partition(":")[2])

    shown = in_threads(submit, range(10), threads=8)
    added = Child.objects.get(case=case_one, number=2)
    assert shown == [added.pk] * 10


def test_one_token_used_on_two_cases_at_once_counts_once(cast, standing, case_one, case_two):
    by = standing(cast.coordinator)

    def submit(case):
        try:
            enter_child(case, by=by, token="one-token-for-two")
        except AlreadySubmitted:
            return "refused"
        return "added"

    assert sorted(in_threads(submit, [case_one, case_two], threads=2)) == ["added", "refused"]
    assert Child.objects.count() == 3
    assert list(breaks()) == []


def test_two_who_close_at_once_and_one_who_reopens_leave_one_story(cast, standing, case_one):
    """Whoever loses a race is told; the chain tells the moves in the order in which they happened."""
    from audit.lifecycle import AlreadyDone

    def act(number):
        by = standing(cast.coordinator if number % 2 else cast.second_coordinator)
        case = Case.objects.get(pk=case_one.pk)
        try:
            (close if number % 3 else reopen)(case, by=by, reason="A race.")
        except AlreadyDone:
            return 0
        return 1

    done = sum(in_threads(act, range(60), threads=8))
    moves = list(
        Event.objects.filter(trail=case_one.trail, verb__in=["case closed", "case reopened"])
        .order_by("number")
        .values_list("from_status", "to_status")
    )
    assert len(moves) == done
    status = CaseStatus.OPEN
    for was, now in moves:
        assert was == status
        status = now
    case_one.refresh_from_db()
    assert (case_one.status, case_one.version) == (status, 1 + done)
    assert (case_one.closed_on is not None) == (status == CaseStatus.CLOSED)
