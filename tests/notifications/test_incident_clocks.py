"""From when the clocks of a notification count, and what stops them."""

from datetime import date

import pytest

from accounts.rights import NotPermitted
from audit.events import key_of
from audit.lifecycle import AlreadyDone
from cases.actions import add_child, open_case
from deadlines.actions import LateReasonNeeded, clock_of
from deadlines.models import Deadline
from notifications.incident.actions import (
    NotInScope,
    begin_notification,
    change_route,
    copy_received,
    give_late_reason,
    open_case_and_notification,
    open_notification,
    record_awareness,
    record_sent,
    stand_down,
    stand_up,
    tell_partners,
    withdraw,
)
from notifications.incident.actions.sending import is_late_without_reason
from notifications.incident.areas import partners_to_tell
from notifications.incident.lifecycle import Status
from notifications.incident.models import Notification
from notifications.incident.routes import Route
from notifications.register.models import Submission
from tests.notifications.conftest import at


def clocks(notification):
    rows = Deadline.objects.for_occasion(key_of(notification)).order_by("code")
    return {row.code: row for row in rows}


def test_the_clock_is_provisional_from_the_day_received_while_nobody_knows_more(notification):
    found = clocks(notification)
    assert set(found) == {"T01", "T02"}
    assert found["T01"].provisional and found["T01"].counted_from == date(2026, 10, 5)
    assert found["T01"].due_on == date(2026, 10, 12)
    assert found["T01"].owed_by_agency == notification.notifying_la
    assert list(Notification.objects.date_not_confirmed()) == [notification]


def test_saying_when_the_authority_knew_confirms_the_date_and_counts_again(notification, notifier):
    record_awareness(notification, by=notifier(), la_first_aware_at=at(2026, 10, 1, 9))
    t01 = clocks(notification)["T01"]
    assert not t01.provisional
    assert (t01.counted_from, t01.due_on) == (date(2026, 10, 1), date(2026, 10, 8))
    assert notification.la_first_aware_recorded_by == notifier().user
    assert notification.abuse_first_suspected_recorded_by is None
    assert not Notification.objects.date_not_confirmed().exists()


def test_the_clock_counts_from_the_later_of_the_two_whichever_is_recorded_first(notification, notifier):
    record_awareness(notification, by=notifier(), abuse_first_suspected_at=at(2026, 10, 5, 9))
    record_awareness(notification, by=notifier(), la_first_aware_at=at(2026, 9, 28, 9), note="The post-mortem report")
    assert clocks(notification)["T01"].counted_from == date(2026, 10, 5)


def test_a_later_day_of_suspicion_moves_the_clock_only_where_somebody_says_how_it_is_known(notification, notifier):
    knew = at(2026, 9, 28, 9)
    record_awareness(notification, by=notifier(), la_first_aware_at=knew)
    with pytest.raises(ValueError, match="how these times are known"):
        record_awareness(notification, by=notifier(), abuse_first_suspected_at=at(2026, 10, 5, 9))
    assert clocks(notification)["T01"].counted_from == date(2026, 9, 28)
    record_awareness(notification, by=notifier(), abuse_first_suspected_at=at(2026, 9, 28, 22))
    record_awareness(notification, by=notifier(), abuse_first_suspected_at=at(2026, 10, 5, 9), note="Post-mortem")
    assert clocks(notification)["T01"].counted_from == date(2026, 10, 5)
    record_awareness(notification, by=notifier(), la_first_aware_at=at(2026, 10, 6, 9))
    found = clocks(notification)
    assert found["T01"].counted_from == found["T02"].counted_from == date(2026, 10, 6)


def test_an_instant_is_counted_by_its_london_date(notification, notifier):
    record_awareness(notification, by=notifier(), la_first_aware_at=at(2026, 6, 30, 23, 30))
    t01 = clocks(notification)["T01"]
    assert (t01.counted_from, t01.due_on) == (date(2026, 7, 1), date(2026, 7, 8))


