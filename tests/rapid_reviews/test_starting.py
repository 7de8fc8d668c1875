"""A rapid review follows from a notification that was sent, and from nothing else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.rights import NotPermitted
from agency_returns.actions import send_request
from agency_returns.lifecycle import ReturnStatus
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from deadlines.actions import clock_of
from documents.drafts import new_draft
from notifications.incident.actions import open_notification, withdraw
from rapid_reviews import actions
from rapid_reviews.headings import HEADINGS
from rapid_reviews.lifecycle import ReviewStatus
from rapid_reviews.models import RapidReview
from tests.rapid_reviews.conftest import at


def test_recording_the_notification_as_sent_starts_the_review_and_its_clock(review, prepared):
    assert review.status == ReviewStatus.AGENCY_RETURNS
    assert review.started_on == date(2026, 10, 8)
    clock = clock_of("T05", prepared)
    assert (clock.counted_from, clock.due_on) == (date(2026, 10, 8), date(2026, 10, 29))


def test_the_review_counts_from_the_london_day_on_which_the_notification_was_sent(prepared, when):
    by = when("la_notifier", 10, 9)
    started = actions.record_notification_sent(prepared, by=by, sent_at=at(2026, 10, 8, 23, 30))
    assert started.started_on == date(2026, 10, 9)
    assert clock_of("T05", prepared).due_on == date(2026, 10, 30)


def test_pressing_record_twice_starts_one_review(prepared, when):
    by = when("la_notifier", 10, 8, hour=15)
    actions.record_notification_sent(prepared, by=by, sent_at=at(2026, 10, 8, 14), token="pressed-twice")
    with pytest.raises((AlreadySubmitted, AlreadyDone)):
        actions.record_notification_sent(prepared, by=by, sent_at=at(2026, 10, 8, 14), token="pressed-twice")
    assert RapidReview.objects.count() == 1


def test_a_refused_recording_starts_nothing(prepared, when):
    with pytest.raises(NotPermitted):
        actions.record_notification_sent(prepared, by=when("partner_icb", 10, 8), sent_at=at(2026, 10, 8, 9))
    prepared.refresh_from_db()
    assert prepared.is_preparing
    assert not RapidReview.objects.exists()


def test_the_database_refuses_a_rapid_review_without_a_notification(review, when, case_one):
    draft = new_draft("x", [], by=when("coordinator", 10, 8))
    with pytest.raises(IntegrityError), transaction.atomic():
        RapidReview.objects.create(case=case_one, started_on=date(2026, 10, 8), draft=draft)


def test_the_database_refuses_a_second_review_of_one_notification(review, when, case_one):
    draft = new_draft("x", [], by=when("coordinator", 10, 8))
    with pytest.raises(IntegrityError), transaction.atomic():
        RapidReview.objects.create(
            case=case_one, notification=review.notification, started_on=date(2026, 10, 8), draft=draft
        )


def test_a_notification_that_was_not_sent_starts_no_review(prepared, when):
    with pytest.raises(ValueError, match="was sent"):
        actions.start_rapid_review(prepared, by=when("coordinator", 10, 8))


def test_the_death_of_a_care_leaver_is_notified_and_not_reviewed(when, case_one):
    notification = open_notification(
        case_one, by=when("la_notifier", 10, 6), received_on=date(2026, 10, 5), kind="care_leaver_death"
    )
    by = when("la_notifier", 10, 8, hour=15)
    assert actions.record_notification_sent(notification, by=by, sent_at=at(2026, 10, 8, 14)) is None
    assert not RapidReview.objects.exists()


def test_the_report_begins_with_what_is_known_and_without_a_name(review):
    sections = {section.key: section for section in review.draft.sections.all()}
    assert list(sections) == [key for key, _, _ in HEADINGS]
    assert "Child A" in sections["children"].html
    assert "In hospital, with a nurse at all times" in sections["other-children"].html
    assert "Westmoor Council" in sections["incident"].html
    assert all("Quillfeather" not in section.html for section in sections.values())


def test_withdrawing_the_notification_makes_the_review_void_and_keeps_the_reason(review, when):
    withdraw(review.notification, by=when("la_notifier", 10, 15), reason="Found not to meet the criteria")
    review.refresh_from_db()
    assert review.status == ReviewStatus.VOID
    clock = clock_of("T05", review.notification)
    assert (clock.voided_on, clock.void_reason) == (date(2026, 10, 15), "Found not to meet the criteria")


def test_withdrawing_ends_what_was_asked_of_agencies_and_partners(signing, when, cast, case_one):
    waiting = send_request(
        case_one,
        cast.agencies.school,
        by=when("coordinator", 10, 9),
        occasion=signing.requests_occasion,
        due_on=date(2026, 10, 19),
    )
    withdraw(signing.notification, by=when("la_notifier", 10, 28), reason="Not abuse after all")
    signing.refresh_from_db()
    waiting.agency_return.refresh_from_db()
    assert not signing.sign_off.is_open
    assert waiting.agency_return.status == ReturnStatus.WITHDRAWN
    assert clock_of("L07", waiting.agency_return).voided_on


def test_a_void_review_is_not_written_any_more(review, when):
    withdraw(review.notification, by=when("la_notifier", 10, 15), reason="Not abuse")
    section = review.draft.sections.get(key="analysis")
    with pytest.raises(AlreadyDone):
        actions.save_section(review, section, "Late words", by=when("coordinator", 10, 16), seen_version=0)


def test_a_second_notification_has_a_review_of_its_own(review, when, case_one):
    """Specification 9.2, example 13."""
    withdraw(review.notification, by=when("la_notifier", 10, 15), reason="Not abuse")
    second = open_notification(
        case_one, by=when("la_notifier", 11, 13), received_on=date(2026, 11, 13), kind="s16c_death"
    )
    again = actions.record_notification_sent(
        second, by=when("la_notifier", 11, 16, hour=15), sent_at=at(2026, 11, 16, 14)
    )
    assert clock_of("T05", second).due_on == date(2026, 12, 7)
    review.refresh_from_db()
    assert (review.status, again.status) == (ReviewStatus.VOID, ReviewStatus.AGENCY_RETURNS)
