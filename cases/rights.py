from accounts.rights import NotPermitted, Right
from accounts.roles import Role

REVEAL = Right(
    "see who someone is",
    held_by={
        Role.COORDINATOR,
        Role.LA_NOTIFIER,
        Role.LA_APPROVER,
        Role.PARTNER,
        Role.GROUP_MEMBER,
        Role.PANEL_CHAIR,
        Role.REVIEWER,
        Role.LEGAL_ADVISER,
    },
)
EDIT_PEOPLE = Right("change the facts about a child or person", held_by={Role.COORDINATOR, Role.LA_NOTIFIER})
ASSIGN = Right("give someone a part of a case", held_by={Role.COORDINATOR})
DECLARE_CONFLICT = Right("record a conflict of interest", held_by=set(Role))
LIFT_CONFLICT = Right("lift a conflict of interest", held_by={Role.COORDINATOR})
CLOSE = Right("close or reopen a case", held_by={Role.COORDINATOR})
HOLD = Right("put a case on legal hold", held_by={Role.COORDINATOR, Role.LEGAL_ADVISER})

__all__ = ["ASSIGN", "CLOSE", "DECLARE_CONFLICT", "EDIT_PEOPLE", "HOLD", "LIFT_CONFLICT", "REVEAL", "NotPermitted"]
