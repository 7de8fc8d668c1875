"""One row for each child of each notification sent: characteristics as notified, later facts as they are now.

Never a name, a date of birth, an address or an NHS number: nothing here reads `cases.Identity`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.standing import LONDON, Standing
from agency_returns.models import InformationRequest
from audit.events import key_of
from cases.models import Case, part_held
from cases.parts import Part
from deadlines.models import BankHoliday, Deadline
from decisions.models import CriterionAnswer
from improvements.models import Action, Recommendation
from lcspr.models import DelayNotice, Review
from notifications.incident.models import FrozenContent, Notification
from rapid_reviews.models import RapidReview


@dataclass
class Later:
    """What has become of a notification since, as it is now."""

    rapid_review: RapidReview | None = None
    rapid_review_sent_on: date | None = None
    working_days_taken: int | None = None
    criteria_met: list[str] = field(default_factory=list)
    review: Review | None = None
    delay_reasons: list[str] = field(default_factory=list)
    agencies_known: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    recommendations: int = 0
    actions_open: int = 0


@dataclass(frozen=True)
class ChildRow:
    """One child of one notification."""

    case: Case
    notification: Notification
    content: dict[str, Any]
    child: dict[str, Any]
    number: int
    later: Later

    @property
    def incident(self) -> dict[str, Any]:
        return self.content["sections"].get("incident", {})

    @property
    def family(self) -> dict[str, Any]:
        return self.content["sections"].get("family", {})

    @property
    def answers(self) -> dict[str, Any]:
        return self.child["answers"]

    @property
    def sent_on(self) -> date:
        return datetime.fromisoformat(self.content["sent_at"]).astimezone(LONDON).date()


def rows_between(start: date, end: date, *, by: Standing) -> Iterator[ChildRow]:
    """The rows of the notifications sent between two London dates, both included, in a fixed order.

    Each notification as it was last corrected by now; one that was withdrawn is left out. A constant number of
    queries, whatever the number of cases.
    """
    sent = [
        row
        for row in Notification.objects.visible_to(by)
        .sent()
        .filter(part_held("case", by, Part.WHOLE_CASE))
        .select_related("case", "notifying_la")
        .order_by("case__reference", "occasion")
        if row.sent_at and start <= row.sent_at.astimezone(LONDON).date() <= end
    ]
    contents: dict[int, dict[str, Any]] = {}
    for version in FrozenContent.objects.filter(notification__in=sent).order_by("number"):
        contents[version.notification_id] = version.content
    later = _later(sent)
    for notification in sent:
        content = contents.get(notification.pk)
        if content is None:
            continue
        for number, child in enumerate(content["children"], start=1):
            yield ChildRow(notification.case, notification, content, child, number, later[notification.pk])


def _later(sent: list[Notification]) -> dict[int, Later]:
    cases = {row.case_id for row in sent}
    by_notification: dict[int, Later] = {row.pk: Later() for row in sent}
    of_case: dict[int, list[Later]] = defaultdict(list)
    for row in sent:
        of_case[row.case_id].append(by_notification[row.pk])
    calendar = BankHoliday.objects.calendar()
    rapid_reviews = {row.notification_id: row for row in RapidReview.objects.filter(case__in=cases).order_by("pk")}
    decisions: dict[int, list[Later]] = defaultdict(list)
    for notification, rapid_review in rapid_reviews.items():
        if notification in by_notification:
            by_notification[notification].rapid_review = rapid_review
            if rapid_review.sign_off_id:
                decisions[rapid_review.sign_off_id].append(by_notification[notification])
    keys = {key_of(row): row.pk for row in sent}
    met = Deadline.objects.filter(code="T05", occasion__in=keys, met_on__isnull=False)
    for occasion, counted_from, met_on in met.values_list("occasion", "counted_from", "met_on"):
        later = by_notification[keys[occasion]]
        later.rapid_review_sent_on = met_on
        later.working_days_taken = calendar.working_days_between(counted_from, met_on) if met_on else None
    for answer in CriterionAnswer.objects.filter(decision__in=decisions, answer="met").order_by("code"):
        for later in decisions[answer.decision_id]:
            later.criteria_met.append(answer.code)
    reviews = {row.rapid_review_id: row for row in Review.objects.filter(case__in=cases).order_by("pk")}
    for later in by_notification.values():
        if later.rapid_review:
            later.review = reviews.get(later.rapid_review.pk)
    by_review = {later.review.pk: later for later in by_notification.values() if later.review}
    for notice in DelayNotice.objects.filter(review__in=by_review).order_by("pk"):
        later = by_review[notice.review_id]
        later.delay_reasons = sorted({*later.delay_reasons, *notice.reasons})
    for case, kind in (
        InformationRequest.objects.filter(case__in=cases)
        .order_by("agency__kind")
        .values_list("case_id", "agency__kind")
        .distinct()
    ):
        for later in of_case[case]:
            later.agencies_known.append(kind)
    for case, theme in Recommendation.objects.filter(case__in=cases, withdrawn_on=None).values_list("case_id", "theme"):
        for later in of_case[case]:
            later.recommendations += 1
            if theme:
                later.themes = sorted({*later.themes, theme})
    for case in Action.objects.unfinished().filter(case__in=cases).values_list("case_id", flat=True):
        for later in of_case[case]:
            later.actions_open += 1
    return by_notification
