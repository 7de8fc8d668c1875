from accounts.rights import Right
from accounts.roles import Role

RECOMMEND = Right("record a recommendation", held_by={Role.COORDINATOR, Role.PANEL_CHAIR, Role.REVIEWER})
PLAN = Right("plan an action", held_by={Role.COORDINATOR})
REPORT = Right(
    "report on an action",
    held_by={Role.COORDINATOR, Role.ACTION_OWNER, Role.AGENCY_LEAD},
    where=lambda by, action: by.holds(Role.COORDINATOR) or by.holds_in(action.lead_agency_id),
)
ASSURE = Right("accept the evidence of an action", held_by={Role.COORDINATOR})
