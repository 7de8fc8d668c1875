"""Notice of publication, and publication itself (SI 2018/789 regs 16 and 17)."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction

from accounts.standing import LONDON, Standing
from audit.events import hold, record
from audit.lifecycle import AlreadyDone, transition
from cases.models import Identity
from deadlines.actions import clocks
from deadlines.models import Deadline
from govuk.rich_text import plain
from improvements.models import Recommendation
from lcspr import rights
from lcspr.models import Review, ReviewStatus
from notifications.register.actions import record_submission
from notifications.register.models import Submission
from publications import actions as publications

# Who has the full report before publication: regulation 16, and Working Together for Ofsted.
RECIPIENTS = ("panel", "secretary_of_state", "ofsted")
SHORTEST_NAME = 3


class NoticeTooShort(Exception):
    """The Panel, the Secretary of State or Ofsted would have the report for less than seven working days.

    Publishing all the same takes a recorded reason. `missing` are the recipients, in the register's words.
    """

    def __init__(self, missing: list[str]) -> None:
        super().__init__("The notice period is not over.")
        self.missing = missing


class NamesFound(Exception):
    """The text holds names of people of the case. `where` are the headings; the names are not repeated."""

    def __init__(self, where: list[str]) -> None:
        super().__init__("The report holds names of people of the case.")
        self.where = where


@transaction.atomic
def plan_publication(review: Review, on: date, *, by: Standing, public_title: str, token: str | None = None) -> None:
    """Plan to publish on a local date: the Panel, the Secretary of State and Ofsted are owed the report (T10).

    Planning again starts a notice period of its own; the earlier one is void and stays to be read.
    """
    rights.PLAN_PUBLICATION.require(by, review)
    hold(review.trail)
    review.refresh_from_db()
    if review.status not in {ReviewStatus.APPROVED, ReviewStatus.PRE_PUBLICATION}:
        raise AlreadyDone("A report is planned for publication once the partners have approved it.")
    if review.plans:
        clocks.void(review.publication_occasion, by=by, reason="Publication was planned again")
    review.plans += 1
    review.planned_publication_on, review.public_title = on, public_title
    changed = ("plans", "planned_publication_on", "public_title")
    for recipient in RECIPIENTS:
        clocks.start(
            review.case, "T10", occasion=review.publication_occasion, counted_from=on, by=by, recipient=recipient
        )
    if review.status == ReviewStatus.PRE_PUBLICATION:
        review.save(update_fields=list(changed))
        record(review.trail, "publication planned again", by=by, subject=review, changed=changed, token=token)
        return
    transition(
        review,
        ReviewStatus.PRE_PUBLICATION,
        by=by,
        verb="publication planned",
        token=token,
        changed=changed,
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
    late_reason: str = "",
    token: str | None = None,
) -> Submission:
    """Record that one recipient was sent the full report. Meets that recipient's T10."""
    rights.NOTIFY.require(by, review)
    hold(review.trail)
    sent = record_submission(
        review.case,
        "full_report",
        recipient,
        occasion=review.publication_occasion,
        by=by,
        sent_at=sent_at,
        reference=reference,
        channel=channel,
        paper=review.report,
        token=token,
    )
    clocks.meet(
        "T10",
        occasion=review.publication_occasion,
        on=sent_at.astimezone(LONDON).date(),
        by=by,
        recipient=recipient,
        reason=late_reason,
        require_reason=False,
    )
    return sent


