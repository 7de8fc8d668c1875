"""Notice to the national bodies, and publication."""

from datetime import date

import pytest

from accounts.rights import NotPermitted
from audit.events import AlreadySubmitted, key_of
from audit.lifecycle import AlreadyDone
from audit.models import Event
from deadlines.actions import LateReasonNeeded
from deadlines.models import Deadline
from lcspr import actions
from notifications.register.models import Submission
from publications import actions as publications
from publications.models import Publication
from tests.lcspr.conftest import PLANNED, at

THREE = {"panel", "secretary_of_state", "ofsted"}


def plan(review, on, by, **more):
    actions.plan_publication(review, on, by=by, public_title="A bruise seen twice", **more)


# --- planning ---
def test_planning_owes_the_report_to_each_recipient_seven_working_days_before(planned, clocks):
    owed = clocks("T10")
    assert set(owed) == THREE
    assert {clock.due_on for clock in owed.values()} == {date(2026, 11, 24)}


@pytest.mark.parametrize(
    ("publication", "latest"),
    [
        (date(2027, 4, 28), date(2027, 4, 19)),  # example 1d
        (date(2027, 4, 7), date(2027, 3, 25)),  # example 12, across Easter
        (date(2027, 1, 6), date(2026, 12, 23)),  # example 12b, after New Year
        (date(2027, 2, 26), date(2027, 2, 17)),  # example 4
        (date(2028, 2, 29), date(2028, 2, 18)),  # example 5
        (date(2027, 9, 20), date(2027, 9, 9)),  # example 14
    ],
)
def test_the_latest_day_to_send_the_report(approved, when, clocks, publication, latest):
    plan(approved, publication, when("coordinator", 11, 18, hour=13))
    assert {clock.due_on for clock in clocks("T10").values()} == {latest}


def test_planning_again_voids_what_was_open_and_starts_a_notice_of_its_own(planned, when, now, clocks, send_copies):
    first = planned.publication_occasion
    send_copies(planned, 11, 19, only=("panel",))
    plan(now(planned), date(2027, 1, 6), when("coordinator", 11, 20))
    second = now(planned).publication_occasion
    assert second != first
    was = clocks("T10", occasion=first)
    assert was["panel"].met_on == date(2026, 11, 19)
    assert {was[to].voided_on for to in ("secretary_of_state", "ofsted")} == {date(2026, 11, 20)}
    owed = clocks("T10", occasion=second)
    assert set(owed) == THREE and all(clock.is_open for clock in owed.values())
    assert {clock.due_on for clock in owed.values()} == {date(2026, 12, 23)}


def test_planning_again_keeps_what_was_planned_before(planned, when, now):
    plan(now(planned), date(2027, 1, 6), when("coordinator", 11, 20))
    kept = list(planned.history.order_by("history_id").values_list("planned_publication_on", flat=True).distinct())
    assert PLANNED in kept and date(2027, 1, 6) in kept


def test_a_report_that_is_not_approved_is_not_planned_nor_published(asked, when, now):
    with pytest.raises(AlreadyDone):
        plan(asked, PLANNED, when("coordinator", 11, 17))
    with pytest.raises(AlreadyDone):
        actions.publish(asked, by=when("coordinator", 11, 17), summary="Too early", early_reason="In haste")
    with pytest.raises(AlreadyDone):
        actions.record_copy_sent(asked, "panel", by=when("coordinator", 11, 17), sent_at=at(2026, 11, 17, 9))
    assert now(asked).status == "signing" and not Publication.objects.exists()


def test_an_approved_report_is_not_published_before_it_is_planned(approved, when):
    with pytest.raises(AlreadyDone):
        actions.publish(approved, by=when("coordinator", 11, 19), summary="At once", early_reason="In haste")


def test_publication_is_not_planned_for_the_past(approved, when):
    with pytest.raises(actions.DateOutOfOrder):
        plan(approved, date(2026, 11, 17), when("coordinator", 11, 18))


@pytest.mark.parametrize("who", ["partner_la", "panel_chair", "reviewer"])
def test_only_a_coordinator_plans_and_publishes(planned, when, who):
    with pytest.raises(NotPermitted):
        plan(planned, PLANNED, when(who, 11, 19))
    with pytest.raises(NotPermitted):
        actions.publish(planned, by=when(who, 11, 19), summary="Mine", early_reason="Mine")


