"""What becomes of a referral in the partnership: asked about, put to the partners, concluded."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, amend, transition
from decisions import actions as decisions
from decisions.models import Kind
from improvements.actions import LearningPlan, plan_learning
from notifications.incident.actions import stand_down, stand_up
from notifications.incident.models import Notification
from notifications.incident.models import Status as NotificationStatus
from referrals import rights
from referrals.models import Question, Referral, Status

NOTIFY, OTHER_LEARNING, NOTHING, MORE = (
    "notify_and_rapid_review",
    "alternative_learning",
    "no_further_action",
    "more_information",
)
OPTIONS = (
    (NOTIFY, "Notify, and carry out a rapid review"),
    (OTHER_LEARNING, "Criteria not met: learn from it another way"),
    (NOTHING, "No further action"),
    (MORE, "Ask the referrer for more information"),
)
ONLY_NOTIFIED = "Notify: no rapid review follows"
LEADS_TO = {
    NOTIFY: Status.PROGRESSING,
    OTHER_LEARNING: Status.ALTERNATIVE_LEARNING,
    NOTHING: Status.NOT_PROGRESSED,
    MORE: Status.MORE_INFORMATION,
}
ASKED = "more information asked for"


def options_for(referral: Referral) -> tuple[tuple[str, str], ...]:
    """What the partners choose between. No rapid review follows a death that is only notified."""
    last = Notification.objects.filter(case=referral.case_id).order_by("occasion").last()
    if last is None or not last.is_notify_only:
        return OPTIONS
    return ((NOTIFY, ONLY_NOTIFIED), *OPTIONS[1:])


def begin_triage(referral: Referral, *, by: Standing, token: str | None = None) -> None:
    """Say that somebody is looking at it."""
    rights.TRIAGE.require(by, referral)
    transition(referral, Status.TRIAGE, by=by, verb="triage begun", token=token)


@transaction.atomic
def ask(referral: Referral, text: str, *, by: Standing, token: str | None = None) -> Question:
    """Ask the referrer something. Raises ValueError without words, AlreadyDone once it is with the partners."""
    rights.TRIAGE.require(by, referral)
    hold(referral.trail)
    refuse_repeat(token)
    referral.refresh_from_db()
    if not referral.is_being_triaged:
        raise AlreadyDone("Questions are asked while a referral is being looked at.")
    return _ask(referral, text, by=by, token=token)


def _ask(referral: Referral, text: str, *, by: Standing, token: str | None = None) -> Question:
    if not text.strip():
        raise ValueError("Say what is asked.")
    question = Question.objects.create(referral=referral, text=text, asked_by=by.user, asked_at=by.at)
    if referral.status == Status.MORE_INFORMATION:
        record(referral.trail, ASKED, by=by, subject=question, token=token)
    else:
        transition(referral, Status.MORE_INFORMATION, by=by, verb=ASKED, token=token)
    return question


@transaction.atomic
def answer(question: Question, text: str, *, by: Standing, token: str | None = None) -> Question:
    """Answer for the referring agency. With the last answer, the referral is being looked at again.

    Raises AlreadyDone when somebody has answered.
    """
    rights.ANSWER.require(by, question.referral)
    if not text.strip():
        raise ValueError("An answer has words.")
    hold(question.trail)
    refuse_repeat(token)
    question.refresh_from_db()
    if question.is_answered:
        raise AlreadyDone("This question has been answered.")
    amend(
        question,
        by=by,
        verb="question answered",
        token=token,
        answer=text,
        answered_by=by.user,
        answered_at=by.at,
    )
    referral = Referral.objects.get(pk=question.referral_id)
    waiting = Question.objects.filter(referral=referral, answered_at=None).exists()
    if referral.status == Status.MORE_INFORMATION and not waiting:
        transition(referral, Status.TRIAGE, by=by, verb="more information received")
    return question


@transaction.atomic
def add_information(referral: Referral, text: str, *, by: Standing, token: str | None = None) -> Question:
    """Tell the partnership something more, without being asked. What was sent stays as it was.

    Raises ValueError without words, AlreadyDone before it is sent and once it is concluded.
    """
    rights.ANSWER.require(by, referral)
    if not text.strip():
        raise ValueError("Say what the partnership is to know.")
    hold(referral.trail)
    refuse_repeat(token)
    referral.refresh_from_db()
    if not referral.takes_more:
        raise AlreadyDone(f"This referral is: {referral.get_status_display().lower()}.")
    told = Question.objects.create(
        referral=referral,
        text="",
        asked_by=by.user,
        asked_at=by.at,
        answer=text,
        answered_by=by.user,
        answered_at=by.at,
    )
    record(referral.trail, "information added to referral", by=by, subject=told, token=token)
    return told


@transaction.atomic
def open_decision(referral: Referral, *, by: Standing, token: str | None = None) -> Referral:
    """Put it to the partners: each deciding body records its position unseen by the others.

    Where they had asked for more information, the same seats are asked again and the first decision is kept.
    """
    rights.TRIAGE.require(by, referral)
    hold(referral.trail)
    refuse_repeat(token)
    referral.refresh_from_db()
    if not referral.is_being_triaged or referral.case is None:
        raise AlreadyDone(f"This referral is: {referral.get_status_display().lower()}.")
    if referral.decision is None:
        referral.decision = decisions.open_decision(referral.case, Kind.CRITERIA, by=by, options=options_for(referral))
    else:
        referral.decision = decisions.reopen(referral.decision, by=by, reason="More information was received")
    transition(
        referral,
        Status.PARTNERS_DECIDING,
        by=by,
        verb="referral put to the partners",
        changed=("decision",),
        token=token,
    )
    return referral


@transaction.atomic
def conclude(
    referral: Referral,
    *,
    by: Standing,
    outcome: str,
    rationale: str,
    told: str,
    dissent: str = "",
    learning: LearningPlan | None = None,
    token: str | None = None,
) -> Referral:
    """Conclude the partners' decision, and with it the referral.

    `told` is what the referrer is told: the reason, in words for them; for "more information" it is the question.
    The agencies whose referrals were joined to it read the same. Learning in another way becomes an action with an
    owner and a date: `learning`. Where nothing is to be notified, the notification being prepared is recorded as not
    needed, with the reason; the local authority can take it up again. Where partners hold that it is to be notified,
    it is not: its clock runs on until the disagreement is settled. Raises decisions' NotReady while the rule is not
    met, or without the learning it asks for.
    """
    rights.CONCLUDE.require(by, referral)
    if not told.strip():
        raise ValueError("Say what the referrer is told.")
    joined = referral.considered_with_it()
    hold(referral.trail, *(other.chain for other in joined))
    refuse_repeat(token)
    referral.refresh_from_db()
    if not referral.is_with_the_partners or referral.decision is None:
        raise AlreadyDone(f"This referral is: {referral.get_status_display().lower()}.")
    if outcome == OTHER_LEARNING and learning is None:
        raise decisions.NotReady("Say how the case is learned from, by whom and by when.")
    decisions.conclude(
        referral.decision, by=by, outcome=outcome, rationale=rationale, dissent=dissent, final=outcome != MORE
    )
    to = LEADS_TO[outcome]
    if to == Status.MORE_INFORMATION:
        _ask(referral, told, by=by, token=token)
        return referral
    if outcome == OTHER_LEARNING and learning is not None and referral.case is not None:
        plan_learning(referral.case, learning, by=by)
    if outcome in (OTHER_LEARNING, NOTHING) and not decisions.is_disputed(referral.decision):
        _let_notification_rest(referral, by=by, reason=f"The partners decided: {referral.decision.outcome_words}")
    referral.told, referral.concluded_at = told, by.at
    transition(referral, to, by=by, verb="referral concluded", changed=("told", "concluded_at"), token=token)
    for other in joined:
        record(other.chain, "joined referral concluded", by=by, subject=other)
    return referral


def _let_notification_rest(referral: Referral, *, by: Standing, reason: str) -> None:
    for notification in Notification.objects.filter(case=referral.case_id, status=NotificationStatus.PREPARING):
        stand_down(notification, by=by, reason=reason)


@transaction.atomic
def decide_again(referral: Referral, *, by: Standing, reason: str, token: str | None = None) -> Referral:
    """Ask the partners again, with a reason. The first decision is kept as it was."""
    rights.CONCLUDE.require(by, referral)
    hold(referral.trail)
    refuse_repeat(token)
    referral.refresh_from_db()
    if not referral.is_concluded or referral.decision is None:
        raise AlreadyDone(f"This referral is: {referral.get_status_display().lower()}.")
    referral.decision = decisions.reopen(referral.decision, by=by, reason=reason)
    for notification in Notification.objects.filter(case=referral.case_id, status=NotificationStatus.NOT_NEEDED):
        stand_up(notification, by=by, reason=reason)
    referral.told, referral.concluded_at = "", None
    transition(
        referral,
        Status.PARTNERS_DECIDING,
        by=by,
        verb="referral decided again",
        reason=reason,
        changed=("decision", "told", "concluded_at"),
        token=token,
    )
    return referral
