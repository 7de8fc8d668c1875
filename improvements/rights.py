from typing import Any

from accounts.rights import NotPermitted, Right
from accounts.roles import Role
from accounts.standing import Standing

from .models import ActionPlan


def _reads_the_papers(by: Standing, case: Any) -> bool:
    return case is None or ActionPlan.objects.visible_to(by).filter(pk=case.pk).exists()


def _own_agency(by: Standing, action: Any) -> bool:
    if by.holds(Role.COORDINATOR):
        return True
    if action.lead_person_id:
        return action.lead_person_id in by.membership_ids
    return by.holds_in(action.lead_agency_id, Role.ACTION_OWNER, Role.AGENCY_LEAD)


RECOMMEND = Right(
    "record a recommendation",
    held_by={Role.COORDINATOR, Role.PANEL_CHAIR, Role.REVIEWER},
    where=_reads_the_papers,
    unseen=True,  # `where` has looked: a reviewer who holds the review papers need not hold the whole case
)
REWORD = Right("change a recommendation", held_by={Role.COORDINATOR, Role.PANEL_CHAIR, Role.REVIEWER})
PLAN = Right("plan an action", held_by={Role.COORDINATOR})
# With the decision that asks for it, whoever may conclude that.
PLAN_LEARNING = Right(
    "plan how a case is learned from",
    held_by={Role.COORDINATOR, Role.PANEL_CHAIR},
    where=_reads_the_papers,
    unseen=True,  # `where` has looked: a chair who holds the review papers need not hold the whole case
)
REPORT = Right(
    "report on an action", held_by={Role.COORDINATOR, Role.ACTION_OWNER, Role.AGENCY_LEAD}, where=_own_agency
)
ASSURE = Right("accept the evidence of an action", held_by={Role.COORDINATOR})

__all__ = ["ASSURE", "PLAN", "PLAN_LEARNING", "RECOMMEND", "REPORT", "REWORD", "NotPermitted"]
