"""A rapid review in words and colours, as one person may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from accounts.standing import Standing
from agency_returns.models import AgencyReturn
from agency_returns.presenter import Line
from agency_returns.presenter import lines as request_lines
from agency_returns.rights import ASK
from audit.events import key_of
from deadlines.models import Deadline
from deadlines.presenter import Clock, clocks
from decisions.criteria import REVIEW_CRITERIA
from decisions.models import Decision
from decisions.presenter import ANSWER_COLOURS
from documents.models import Section
from govuk.rows import Row, Task
from govuk.words import date_in_words, instant_in_words
from notifications.incident.models import Notification

from . import plan, rights
from .actions import still_needed
from .lifecycle import Outcome, ReviewStatus
from .models import RapidReview


@dataclass(frozen=True)
class May:
    """What this person may do with a rapid review now."""

    edit: bool
    comment: bool
    ask_agencies: bool
    open_sign_off: bool
    return_to_panel: bool
    conclude: bool
    send: bool
    record_response: bool
    redecide: bool
    conclude_again: bool
    release: bool
    review: RapidReview
    by: Standing

    @property
    def sign(self) -> bool:
        """Asked only where a page shows it, as is the next."""
        return self._is_among(Decision.objects.waiting_for(self.by))

    @property
    def see_decisions(self) -> bool:
        return self._is_among(Decision.objects.visible_to(self.by))

    def _is_among(self, decisions: QuerySet[Decision]) -> bool:
        deciding = self.review.deciding
        return deciding is not None and decisions.filter(pk=deciding.pk).exists()


def may(review: RapidReview, by: Standing) -> May:
    edits = rights.EDIT.allows(by, review)
    redecides = review.is_sent and rights.REDECIDE.allows(by, review)
    return May(
        edit=edits and review.may_be_written,
        comment=not review.is_void and rights.COMMENT.allows(by, review),
        ask_agencies=not review.is_void and ASK.allows(by, review.case),
        open_sign_off=review.may_be_written and rights.OPEN_SIGN_OFF.allows(by, review),
        return_to_panel=review.is_being_signed and rights.OPEN_SIGN_OFF.allows(by, review),
        conclude=review.is_being_signed and rights.CONCLUDE.allows(by, review),
        send=review.is_signed and rights.SEND.allows(by, review),
        record_response=review.is_sent and rights.RECORD_RESPONSE.allows(by, review),
        redecide=redecides and not review.is_being_redecided,
        conclude_again=redecides and review.is_being_redecided,
        release=review.is_sent and review.released_at is None and rights.RELEASE.allows(by, review),
        review=review,
        by=by,
    )


def turn_of(review: RapidReview) -> str:
    """Whose turn it is, and what is next."""
    if review.is_being_redecided:
        return "The partners' turn: they decide again."
    return {
        ReviewStatus.AGENCY_RETURNS: "The agencies' turn: their returns come in. Next: the panel meets.",
        ReviewStatus.PANEL: "The panel's turn: write the report. Next: the partners sign.",
        ReviewStatus.SIGNING: "The partners' turn: each signs for their own body.",
        ReviewStatus.SIGNED: "The business unit's turn: send the report.",
        ReviewStatus.SENT: "Waiting for the answer.",
        ReviewStatus.ANSWERED: "",
        ReviewStatus.VOID: "The notification was withdrawn. Nothing more is due.",
    }[ReviewStatus(review.status)]


def due_on(review: RapidReview) -> date | None:
    """The date by which it is to be sent; asked of its clock."""
    clock = Deadline.objects.filter(code="T05", occasion=review.requests_occasion).first()
    return clock.due_on if clock else None


def clocks_of(review: RapidReview, by: Standing) -> list[Clock]:
    """The clocks of this review that this person may open."""
    keys = [review.requests_occasion, review.initiation_occasion]
    rows = (
        Deadline.objects.visible_to(by)
        .of_case(review.case)
        .filter(occasion__in=keys, code__in=["T05", "T07", "T08", "T09"])
    )
    return clocks(rows, on=by.today)


def facts(review: RapidReview) -> list[Row]:
    due = due_on(review)
    rows = [
        Row("Notification sent", instant_in_words(review.notification.sent_at)),  # type: ignore[arg-type]
        Row("Due to be sent", date_in_words(due) if due else "Not worked out"),
    ]
    if review.recommendation:
        rows.append(Row("The panel recommends", review.get_recommendation_display()))
    if review.outcome and review.decided_on:
        rows.append(Row("Decided", f"{review.get_outcome_display()}, on {date_in_words(review.decided_on)}"))
    if review.sent_at:
        rows.append(Row("Sent", instant_in_words(review.sent_at)))
        if review.late_reason:
            rows.append(Row("Why it was sent late", review.late_reason))
    return rows


def section_tasks(review: RapidReview, *, writing: bool) -> list[Task]:
    """The sections, to be written; for whoever only reads, what there is to read."""
    rows = []
    for section in review.draft.sections.all():
        url = reverse("rapid_reviews:section", args=[review.pk, section.key])
        if section.html:
            rows.append(Task.completed(section.heading, url) if writing else Task(section.heading, "Written", url))
        else:
            rows.append(Task.not_started(section.heading, url) if writing else Task(section.heading, "Empty", url))
    return rows


def panel_tasks(review: RapidReview) -> list[Task]:
    """What the panel records, each on a page of its own."""
    met = review.meetings.count()
    answered = review.findings.count()
    points = review.learning_points.filter(removed_at=None).count()
    planned = review.immediate_actions.filter(removed_at=None).count()
    return [
        _task("Meetings", "meetings", review, met, f"{met} recorded"),
        _task(
            "Criteria for a local review",
            "criteria",
            review,
            answered,
            f"{answered} of {len(REVIEW_CRITERIA)} answered",
            done=answered == len(REVIEW_CRITERIA),
        ),
        _task(
            "Learning and immediate actions",
            "learning",
            review,
            points + planned,
            f"{points} learning point{'' if points == 1 else 's'}, {planned} action{'' if planned == 1 else 's'}",
        ),
    ]


def _task(title: str, page: str, review: RapidReview, count: int, hint: str, *, done: bool = True) -> Task:
    url = reverse(f"rapid_reviews:{page}", args=[review.pk])
    if not count:
        return Task.not_started(title, url)
    return Task.completed(title, url, hint) if done else Task.in_progress(title, url, hint)


def requests(review: RapidReview, by: Standing) -> list[Line]:
    """The requests made for this review, as far as this person may see them."""
    rows = (
        AgencyReturn.objects.visible_to(by)
        .filter(request__occasion=review.requests_occasion)
        .select_related("request__case", "request__agency")
        .order_by("request__agency__name", "pk")
    )
    return request_lines(rows, on=by.today)


@dataclass(frozen=True)
class CriterionShown:
    code: str
    text: str
    basis: str
    weight: str
    answer: str
    colour: str
    narrative: str


def criteria(review: RapidReview) -> list[CriterionShown]:
    found = {finding.code: finding for finding in review.findings.all()}
    shown = []
    for criterion in REVIEW_CRITERIA:
        finding = found.get(criterion.code)
        shown.append(
            CriterionShown(
                code=criterion.code,
                text=criterion.text,
                basis=criterion.basis,
                weight=criterion.weight,
                answer=finding.get_answer_display() if finding else "Not answered",
                colour=ANSWER_COLOURS[finding.answer] if finding else "blue",  # type: ignore[index]
                narrative=finding.narrative if finding else "",
            )
        )
    return shown


@dataclass(frozen=True)
class StepShown:
    day: int
    title: str
    due: str
    state: str
    colour: str
    done: str


def plan_shown(review: RapidReview, *, on: date) -> list[StepShown]:
    """The working plan, each step with its date and how it stands."""
    return [_step(step, on) for step in plan.steps(review)]


def _step(step: plan.Step, on: date) -> StepShown:
    if step.done_on:
        late = step.due_on is not None and step.done_on > step.due_on
        state, colour = ("Done late", "magenta") if late else ("Done", "green")
    elif step.is_behind(on=on):
        state, colour = ("Overdue", "red") if step.statutory else ("Behind the plan", "yellow")
    else:
        state, colour = "To do", "blue"
    return StepShown(
        day=step.working_day,
        title=step.title,
        due=date_in_words(step.due_on) if step.due_on else "Not worked out",
        state=state,
        colour=colour,
        done=date_in_words(step.done_on) if step.done_on else "",
    )


def obstacles(review: RapidReview) -> list[str]:
    """What is missing before the partners can be asked to sign."""
    return still_needed(review)


def neighbours(review: RapidReview, section: Section) -> tuple[Section | None, Section | None]:
    """The sections before and after one."""
    sections = list(review.draft.sections.all())
    at = next(number for number, one in enumerate(sections) if one.pk == section.pk)
    return (sections[at - 1] if at else None, sections[at + 1] if at + 1 < len(sections) else None)


def agreed_outcome(decision: Decision | None) -> str:
    """The outcome on which the partners agree, once their positions are shown; empty while they differ."""
    if decision is None or not decision.is_revealed:
        return ""
    views = {position.view for position in decision.standing_positions()}
    return views.pop() if len(views) == 1 and views <= set(Outcome.values) else ""


def notification_due_on(notification: Notification) -> date | None:
    """The date by which the notification is to be sent; asked of its clock."""
    clock = Deadline.objects.filter(code=notification.clock, occasion=key_of(notification)).first()
    return clock.due_on if clock else None


@dataclass(frozen=True)
class Shown:
    """One rapid review in a list."""

    url: str
    reference: str
    started: str
    due: str
    overdue: bool
    state: str
    colour: str


def lines(reviews: Iterable[RapidReview], *, on: date) -> list[Shown]:
    """The rows of a list, with the day each was or is to be sent, in one query more."""
    keys = {review.requests_occasion: review for review in reviews}
    clocks = {clock.occasion: clock for clock in Deadline.objects.filter(code="T05", occasion__in=keys)}
    return [_line(review, clocks.get(key), on) for key, review in keys.items()]


def _line(review: RapidReview, clock: Deadline | None, on: date) -> Shown:
    due = clock.due_on if clock else None
    return Shown(
        url=review.get_absolute_url(),
        reference=review.case.reference,
        started=date_in_words(review.started_on),
        due=date_in_words(due) if due else "Not worked out",
        overdue=clock is not None and clock.is_open and due is not None and due < on,
        state=review.get_status_display(),
        colour=review.colour,
    )