def test_nobody_was_aware_in_the_future(notification, notifier):
    with pytest.raises(ValueError, match="future"):
        record_awareness(notification, by=notifier(2026, 10, 8), la_first_aware_at=at(2026, 10, 9))
    assert clocks(notification)["T01"].provisional


def test_recording_that_it_was_sent_stops_t01_and_starts_t05_and_t02a(notification, notifier):
    record_awareness(notification, by=notifier(), la_first_aware_at=at(2026, 10, 5, 10))
    record_sent(notification, by=notifier(2026, 10, 8, 15), sent_at=at(2026, 10, 8, 14), reference="N-1")
    found = clocks(notification)
    assert found["T01"].met_on == date(2026, 10, 8)
    assert found["T05"].due_on == date(2026, 10, 29)
    assert (found["T05"].secondary_counted_from, found["T05"].secondary_due_on) == (
        date(2026, 10, 5),
        date(2026, 10, 26),
    )
    assert found["T02a"].due_on == date(2026, 10, 8)
    assert found["T02"].met_on is None


def test_a_date_learned_after_sending_moves_the_date_shown_beside_t05_only(notification, notifier):
    record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11))
    assert clocks(notification)["T05"].secondary_due_on is None
    record_awareness(notification, by=notifier(2026, 10, 9), la_first_aware_at=at(2026, 10, 5, 10))
    found = clocks(notification)
    assert (found["T05"].due_on, found["T05"].secondary_due_on) == (date(2026, 10, 29), date(2026, 10, 26))
    assert not found["T01"].provisional
    assert found["T01"].met_on == date(2026, 10, 8)


def test_a_late_one_is_not_recorded_without_its_reason(notification, notifier):
    record_awareness(notification, by=notifier(), la_first_aware_at=at(2026, 9, 21))
    for blank in ("", "  "):
        with pytest.raises(LateReasonNeeded):
            record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11), late_reason=blank)
    notification.refresh_from_db()
    assert notification.is_preparing and not notification.versions.exists()
    record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11), late_reason="The post-mortem took two weeks")
    assert notification.is_sent and not is_late_without_reason(notification)
    assert clock_of("T01", notification).met_late_reason == "The post-mortem took two weeks"


def test_one_that_turns_out_to_have_been_late_is_asked_for_its_reason(notification, notifier):
    record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11))
    record_awareness(notification, by=notifier(2026, 10, 9), la_first_aware_at=at(2026, 9, 21))
    assert is_late_without_reason(notification)
    with pytest.raises(ValueError, match="why"):
        give_late_reason(notification, by=notifier(2026, 10, 9), reason=" ")
    give_late_reason(notification, by=notifier(2026, 10, 9), reason="The post-mortem took two weeks")
    assert not is_late_without_reason(notification)
    assert clock_of("T01", notification).met_late_reason == "The post-mortem took two weeks"


def test_one_sent_in_time_is_asked_for_no_reason(notification, notifier):
    record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11))
    assert not is_late_without_reason(notification)


def test_recording_it_twice_is_refused_and_starts_nothing_twice(notification, notifier):
    stale = Notification.objects.get(pk=notification.pk)
    record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11), reference="N-1")
    with pytest.raises(AlreadyDone):
        record_sent(stale, by=notifier(2026, 10, 9), sent_at=at(2026, 10, 9, 11), reference="N-2")
    stale.refresh_from_db()
    assert stale.sent_reference == "N-1"
    assert stale.versions.count() == 1
    assert Submission.objects.filter(return_type="notification").count() == 1


@pytest.mark.parametrize(
    "person",
    ["coordinator", "partner_la", "partner_police", "panel_chair", "isles_notifier", "referrer", "auditor"],
)
def test_only_the_authoritys_own_notifiers_record_that_it_was_sent(notification, cast, standing, person):
    by = standing(getattr(cast, person), at(2026, 10, 8))
    with pytest.raises(NotPermitted):
        record_sent(notification, by=by, sent_at=at(2026, 10, 8, 11))
    notification.refresh_from_db()
    assert notification.is_preparing


