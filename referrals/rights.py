from typing import Any

from accounts.models import Agency
from accounts.rights import NotPermitted, Right
from accounts.roles import Role
from accounts.standing import Standing

from .models import Referral
from .models.referrals import REFERRING


def _refers_for(by: Standing, agency: Agency | None) -> bool:
    return agency is None or by.holds_in(agency.pk, *REFERRING)


def _of_the_agency(by: Standing, referral: Any) -> bool:
    return referral is None or by.holds_in(referral.agency_id, *REFERRING)


def _another_lead(by: Standing, referral: Referral | None) -> bool:
    """A lead of the same agency who is not the author; a coordinator where there is no such lead."""
    if referral is None:
        return True
    if referral.author_id == by.user.pk:
        return False
    if by.holds_in(referral.agency_id, Role.AGENCY_LEAD):
        return True
    return by.holds(Role.COORDINATOR) and not referral.other_leads(by.today).exists()


def _is_sent(by: Standing, referral: Referral | None) -> bool:
    return referral is None or referral.is_sent


# An agency has no rows to be seen: whether it is one's own is what is asked.
REFER = Right("refer a case", held_by=REFERRING, where=_refers_for, unseen=True)
WRITE = Right("write this referral", held_by=REFERRING, where=_of_the_agency)
APPROVE = Right("approve this referral", held_by={Role.AGENCY_LEAD, Role.COORDINATOR}, where=_another_lead)
WITHDRAW = Right("withdraw this referral", held_by=REFERRING, where=_of_the_agency)
TRIAGE = Right("triage referrals", held_by={Role.COORDINATOR}, where=_is_sent)
ANSWER = Right("answer for the referring agency", held_by=REFERRING, where=_of_the_agency)
CONCLUDE = Right("conclude what becomes of a referral", held_by={Role.COORDINATOR, Role.PANEL_CHAIR}, where=_is_sent)
JOIN = Right("join a referral to another case", held_by={Role.COORDINATOR}, where=_is_sent)
# The rule is one for all drafts: there is no case to be seen.
KEEP_DRAFTS = Right("decide how long drafts are kept", held_by={Role.COORDINATOR}, unseen=True)

__all__ = [
    "ANSWER",
    "APPROVE",
    "CONCLUDE",
    "JOIN",
    "KEEP_DRAFTS",
    "REFER",
    "TRIAGE",
    "WITHDRAW",
    "WRITE",
    "NotPermitted",
]
