"""Where the journeys of a decision and a notification begin: brought there by the verbs, as others have done before."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from accounts.models import Membership
from cases.actions import admit
from cases.models import Case
from cases.parts import Part
from decisions.actions import record_position
from decisions.models import Decision
from notifications.incident.models import Notification
from referrals import actions as referrals
from referrals.models import Referral
from tests.answers import answers_to
from tests.referrals.conftest import answers

NOTIFY, NOTHING = "notify_and_rapid_review", "no_further_action"
PARTNERS = {"la": "partner_la", "icb": "partner_icb", "police": "partner_police"}


def a_referral_sent(cast: SimpleNamespace, standing: Any) -> Referral:
    """A referral that the agency's lead has approved: a case is open and the notification's clock runs."""
    referral = referrals.start_draft(by=standing(cast.referrer), agency=cast.agencies.school)
    for page, given in answers(cast.agencies).items():
        referrals.save_page(referral, page, given, by=standing(cast.referrer))
    referrals.send_for_approval(referral, by=standing(cast.referrer))
    return referrals.approve(referral, by=standing(cast.lead))


def the_partners_asked(cast: SimpleNamespace, standing: Any) -> SimpleNamespace:
    """The same, put to the partners; the chair of the panel holds the papers."""
    referral = a_referral_sent(cast, standing)
    referral = referrals.open_decision(referral, by=standing(cast.coordinator))
    case, decision = referral.case, referral.decision
    assert case is not None and decision is not None
    chair = Membership.objects.get(user=cast.panel_chair)
    admit(case, Part.WHOLE_CASE, by=standing(cast.coordinator), membership=chair)
    return SimpleNamespace(
        case=Case.objects.get(pk=case.pk),
        referral=referral,
        decision=Decision.objects.get(pk=decision.pk),
        notification=Notification.objects.get(case=case),
    )


def signs(cast: SimpleNamespace, standing: Any, decision: Decision, views: dict[str, str]) -> None:
    """`views`, body -> view: these partners have recorded their positions."""
    for body, view in views.items():
        seat = decision.seats.get(body=body)
        by = standing(getattr(cast, PARTNERS[body]))
        record_position(seat, by=by, view=view, reasons=f"What {seat} thinks.", answers=answers_to(seat))