@pytest.mark.parametrize("person", ["la_notifier", "la_approver"])
def test_the_notifier_or_the_approver_may_record_it_with_nothing_filled_in(notification, cast, standing, person):
    by = standing(getattr(cast, person), at(2026, 10, 8))
    record_sent(notification, by=by, sent_at=at(2026, 10, 8, 11))
    assert notification.is_sent


def test_telling_the_partners_stops_t02_with_a_row_for_each(notification, notifier):
    recipients = [
        ("safeguarding_partners", "Wrenshire Integrated Care Board"),
        ("safeguarding_partners", "Wrenshire Police"),
        ("other_area", "Next County Safeguarding Partnership"),
    ]
    tell_partners(
        notification, by=notifier(), told_at=at(2026, 10, 8, 9), recipients=recipients, channel="secure_email"
    )
    assert clocks(notification)["T02"].met_on == date(2026, 10, 8)
    assert [(row.recipient, row.recipient_name) for row in Submission.objects.all()] == recipients


def test_partners_told_late_and_a_late_copy_need_their_reason(notification, notifier, cast, standing):
    record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11))
    told = {
        "told_at": at(2026, 10, 20, 9),
        "recipients": [("safeguarding_partners", name) for name in ("Wrenshire Integrated Care Board", "Wrenshire Police")],
        "channel": "secure_email",
    }  # fmt: skip
    with pytest.raises(LateReasonNeeded):
        tell_partners(notification, by=notifier(2026, 10, 20, 15), late_reason="  ", **told)
    assert not Submission.objects.filter(return_type="notification_copy").exists()
    tell_partners(notification, by=notifier(2026, 10, 20, 15), late_reason="Nobody knew whose task it was", **told)
    assert clocks(notification)["T02"].met_late_reason == "Nobody knew whose task it was"
    coordinator = standing(cast.coordinator, at(2026, 10, 20, 16))
    with pytest.raises(LateReasonNeeded):
        copy_received(notification, by=coordinator, at=at(2026, 10, 20, 15))
    copy_received(notification, by=coordinator, at=at(2026, 10, 20, 15), late_reason="Sent to an old address")
    assert clocks(notification)["T02a"].met_late_reason == "Sent to an old address"


def test_t02_runs_until_the_last_partner_of_the_area_is_told_each_at_their_own_time_and_in_their_own_way(
    notification, notifier
):
    def tell(hour, name, channel, code="safeguarding_partners"):
        tell_partners(
            notification, by=notifier(2026, 10, 9, 15), told_at=at(2026, 10, 8, hour), recipients=[(code, name)],
            channel=channel,
        )  # fmt: skip

    tell(9, "Wrenshire Police", "meeting")
    tell(10, "Next County", "secure_email", "other_area")
    notification.refresh_from_db()
    assert clocks(notification)["T02"].is_open and notification.partners_told_at is None
    assert [(one.name, one.told_at) for one in partners_to_tell(notification, date(2026, 10, 9))] == [
        ("Wrenshire Integrated Care Board", None),
        ("Wrenshire Police", at(2026, 10, 8, 9)),
    ]
    tell(11, "Wrenshire Integrated Care Board", "secure_email")
    assert clocks(notification)["T02"].met_on == date(2026, 10, 8)
    notification.refresh_from_db()
    assert notification.partners_told_at == at(2026, 10, 8, 11)
    tell(12, "Wrenshire Police", "app")
    notification.refresh_from_db()
    assert notification.partners_told_at == at(2026, 10, 8, 11)
    assert [row.channel for row in Submission.objects.all()] == ["meeting", "secure_email", "secure_email", "app"]


def test_the_coordinator_records_that_the_copy_arrived_and_never_that_it_was_sent(
    notification, notifier, cast, standing
):
    coordinator = standing(cast.coordinator, at(2026, 10, 8, 16))
    with pytest.raises(AlreadyDone):
        copy_received(notification, by=coordinator, at=at(2026, 10, 8, 15))
    record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11))
    copy_received(notification, by=coordinator, at=at(2026, 10, 8, 15))
    assert clocks(notification)["T02a"].met_on == date(2026, 10, 8)
    assert Submission.objects.get(recipient="business_unit").is_acknowledged
    with pytest.raises(AlreadyDone):
        copy_received(notification, by=coordinator, at=at(2026, 10, 8, 15))