def names_in_report(review: Review) -> list[str]:
    """The headings whose text holds a name of a person of the case. Empty when none does."""
    names = set()
    people = Identity.objects.filter(child__case=review.case) | Identity.objects.filter(person__case=review.case)
    for full_name, other_names in people.values_list("full_name", "other_names"):
        for name in re.split(r"[\s,;]+", f"{full_name} {other_names}"):
            if len(name) >= SHORTEST_NAME:
                names.add(name.casefold())
    if not names:
        return []
    pattern = re.compile(r"\b(" + "|".join(re.escape(name) for name in sorted(names)) + r")\b", re.IGNORECASE)
    where = [section.heading for section in review.draft.sections.all() if pattern.search(plain(section.html))]
    if pattern.search(review.public_title):
        where.insert(0, "Title for the public")
    said = Recommendation.objects.filter(case=review.case).values_list("text", flat=True)
    if any(pattern.search(text) for text in said):
        where.append("Recommendations")
    return where


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
    """Publish the report today. Stops T09; the report is kept public for a year at least (T13).

    Raises NoticeTooShort while the notice period is not over and no `early_reason` is given; NamesFound while a
    name of the case stands in the text and `names_checked` does not say why it may; LateReasonNeeded after the
    six months without a `late_reason` or a notice of delay on file.
    """
    rights.PUBLISH.require(by, review)
    hold(review.trail)
    review.refresh_from_db()
    if review.status != ReviewStatus.PRE_PUBLICATION or review.report is None:
        raise AlreadyDone("A report is published once its publication has been planned.")
    short = notice_too_short(review, on=by.today)
    if short and not early_reason:
        raise NoticeTooShort(short)
    where = names_in_report(review)
    if where and not names_checked:
        raise NamesFound(where)
    explained = Deadline.objects.for_occasion(review.occasion).filter(code="T09").first()
    if explained is not None:
        reason = late_reason or explained.delay_reason
        clocks.meet("T09", occasion=review.occasion, on=by.today, by=by, reason=reason)
    from lcspr.papers import public_report

    review.publication = publications.publish(public_report(review, summary=summary, on=by.today), by=by)
    review.published_on, review.early_reason = by.today, early_reason if short else ""
    clocks.start(review.case, "T13", occasion=review, counted_from=by.today, by=by)
    clocks.start(review.case, "T14", occasion=review, counted_from=by.today, by=by)
    clocks.void(review, by=by, reason="The report is published", codes=("T15",))
    transition(
        review,
        ReviewStatus.PUBLISHED,
        by=by,
        verb="report published",
        reason=" ".join(filter(None, [early_reason, names_checked])),
        token=token,
        changed=("publication", "published_on", "early_reason"),
    )


def notice_too_short(review: Review, *, on: date) -> list[str]:
    """The recipients who would not have had the full report for seven working days if it were published that day."""
    from deadlines.models import BankHoliday

    calendar = BankHoliday.objects.calendar()
    short = []
    for clock in Deadline.objects.for_occasion(review.publication_occasion).filter(code="T10").select_related("limit"):
        latest = calendar.subtract_working_days(on, clock.limit.amount)
        if clock.met_on is None or clock.met_on > latest:
            short.append(clock.recipient)
    return short


@transaction.atomic
def publish_improvements_only(
    review: Review, *, by: Standing, summary: str, reason: str, sent_at: datetime, token: str | None = None
) -> None:
    """Publish the information about improvements instead of the report, and say why (T11).

    The Panel and the Secretary of State are given the reasons.
    """
    rights.PUBLISH.require(by, review)
    hold(review.trail)
    review.refresh_from_db()
    if review.status != ReviewStatus.PRE_PUBLICATION:
        raise AlreadyDone("Plan the publication first.")
    from lcspr.papers import public_improvements

    for recipient in RECIPIENTS[:2]:
        record_submission(review.case, "not_publishing", recipient, occasion=review, by=by, sent_at=sent_at)
    review.publication = publications.publish(public_improvements(review, summary=summary, on=by.today), by=by)
    review.not_published_reason = reason
    clocks.start(review.case, "T13", occasion=review, counted_from=by.today, by=by)
    if Deadline.objects.for_occasion(review.occasion).filter(code="T09").open().exists():
        clocks.meet("T09", occasion=review.occasion, on=by.today, by=by, reason=reason, require_reason=False)
    transition(
        review,
        ReviewStatus.NOT_PUBLISHED,
        by=by,
        verb="improvements published instead of the report",
        reason=reason,
        token=token,
        changed=("publication", "not_published_reason"),
    )
