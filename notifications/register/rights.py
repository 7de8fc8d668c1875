from accounts.rights import NotPermitted, Right
from accounts.roles import Role

RECORD = Right(
    "record what was sent to others",
    held_by={Role.COORDINATOR, Role.LA_NOTIFIER, Role.LA_APPROVER, Role.PARTNER, Role.PANEL_CHAIR},
)
ACKNOWLEDGE = Right("record that something sent was received", held_by={Role.COORDINATOR, Role.LA_NOTIFIER})

__all__ = ["ACKNOWLEDGE", "RECORD", "NotPermitted"]
