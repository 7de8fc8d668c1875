"""How the referral shows on the case page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse

from accounts.rights import asked_once, found_for
from accounts.standing import Standing
from cases.models import Case
from cases.panel import Doing, Panel, Row
from decisions.lifecycle import RUNNING
from decisions.models import Decision, Escalation
from govuk.words import date_in_words

from . import rights
from .models import Link, Question, Referral
from .presenting import what_happens_next


def panel(case: Case, by: Standing, on: date) -> Panel | None:
    """The referral that opened the case in front; those joined to it, or that it became part of, as rows."""
    referrals = sorted(
        asked_once(_about, case.pk, by), key=lambda referral: (referral.opened_id != case.pk, referral.pk)
    )
    if not referrals:
        return None
    first, *others = referrals
    url = reverse("referrals:referral", args=[first.pk])
    return Panel(
        order=10,
        title="Referral",
        state=first.get_status_display(),
        colour=first.colour,
        finished=first.is_concluded or first.is_joined,
        turn=_turn(first, case, by),
        url=url,
        rows=(
            Row("Referred by", str(first.agency)),
            Row("Received", date_in_words(first.submitted_at) if first.submitted_at else ""),
            Row("What is referred", first.get_kind_display()),
            *(
                Row(
                    "Joined to this case" if other.case_id == case.pk else "Considered in another case",
                    f"{other.reference}, {other.agency}",
                    reverse("referrals:referral", args=[other.pk]),
                )
                for other in others
            ),
            *(
                Row("Related case", link.case.reference)
                if link.referral_id == first.pk
                else Row("Related referral", link.referral.reference)
                for link in _links(first, case, by)
            ),
        ),
        doings=_doings(first, by),
        papers=((first.paper, reverse("referrals:paper", args=[first.pk])),) if first.paper else (),
    )


def _about(case: int, by: Standing) -> list[Referral]:
    """The referrals of this case that this person may see."""
    about = Referral.objects.visible_to(by).filter(Q(case=case) | Q(opened=case))
    about = about.select_related("agency", "opened", "case", "paper").defer("frozen", "paper__content")
    return found_for(by, about.order_by("pk"))


def _turn(referral: Referral, case: Case, by: Standing) -> str:
    if referral.is_not_progressed:
        disputed = Escalation.objects.visible_to(by).filter(decision__case=case, status__in=RUNNING)
        if disputed.exists():
            return (
                "The local authority does not notify, and the partners do not agree. "
                "Who is to settle it, and by when, stands under the decision."
            )
    return what_happens_next(referral)


def _links(first: Referral, case: Case, by: Standing) -> list[Link]:
    """What the referral, or the case, is related to, for whoever sees both."""
    about = Link.objects.visible_to(by).in_force().filter(Q(referral=first) | Q(case=case))
    return list(about.select_related("case", "referral__opened"))


def _doings(referral: Referral, by: Standing) -> tuple[Doing, ...]:
    doings = []
    if rights.TRIAGE.allows(by, referral):
        triage = reverse("referrals:triage", args=[referral.pk])
        if referral.is_new:
            doings.append(Doing("Look at the referral", triage))
        elif referral.is_being_triaged:
            doings.append(Doing("Continue with triage", triage))
    if rights.ANSWER.allows(by, referral):
        waiting = Question.objects.filter(referral=referral, answered_at=None)
        doings += [
            Doing("Answer a question", reverse("referrals:answer", args=[referral.pk, question.pk]))
            for question in waiting
        ]
    return tuple(doings)


def offers_on_decision(decision: Decision, by: Standing) -> Iterable[Doing]:
    """On the page of the decision that a referral asked for: read it, conclude it, or ask the partners again."""
    about = asked_once(_about, decision.case_id, by)
    referral = next((one for one in about if one.decision_id == decision.pk), None)
    if referral is None:
        return
    if decision.is_revealed and referral.is_with_the_partners and rights.CONCLUDE.allows(by, referral):
        yield Doing("Conclude the decision", reverse("referrals:conclude", args=[referral.pk]))
    yield Doing("Read the referral", referral.get_absolute_url())
    if referral.is_concluded and rights.CONCLUDE.allows(by, referral):
        yield Doing("Ask the partners to decide again", reverse("referrals:decide_again", args=[referral.pk]))
