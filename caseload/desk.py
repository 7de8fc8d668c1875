"""The desk: what must I do, by when, and what am I waiting for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import F, Q
from django.urls import reverse

from accounts.roles import Role
from accounts.standing import Standing
from agency_returns.lifecycle import ReturnStatus
from agency_returns.models import AgencyReturn
from cases.models import Case
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import shown_state, title_of
from deadlines.statutory import Kind
from deadlines.working_days import london_date, long_date
from decisions.lifecycle import Level
from decisions.lifecycle import Status as DecisionStatus
from decisions.models import Decision, Escalation
from improvements.lifecycle import ActionStatus
from improvements.models import Action
from lcspr.lifecycle import ReviewStatus
from lcspr.models import PublicationPack, Review
from notifications.incident.models import Notification
from notifications.incident.since import to_correct
from rapid_reviews.lifecycle import ReviewStatus as RapidReviewStatus
from rapid_reviews.models import RapidReview
from referrals import lifecycle as referral
from referrals.models import Question, Referral

from .house import feedback, people_waiting, standing_still, undelivered
from .items import MOST, Found, Item


def owed(by: Standing) -> list[Item]:
    """The clocks this person owes, alone or with others of the same role, the most pressing first."""
    mine = Q()
    for held in by.held:
        mine |= Q(owed_by_role=held.role) & (Q(owed_by_agency=None) | Q(owed_by_agency_id=held.agency_id))
    if not mine:
        return []
    clocks = (
        Deadline.objects.visible_to(by)
        .open()
        .filter(mine)
        .exclude(limit__kind=Kind.NOT_BEFORE)
        .select_related("case", "limit")
        .order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST]
    )
    calendar = BankHoliday.objects.calendar()
    items = []
    for clock in clocks:
        words, colour = shown_state(clock.state(on=by.today, calendar=calendar))
        items.append(
            Item(
                what=title_of(clock),
                reference=clock.case.reference if clock.case else "The partnership",
                url=reverse("reminders:duty", args=[clock.pk]),
                when=when_due(clock),
                tag=f"{words}, date not confirmed" if clock.provisional else words,
                colour=colour,
                due_on=clock.due_on or date.max,
            )
        )
    return items


def when_due(clock: Deadline) -> str:
    """The day of a clock, and beside it the one that was agreed when a delay was explained."""
    if not clock.due_on:
        return "bank holidays are missing to work it out"
    beside = f", agreed target {long_date(clock.agreed_target)}" if clock.agreed_target else ""
    return f"due {long_date(clock.due_on)}{beside}"


def tasks(by: Standing) -> list[Item]:
    """What waits for this person beside the clocks: the earliest due first."""
    items = [item for role, found in TASKS if by.holds(*role) for item in found(by)]
    return sorted(items, key=lambda item: (item.due_on, item.reference, item.what))


def to_do(by: Standing) -> tuple[list[Item], list[Item]]:
    """What this person must do: what has its day, the overdue first and then by day; and what has none."""
    waiting = tasks(by)
    dated = [*owed(by), *(item for item in waiting if item.due_on < date.max)]
    dated.sort(key=lambda item: (item.colour != "red", item.due_on))
    return dated, [item for item in waiting if item.due_on == date.max]


def _drafts(by: Standing) -> Iterator[Item]:
    own = Referral.objects.visible_to(by).filter(author=by.user, status__in=referral.WRITING)
    for row in own.select_related("opened", "case")[:MOST]:
        what = "Change your referral and send it again" if row.was_returned else "Finish your referral"
        yield Item(
            what,
            row.reference,
            reverse("referrals:tasks", args=[row.pk]),
            tag=row.get_status_display(),
            colour=row.colour,
        )


def _to_reply(by: Standing) -> Iterator[Item]:
    own = Q(referral__agency__in=by.agencies(Role.REFERRER, Role.AGENCY_LEAD), referral__status__in=referral.OPEN)
    asked = Question.objects.visible_to(by).filter(own, answered_at=None)
    for row in asked.select_related("referral__opened", "referral__case")[:MOST]:
        yield Item(
            "Answer a question about your referral",
            row.referral.reference,
            reverse("referrals:answer", args=[row.referral_id, row.pk]),
            when=f"asked {long_date(london_date(row.asked_at))}",
            tag="Not answered yet",
            colour="yellow",
        )


def _to_approve(by: Standing) -> Iterator[Item]:
    waiting = (
        Referral.objects.visible_to(by)
        .filter(status=referral.Status.AWAITING_APPROVAL)
        .exclude(author=by.user)
        .select_related("opened", "case", "agency")
    )
    for row in waiting[:MOST]:
        yield Item(
            "Approve a referral", row.reference, reverse("referrals:approve", args=[row.pk]), tag="New", colour="blue"
        )


def _to_triage(by: Standing) -> Iterator[Item]:
    # While more information is asked for, it is the agency's turn.
    turns = [status for status in referral.BEING_TRIAGED if status != referral.Status.MORE_INFORMATION]
    rows = Referral.objects.visible_to(by).filter(status__in=turns)
    for row in rows.select_related("opened", "case").order_by("submitted_at")[:MOST]:
        yield Item(
            "Look at a referral",
            row.reference,
            row.get_absolute_url(),
            when=f"received {long_date(london_date(row.submitted_at))}" if row.submitted_at else "",
            tag=row.get_status_display(),
            colour=row.colour,
        )


def _to_confirm(by: Standing) -> Iterator[Item]:
    for row in Notification.objects.visible_to(by).date_not_confirmed().select_related("case")[:MOST]:
        yield Item(
            "Say when the local authority became aware",
            row.case.reference,
            reverse("incident:awareness", args=[row.pk]),
            tag="Date not confirmed",
            colour="yellow",
        )


def _to_conclude(by: Standing) -> Iterator[Item]:
    shown = Decision.objects.visible_to(by).filter(status=DecisionStatus.REVEALED).select_related("case")
    for row in shown.order_by("revealed_at", "pk")[:MOST]:
        yield Item(
            f"Conclude: {row.get_kind_display().lower()}",
            row.case.reference,
            row.get_absolute_url(),
            tag=row.get_status_display(),
            colour=row.colour,
        )


# Whose turn it is to settle a disagreement about notifying.
TURNS = {Role.PANEL_CHAIR: Level.CHAIR, Role.PARTNER: Level.PARTNERS, Role.SENIOR_PARTNER: Level.SENIORS}


def disagreements(by: Standing, levels: Iterable[str], what: str) -> Iterator[Item]:
    """Disagreements about notifying that have got to one of these levels, by the day on which they go on."""
    rows = Escalation.objects.visible_to(by).filter(status__in=levels).select_related("decision__case")
    for row in rows.order_by("due_on", "pk")[:MOST]:
        late = row.is_overdue(on=by.today)
        yield Item(
            what,
            row.decision.case.reference,
            row.get_absolute_url(),
            when=f"due {long_date(row.due_on)}" if row.due_on else "",
            tag="Overdue" if late else row.get_status_display(),
            colour="red" if late else row.colour,
            due_on=row.due_on or date.max,
        )


def turns_of(by: Standing) -> set[str]:
    """The levels at which this person has to settle a disagreement."""
    return {level for role, level in TURNS.items() if by.holds(role)}


def _to_settle(by: Standing) -> Iterator[Item]:
    yield from disagreements(by, turns_of(by), "Settle a disagreement about notifying")


def _to_judge(by: Standing) -> Iterator[Item]:
    sent = AgencyReturn.objects.visible_to(by).filter(status=ReturnStatus.SUBMITTED)
    for row in sent.select_related("request__case", "request__agency").order_by("submitted_at", "pk")[:MOST]:
        yield Item(
            f"Look at the return from {row.request.agency}",
            row.request.case.reference,
            row.get_absolute_url(),
            tag=row.get_status_display(),
            colour=row.colour,
        )


def _to_assure(by: Standing) -> Iterator[Item]:
    done = Action.objects.visible_to(by).filter(status=ActionStatus.AWAITING_EVIDENCE).select_related("case")
    for row in done.order_by("target_on", "pk")[:MOST]:
        yield Item(
            f"Look at the evidence of action {row.number}",
            row.case.reference,
            row.get_absolute_url(),
            tag=row.get_status_display(),
            colour="blue",
        )


def _by_when(code: str, words: str, cases: Iterable[Case]) -> dict[int, str]:
    """Case id -> by when the whole of it has to be done, in words, for those who see no clock of it."""
    running = Deadline.objects.open().filter(code=code, case__in=[case.pk for case in cases], due_on__isnull=False)
    days = running.order_by("-due_on").values_list("case_id", "due_on")
    return {case: f"{words} {long_date(day)}" for case, day in days if case and day}


def _published_by(reviews: Iterable[Review]) -> dict[int, str]:
    return _by_when("T09", "to be published by", [row.case for row in reviews])


def _to_check(by: Standing) -> Iterator[Item]:
    drafts = Review.objects.visible_to(by).filter(status=ReviewStatus.DRAFT_QA).select_related("case")
    rows = list(drafts.order_by("pk")[:MOST])
    # A coordinator has the clock itself.
    when = {} if by.holds(Role.COORDINATOR) else _published_by(rows)
    for row in rows:
        yield Item(
            "Check the draft report of a local review",
            row.case.reference,
            row.get_absolute_url(),
            when=when.get(row.case_id, ""),
            tag=row.get_status_display(),
            colour="blue",
        )


def _to_discuss(by: Standing) -> Iterator[Item]:
    reviews = RapidReview.objects.visible_to(by).filter(status=RapidReviewStatus.PANEL).select_related("case")
    rows = list(reviews.order_by("started_on", "pk")[:MOST])
    when = _by_when("T05", "to be sent by", [row.case for row in rows])
    for row in rows:
        yield Item(
            "Read the papers of a rapid review",
            row.case.reference,
            row.get_absolute_url(),
            when=when.get(row.case_id, ""),
            tag=row.get_status_display(),
            colour="blue",
        )


def _to_tell(by: Standing) -> Iterator[Item]:
    for row, said in to_correct(by):
        yield Item(
            f"Tell the department: {said[0].rstrip('.')}",
            row.case.reference,
            f"{row.get_absolute_url()}#worse",
            tag="Not notified yet",
            colour="yellow",
        )


def _to_sign(by: Standing) -> Iterator[Item]:
    for row in Decision.objects.waiting_for(by).select_related("case")[:MOST]:
        yield Item(
            f"Record your position: {row.get_kind_display().lower()}",
            row.case.reference,
            reverse("decisions:decision", args=[row.pk]),
            tag="Your position is needed",
            colour="blue",
        )


def _to_answer(by: Standing) -> Iterator[Item]:
    rows = AgencyReturn.objects.own(by).waiting().select_related("request__case", "request__agency")
    for row in rows.order_by("request__due_on")[:MOST]:
        late = row.is_overdue(on=by.today)
        yield Item(
            "Send your agency's return",
            row.request.case.reference,
            row.get_absolute_url(),
            when=f"due {long_date(row.request.due_on)}",
            tag="Overdue" if late else row.get_status_display(),
            colour="red" if late else row.colour,
            due_on=row.request.due_on,
        )


def _to_write(by: Standing) -> Iterator[Item]:
    mine = Review.objects.visible_to(by).filter(
        reviewers__membership__in=by.membership_ids, reviewers__removed_on=None, status=ReviewStatus.IN_PROGRESS
    )
    rows = list(mine.select_related("case")[:MOST])
    when = _published_by(rows)
    for row in rows:
        yield Item(
            "Write the report of a local review",
            row.case.reference,
            reverse("lcspr:report", args=[row.pk]),
            when=when.get(row.case_id, ""),
            tag=row.get_status_display(),
            colour="blue",
        )


def _to_publish(by: Standing) -> Iterator[Item]:
    packs = PublicationPack.objects.visible_to(by).filter(status=ReviewStatus.PRE_PUBLICATION).select_related("case")
    for row in packs.order_by("planned_publication_on", "pk")[:MOST]:
        day = row.planned_publication_on
        yield Item(
            "Prepare for the publication of a report",
            row.case.reference,
            row.get_absolute_url(),
            when=f"planned for {long_date(day)}" if day else "",
            tag=row.get_status_display(),
            colour=row.colour,
            due_on=day or date.max,
        )


def _to_carry_out(by: Standing) -> Iterator[Item]:
    mine = (
        Action.objects.visible_to(by)
        .unfinished()
        .filter(lead_agency__in=by.agencies(Role.ACTION_OWNER, Role.AGENCY_LEAD))
    )
    for row in mine.select_related("case").order_by("target_on")[:MOST]:
        late = row.is_overdue(on=by.today)
        yield Item(
            f"Carry out action {row.number}",
            row.case.reference,
            row.get_absolute_url(),
            when=f"due {long_date(row.target_on)}",
            tag="Overdue" if late else row.get_status_display(),
            colour="red" if late else "blue",
            due_on=row.target_on,
        )


COORDINATING = (Role.COORDINATOR,)
TASKS: tuple[tuple[tuple[Role, ...], Found], ...] = (
    ((Role.REFERRER, Role.AGENCY_LEAD), _drafts),
    ((Role.REFERRER, Role.AGENCY_LEAD), _to_reply),
    ((Role.AGENCY_LEAD, Role.COORDINATOR), _to_approve),
    (COORDINATING, _to_triage),
    ((Role.COORDINATOR, Role.LA_NOTIFIER), _to_confirm),
    ((Role.LA_NOTIFIER, Role.LA_APPROVER), _to_tell),
    ((Role.PARTNER,), _to_sign),
    (tuple(TURNS), _to_settle),
    ((Role.COORDINATOR, Role.PANEL_CHAIR), _to_conclude),
    (COORDINATING, _to_judge),
    ((Role.COORDINATOR, Role.PANEL_CHAIR), _to_check),
    ((Role.PANEL_CHAIR, Role.GROUP_MEMBER, Role.SCRUTINEER, Role.LEGAL_ADVISER), _to_discuss),
    (COORDINATING, _to_assure),
    ((Role.AGENCY_LEAD, Role.REFERRER), _to_answer),
    ((Role.REVIEWER,), _to_write),
    ((Role.COMMS_OFFICER,), _to_publish),
    ((Role.ACTION_OWNER, Role.AGENCY_LEAD), _to_carry_out),
    (COORDINATING, feedback),
    ((Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR), people_waiting),
    ((Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR), undelivered),
    ((Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR), standing_still),
)


def recent(by: Standing) -> list[Case]:
    """The newest cases open to this person."""
    return list(Case.objects.visible_to(by).select_related("incident_la").order_by("-received_on", "-pk")[:8])