# --- the notice period ---
def test_the_report_is_not_published_before_each_has_had_it_for_seven_working_days(planned, when, now, send_copies):
    send_copies(planned, 11, 24, only=("panel", "secretary_of_state"))
    with pytest.raises(actions.NoticeTooShort) as short:
        actions.publish(planned, by=when("coordinator", 12, 3), summary="Two agencies")
    assert short.value.missing == ["ofsted"]
    send_copies(planned, 11, 25, only=("ofsted",))
    with pytest.raises(actions.NoticeTooShort):
        actions.publish(planned, by=when("coordinator", 12, 3), summary="Two agencies")
    assert now(planned).status == "pre_publication" and not Publication.objects.exists()
    # A day later Ofsted has had it for seven working days too.
    actions.publish(planned, by=when("coordinator", 12, 4), summary="Two agencies")
    assert now(planned).published_on == date(2026, 12, 4)


def test_a_day_early_is_too_early_and_a_blank_reason_is_none(planned, when, send_copies):
    send_copies(planned, 11, 24)
    for reason in ("", "   "):
        with pytest.raises(actions.NoticeTooShort):
            actions.publish(planned, by=when("coordinator", 12, 2), summary="Two agencies", early_reason=reason)


def test_publishing_early_takes_a_reason_that_is_kept(planned, when, now):
    actions.publish(
        planned, by=when("coordinator", 11, 19), summary="Two agencies", early_reason="The trial ended and it was told"
    )
    assert now(planned).early_reason == "The trial ended and it was told"
    assert Event.objects.get(verb="report published").reason.text == "The trial ended and it was told"


def test_a_reason_that_was_not_needed_is_not_kept(planned, when, now, send_copies):
    send_copies(planned, 11, 24)
    actions.publish(planned, by=when("coordinator", 12, 3), summary="Two agencies", early_reason="Just in case")
    assert now(planned).early_reason == ""


def test_each_recipient_is_recorded_once_with_the_paper(planned, when, send_copies):
    send_copies(planned, 11, 24)
    rows = Submission.objects.filter(return_type="full_report")
    assert {row.recipient for row in rows} == THREE
    assert {row.paper for row in rows} == {planned.report} and {row.due_on for row in rows} == {date(2026, 11, 24)}
    with pytest.raises(AlreadyDone):
        send_copies(planned, 11, 24, only=("panel",))


def test_the_report_was_not_sent_before_it_was_approved(planned, when):
    with pytest.raises(actions.DateOutOfOrder):
        actions.record_copy_sent(planned, "panel", by=when("coordinator", 11, 19), sent_at=at(2026, 11, 17, 12))


# --- publication ---
def test_publishing_stops_the_six_months_and_begins_the_year(published, now, clocks):
    assert now(published).status == "published"
    assert clocks("T09")[""].met_on == date(2026, 12, 3)
    year = clocks("T13")[""]
    assert (year.counted_from, year.due_on) == (date(2026, 12, 3), date(2027, 12, 3))
    assert clocks("T14")[""].is_open
    assert not Deadline.objects.filter(code__in=["T15", "T12", "T10"]).open().exists()


def test_the_public_reads_what_the_partners_signed(planned, when, send_copies, now):
    send_copies(planned, 11, 24)
    planned.draft.sections.filter(key="analysis").update(html="<p>Never signed</p>")
    actions.publish(planned, by=when("coordinator", 12, 3), summary="Two agencies each saw a bruise.")
    public = Publication.objects.get()
    assert public.title == "A bruise seen twice" and public.published_on == date(2026, 12, 3)
    assert public.recommendations == ["Agree one chronology by June", "Ask fathers too"]
    assert public.reviewers == ["Rhea Reviewer"]
    everything = str([public.sections, public.summary, public.title, public.paper.content])
    assert "Two records did not speak" in everything and "Never signed" not in everything
    for never in ("CIOS-", "Petra Council", "Reasons of the", "Zephyrine"):
        assert never not in everything


def test_a_published_report_is_published_once(published, when):
    with pytest.raises(AlreadyDone):
        actions.publish(published, by=when("coordinator", 12, 3), summary="Again")
    assert Publication.objects.count() == 1


def test_after_six_months_a_reason_is_needed(planned, when, send_copies, now, clocks):
    send_copies(planned, 11, 24)
    after = when("coordinator", 4, 29, year=2027)
    with pytest.raises(LateReasonNeeded):
        actions.publish(planned, by=after, summary="Two agencies")
    assert now(planned).status == "pre_publication" and not Publication.objects.exists()
    actions.publish(planned, by=after, summary="Two agencies", late_reason="The family asked for time")
    clock = clocks("T09")[""]
    assert (clock.due_on, clock.met_on, clock.met_late_reason) == (
        date(2027, 4, 28),
        date(2027, 4, 29),
        "The family asked for time",
    )