def test_withdrawn_then_reopened_counts_anew_and_never_resumes(case_one, notification, notifier):
    record_awareness(notification, by=notifier(2026, 10, 6, 13), la_first_aware_at=at(2026, 10, 5, 10))
    record_sent(notification, by=notifier(2026, 10, 6, 16), sent_at=at(2026, 10, 6, 15))
    assert clocks(notification)["T05"].due_on == date(2026, 10, 27)
    withdraw(notification, by=notifier(2026, 10, 15), reason="Found not to meet the criteria")
    first = clocks(notification)
    assert first["T05"].voided_on == date(2026, 10, 15)
    assert first["T05"].void_reason == "Found not to meet the criteria"
    assert first["T01"].met_on == date(2026, 10, 6)

    second = open_notification(case_one, by=notifier(2026, 11, 13, 14), received_on=date(2026, 11, 13))
    assert (second.occasion, second.reopened_from) == (2, notification)
    record_awareness(
        second,
        by=notifier(2026, 11, 13, 15),
        la_first_aware_at=at(2026, 10, 5, 10),
        abuse_first_suspected_at=at(2026, 11, 13, 11),
        note="The post-mortem report",
    )
    record_sent(second, by=notifier(2026, 11, 16, 12), sent_at=at(2026, 11, 16, 11))
    again = clocks(second)
    assert (again["T01"].counted_from, again["T01"].due_on) == (date(2026, 11, 13), date(2026, 11, 20))
    assert again["T05"].due_on == date(2026, 12, 7)
    assert clocks(notification)["T05"].voided_on == date(2026, 10, 15)
    assert clocks(notification)["T01"].counted_from == date(2026, 10, 5)


def test_what_was_not_sent_is_not_withdrawn(notification, notifier):
    with pytest.raises(AlreadyDone):
        withdraw(notification, by=notifier(), reason="Found not to meet the criteria")


def test_a_second_notification_waits_until_the_first_is_no_longer_being_prepared(case_one, notification, notifier):
    with pytest.raises(AlreadyDone):
        open_notification(case_one, by=notifier())


def test_finding_that_none_is_needed_voids_the_clocks_and_taking_it_up_again_revives_them(notification, notifier):
    stand_down(notification, by=notifier(), reason="The criteria are not met")
    assert notification.status == Status.NOT_NEEDED
    assert clocks(notification)["T01"].voided_on == date(2026, 10, 8)
    stand_up(notification, by=notifier(2026, 10, 9), reason="More is known")
    assert clocks(notification)["T01"].is_open


def care_leaver(cast, standing, born, died, *when):
    by = standing(cast.la_notifier, at(*when))
    case = open_case(by=by, incident_la=cast.agencies.westmoor, harm="death")
    add_child(case, by=by, identity={"born_on": born}, died_on=died, care_leaver="yes")
    return case, by


def test_a_care_leaver_aged_24_is_in_scope_and_no_rapid_review_follows(cast, standing):
    case, by = care_leaver(cast, standing, date(2002, 3, 15), date(2027, 3, 14), 2027, 3, 16)
    notification = open_notification(case, by=by, received_on=date(2027, 3, 15))
    change_route(notification, by=by, kind=Route.CARE_LEAVER_DEATH)
    record_awareness(notification, by=by, la_first_aware_at=at(2027, 3, 15, 9))
    found = clocks(notification)
    assert found["T04"].due_on == date(2027, 3, 22)
    assert found["T01"].voided_on == date(2027, 3, 16) == found["T02"].voided_on
    record_sent(notification, by=standing(cast.la_notifier, at(2027, 3, 17)), sent_at=at(2027, 3, 17, 9))
    found = clocks(notification)
    assert found["T04"].met_on == date(2027, 3, 17)
    assert "T05" not in found and "T02a" not in found
    assert {row.recipient for row in Submission.objects.all()} == {"secretary_of_state", "ofsted"}


