"""Notice of publication, and publication itself (SI 2018/789 regs 16 and 17)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.standing import LONDON, Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, amend, transition
from deadlines.actions import clocks
from deadlines.models import BankHoliday, Deadline
from deadlines.statutory import due_on
from lcspr import rights
from lcspr.models import PublicationPack, Review, ReviewStatus
from lcspr.names import names_in
from lcspr.papers import public_improvements, public_report
from notifications.register.actions import record_submission
from notifications.register.models import Submission
from notifications.register.recipients import ReturnType
from publications import actions as publications
from publications.public_report import PublicReport

from .dates import DateOutOfOrder, day_of
from .national import SENT, meet_once

# Who has the full report before publication: regulation 16, and Working Together for Ofsted.
RECIPIENTS = ("panel", "secretary_of_state", "ofsted")
# Who is told why a report is not published, with what is published instead.
TOLD_WHY_NOT = ("panel", "secretary_of_state")
PUBLISHED = "The report is published"


class NoticeTooShort(Exception):
    """The Panel, the Secretary of State or Ofsted would have it for less than seven working days.

    Publishing all the same takes a recorded reason. `missing` are the recipients, in the register's words.
    """

    def __init__(self, missing: list[str]) -> None:
        super().__init__("The notice period is not over.")
        self.missing = missing


class NamesFound(Exception):
    """The text says who somebody of the case is. `where` are the headings; what was found is not repeated."""

    def __init__(self, where: list[str]) -> None:
        super().__init__("The text holds what would say who people of the case are.")
        self.where = where


@transaction.atomic
def plan_publication(
    review: Review, on: date, *, by: Standing, public_title: str, communications: str = "", token: str | None = None
) -> None:
    """Plan to publish on a local date: the Panel, the Secretary of State and Ofsted are owed the report (T10).

    Planning again starts a notice period of its own; what was still open of the earlier one is void and stays to be
    read. Raises AlreadyDone before the partners have approved the report, NamesFound for a title that names somebody,
    DateOutOfOrder.
    """
    rights.PLAN_PUBLICATION.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    if on < by.today:
        raise DateOutOfOrder("Planned date of publication must be today or in the future")
    review.refresh_from_db()
    if review.status not in {ReviewStatus.APPROVED, ReviewStatus.PRE_PUBLICATION}:
        raise AlreadyDone("A report is planned for publication once the partners have approved it.")
    if names_in(_titled(public_title, on), review.case):
        raise NamesFound(["Title for the public"])
    if review.plans:
        clocks.void(review.publication_occasion, by=by, reason="Publication was planned again", codes=("T10",))
    said: dict[str, Any] = {
        "plans": review.plans + 1,
        "planned_publication_on": on,
        "public_title": public_title,
        "communications": communications,
    }
    if review.status == ReviewStatus.PRE_PUBLICATION:
        amend(review, by=by, verb="publication planned again", token=token, **said)
    else:
        for name, value in said.items():
            setattr(review, name, value)
        transition(
            review,
            ReviewStatus.PRE_PUBLICATION,
            by=by,
            verb="publication planned",
            token=token,
            changed=tuple(said),
        )
    # Told apart, because whoever holds only the pack cannot open the review.
    record(review.trail, "publication pack ready", by=by, subject=PublicationPack.objects.get(pk=review.pk))
    for recipient in RECIPIENTS:
        clocks.start(
            review.case, "T10", occasion=review.publication_occasion, counted_from=on, by=by, recipient=recipient
        )


def _titled(title: str, on: date) -> PublicReport:
    return PublicReport(
        title=title, kind="lcspr", summary="", sections=(), recommendations=(), reviewers=(), published_on=on
    )


@transaction.atomic
def record_copy_sent(
    review: Review,
    recipient: str,
    *,
    by: Standing,
    sent_at: datetime,
    reference: str = "",
    channel: str = "",
    token: str | None = None,
) -> Submission:
    """Record that one recipient was sent the full report. Meets that recipient's T10.

    Raises AlreadyDone when nothing is planned or that is recorded, DateOutOfOrder.
    """
    rights.NOTIFY.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if not review.has_a_plan or review.report is None:
        raise AlreadyDone("The report is sent once its publication has been planned.")
    approved_on = review.report.issued_at.astimezone(LONDON).date()
    sent_on = day_of(sent_at, by=by, what=SENT, not_before=approved_on, because="the day the report was approved")
    meet_once("T10", review.publication_occasion, recipient, on=sent_on, by=by)
    return record_submission(
        review.case,
        ReturnType.FULL_REPORT,
        recipient,
        occasion=review.publication_occasion,
        by=by,
        sent_at=sent_at,
        reference=reference,
        channel=channel,
        paper=review.report,
        due_on=clocks.clock_of("T10", review.publication_occasion, recipient).due_on,
        token=token,
    )


@transaction.atomic
def publish(
    review: Review,
    *,
    by: Standing,
    summary: str,
    early_reason: str = "",
    late_reason: str = "",
    names_checked: str = "",
    token: str | None = None,
) -> None:
    """Publish the report, as the partners signed it, today. Stops T09; it is kept public for a year at least (T13).

    Raises NoticeTooShort while the notice period is not over and no `early_reason` is given; NamesFound while the text
    says who somebody of the case is and `names_checked` does not say why it may; LateReasonNeeded after the six months
    without a `late_reason` or a notice of delay on file; AlreadyDone unless publication is planned.
    """
    review = _ready(review, by=by, token=token)
    short = notice_too_short(review, on=by.today)
    if short and not early_reason.strip():
        raise NoticeTooShort(short)
    report = public_report(review, summary=summary, on=by.today)
    where = _names(report, review, names_checked)
    _stop_the_six_months(review, by=by, late_reason=late_reason)
    review.publication = publications.publish(report, by=by)
    review.published_on, review.early_reason = by.today, early_reason if short else ""
    transition(
        review,
        ReviewStatus.PUBLISHED,
        by=by,
        verb="report published",
        reason="\n\n".join(filter(None, [review.early_reason, names_checked if where else ""])),
        token=token,
        changed=("publication", "published_on", "early_reason"),
    )
    _keep_public(review, by=by)
    clocks.start(review.case, "T14", occasion=review, counted_from=by.today, by=by)


@transaction.atomic
def publish_improvements_only(
    review: Review,
    *,
    by: Standing,
    summary: str,
    reason: str,
    sent_at: datetime,
    early_reason: str = "",
    late_reason: str = "",
    names_checked: str = "",
    token: str | None = None,
) -> None:
    """Publish the information about improvements instead of the report, and say why.

    `sent_at` is the instant (UTC) at which the Panel and the Secretary of State were given the reasons and that
    information, seven working days before (T11). Raises what `publish` raises, and DateOutOfOrder.
    """
    review = _ready(review, by=by, token=token)
    assert review.report is not None
    approved_on = review.report.issued_at.astimezone(LONDON).date()
    sent_on = day_of(
        sent_at, by=by, what="When they were told", not_before=approved_on, because="the day the report was approved"
    )
    short = []
    for recipient in TOLD_WHY_NOT:
        key = review.publication_occasion
        clock = clocks.start(review.case, "T11", occasion=key, counted_from=by.today, by=by, recipient=recipient)
        if clocks.is_late(clock, sent_on):
            short.append(recipient)
        clocks.meet(
            "T11", occasion=key, on=sent_on, by=by, recipient=recipient, reason=early_reason, require_reason=False
        )
        record_submission(
            review.case,
            ReturnType.NOT_PUBLISHING,
            recipient,
            occasion=key,
            by=by,
            sent_at=sent_at,
            due_on=clock.due_on,
        )
    if short and not early_reason.strip():
        raise NoticeTooShort(short)
    information = public_improvements(review, summary=summary, on=by.today)
    where = _names(information, review, names_checked)
    _stop_the_six_months(review, by=by, late_reason=late_reason)
    review.publication = publications.publish(information, by=by)
    review.not_published_reason, review.early_reason = reason, early_reason if short else ""
    transition(
        review,
        ReviewStatus.NOT_PUBLISHED,
        by=by,
        verb="improvements published instead of the report",
        reason="\n\n".join(filter(None, [reason, review.early_reason, names_checked if where else ""])),
        token=token,
        changed=("publication", "not_published_reason", "early_reason"),
    )
    _keep_public(review, by=by)


def _ready(review: Review, *, by: Standing, token: str | None) -> Review:
    rights.PUBLISH.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if review.status != ReviewStatus.PRE_PUBLICATION or review.report is None:
        raise AlreadyDone("A report is published once its publication has been planned.")
    return review


def _names(report: PublicReport, review: Review, names_checked: str) -> list[str]:
    where = names_in(report, review.case)
    if where and not names_checked.strip():
        raise NamesFound(where)
    return where


def _stop_the_six_months(review: Review, *, by: Standing, late_reason: str) -> None:
    clock = clocks.clock_of("T09", review.occasion)
    clocks.meet("T09", occasion=review.occasion, on=by.today, by=by, reason=late_reason or clock.delay_reason)


def _keep_public(review: Review, *, by: Standing) -> None:
    """The year of being public begins; nothing more is looked at or announced."""
    clocks.start(review.case, "T13", occasion=review, counted_from=by.today, by=by)
    for clock in [*review.monitoring_clocks().open(), *review.delay_clocks().open()]:
        clocks.void(clock.occasion, by=by, reason=PUBLISHED, codes=(clock.code,))


def notice_too_short(review: Review, *, on: date) -> list[str]:
    """The recipients who would not have had the full report for seven working days if it were published that day."""
    calendar = BankHoliday.objects.calendar()
    rows = Deadline.objects.for_occasion(review.publication_occasion).filter(code="T10").select_related("limit")
    return [
        clock.recipient
        for clock in rows.order_by("pk")
        if clock.met_on is None or clock.met_on > due_on(clock.time_limit, on, calendar, clock.convention)
    ]