def test_on_the_last_day_no_reason_is_needed(planned, when, send_copies, clocks):
    send_copies(planned, 11, 24)
    actions.publish(planned, by=when("coordinator", 4, 28, year=2027), summary="Two agencies")
    assert clocks("T09")[""].met_late_reason == ""


def test_the_repository_gets_what_was_published_and_that_is_recorded_once(published, when, clocks, planned):
    said = {"by": when("coordinator", 12, 4), "sent_at": at(2026, 12, 4, 9)}
    actions.record_repository_copy(published, **said)
    assert clocks("T14")[""].met_on == date(2026, 12, 4)
    row = Submission.objects.get(recipient="nspcc")
    assert row.paper == Publication.objects.get().paper
    with pytest.raises(AlreadyDone):
        actions.record_repository_copy(published, **said)


def test_nothing_goes_to_the_repository_before_it_is_published(planned, when):
    with pytest.raises(AlreadyDone):
        actions.record_repository_copy(planned, by=when("coordinator", 11, 20), sent_at=at(2026, 11, 20, 9))


def test_the_report_stays_public_until_the_day_after_the_anniversary(published, when):
    """Example 17."""
    public = Publication.objects.get()
    assert public.removable_from == date(2027, 12, 4)
    with pytest.raises(publications.StillOwedToThePublic):
        publications.withdraw(public, by=when("coordinator", 12, 3, year=2027), reason="A year has passed")
    publications.withdraw(public, by=when("coordinator", 12, 4, year=2027), reason="A year has passed")
    assert not Publication.objects.public().exists()


# --- improvements instead of the report ---
def improvements_only(review, by, sent_at, **more):
    actions.publish_improvements_only(
        review, by=by, summary="What will change", reason="It would harm a sibling", sent_at=sent_at, **more
    )


def test_only_what_is_about_improvements_is_published(planned, when, now, clocks):
    improvements_only(planned, when("coordinator", 12, 3), at(2026, 11, 24, 9))
    after = now(planned)
    assert (after.status, after.not_published_reason) == ("not_published", "It would harm a sibling")
    public = Publication.objects.get()
    assert public.kind == "improvements" and public.reviewers == []
    assert [heading for heading, _ in public.sections] == [
        "What we have learned",
        "Summary of recommended improvements",
        "The partnership's response",
    ]
    assert "Two records did not speak" not in str([public.sections, public.paper.content])
    assert {to: clock.met_on for to, clock in clocks("T11").items()} == {
        "panel": date(2026, 11, 24),
        "secretary_of_state": date(2026, 11, 24),
    }
    assert clocks("T09")[""].met_on == date(2026, 12, 3) and clocks("T13")[""].is_open
    assert {row.recipient for row in Submission.objects.filter(return_type="not_publishing")} == {
        "panel",
        "secretary_of_state",
    }


def test_the_reasons_are_given_seven_working_days_before_too(planned, when, now):
    with pytest.raises(actions.NoticeTooShort):
        improvements_only(planned, when("coordinator", 12, 3), at(2026, 11, 25, 9))
    assert (
        now(planned).status == "pre_publication"
        and not Submission.objects.filter(recipient="panel", occasion=planned.publication_occasion).exists()
    )
    improvements_only(planned, when("coordinator", 12, 3), at(2026, 11, 25, 9), early_reason="The inquest begins")
    assert now(planned).early_reason == "The inquest begins"


def test_the_same_submit_twice_acts_once(approved, when, now):
    coordinator = when("coordinator", 11, 18, hour=13)
    verbs = (
        lambda: plan(approved, PLANNED, coordinator, token="plan-twice"),
        lambda: actions.record_copy_sent(
            approved, "panel", by=coordinator, sent_at=at(2026, 11, 18, 13), token="copy-twice"
        ),
        lambda: actions.publish(
            approved, by=coordinator, summary="Once", early_reason="In haste", token="publish-twice"
        ),
    )
    for verb in verbs:
        verb()
        with pytest.raises(AlreadySubmitted):
            verb()
    assert now(approved).plans == 1 and Publication.objects.count() == 1
    assert Event.objects.filter(subject=key_of(approved), verb="report published").count() == 1