def test_a_care_leaver_who_died_on_the_25th_birthday_is_out_of_scope(cast, standing):
    case, by = care_leaver(cast, standing, date(2002, 3, 15), date(2027, 3, 15), 2027, 3, 16)
    notification = open_notification(case, by=by)
    with pytest.raises(NotInScope):
        change_route(notification, by=by, kind=Route.CARE_LEAVER_DEATH)
    notification.refresh_from_db()
    assert notification.kind == Route.S16C_DEATH
    assert set(clocks(notification)) == {"T01", "T02"}


@pytest.mark.parametrize(
    ("kind", "age", "said"),
    [
        (Route.CARE_LEAVER_DEATH, 24, ""),
        (Route.CARE_LEAVER_DEATH, 25, "until the day before the 25th"),
        (Route.CARE_LEAVER_DEATH, 17, "Somebody younger is a child"),
        (Route.LAC_DEATH_NO_ABUSE, 17, ""),
        (Route.LAC_DEATH_NO_ABUSE, 18, "was not a looked after child"),
        (Route.S16C_DEATH, 17, ""),
    ],
)
def test_an_age_that_is_learned_after_the_route_was_chosen_is_warned_of(cast, standing, signed_in, kind, age, said):
    by = standing(cast.la_notifier)
    case = open_case(by=by, incident_la=cast.agencies.westmoor, harm="death")
    notification = begin_notification(case, by=by, kind=kind, notifying_la=cast.agencies.westmoor, received_on=by.today)
    add_child(case, by=by, age_years=age)
    page = signed_in(cast.la_notifier).get(f"/notifications/{notification.pk}/").content.decode()
    assert said in page
    assert ("govuk-warning-text" in page) is bool(said)


def test_the_suspicion_date_does_not_move_the_clock_of_a_death_without_abuse(notification, notifier):
    change_route(notification, by=notifier(), kind=Route.LAC_DEATH_NO_ABUSE)
    record_awareness(
        notification,
        by=notifier(),
        la_first_aware_at=at(2026, 10, 1, 9),
        abuse_first_suspected_at=at(2026, 10, 7, 9),
    )
    assert clocks(notification)["T03"].counted_from == date(2026, 10, 1)


def test_going_back_to_a_serious_incident_starts_its_clocks_again(notification, notifier):
    change_route(notification, by=notifier(), kind=Route.LAC_DEATH_NO_ABUSE)
    change_route(notification, by=notifier(), kind=Route.S16C_DEATH)
    found = clocks(notification)
    assert found["T01"].is_open and found["T02"].is_open
    assert found["T03"].voided_on


def test_a_notifier_opens_a_case_nobody_referred(cast, standing):
    by = standing(cast.isles_notifier, at(2026, 10, 6))
    notification = open_case_and_notification(
        by=by, notifying_la=cast.agencies.fell_isles, kind=Route.S16C_DEATH, received_on=by.today, harm="death"
    )
    assert notification.case.incident_la == cast.agencies.fell_isles
    assert Notification.objects.visible_to(by).get() == notification
    assert not Notification.objects.visible_to(standing(cast.la_notifier)).exists()


def test_a_notifier_opens_none_for_another_authority(cast, standing):
    with pytest.raises(NotPermitted):
        open_case_and_notification(
            by=standing(cast.isles_notifier),
            notifying_la=cast.agencies.westmoor,
            kind=Route.S16C_DEATH,
            received_on=date(2026, 10, 6),
        )


def test_where_it_happened_outside_england_the_authority_of_the_home_notifies(cast, standing):
    by = standing(cast.coordinator)
    case = open_case(by=by, incident_la=cast.agencies.westmoor, home_la=cast.agencies.fell_isles, outside_england=True)
    notification = open_notification(case, by=by)
    assert notification.notifying_la == cast.agencies.fell_isles
    assert Notification.objects.visible_to(standing(cast.isles_notifier)).exists()
