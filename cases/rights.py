from typing import Any

from accounts.rights import NotPermitted, Right
from accounts.roles import Role
from accounts.standing import Standing

from .models import CaseInPart


def _holds_any_part(by: Standing, case: Any) -> bool:
    return case is None or CaseInPart.objects.visible_to(by).filter(pk=case.pk).exists()


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
CORRECT_IDENTITY = Right("correct who someone is", held_by={Role.COORDINATOR})
EDIT_PEOPLE = Right("change the facts about a child or person", held_by={Role.COORDINATOR, Role.LA_NOTIFIER})
EDIT_PROCESSES = Right("change the parallel processes", held_by={Role.COORDINATOR, Role.PANEL_CHAIR})
ASSIGN = Right("give someone a part of a case", held_by={Role.COORDINATOR})
# Whoever holds no more than a part of a case may still have to say that they know the family.
DECLARE_CONFLICT = Right("declare a conflict of interest", held_by=set(Role), where=_holds_any_part, unseen=True)
RECORD_CONFLICT = Right("record a conflict of interest of someone else", held_by={Role.COORDINATOR})
LIFT_CONFLICT = Right("lift a conflict of interest", held_by={Role.COORDINATOR})
CLOSE = Right("close or reopen a case", held_by={Role.COORDINATOR})
HOLD = Right("put a case on legal hold", held_by={Role.COORDINATOR, Role.LEGAL_ADVISER})

__all__ = [
    "ASSIGN",
    "CLOSE",
    "CORRECT_IDENTITY",
    "DECLARE_CONFLICT",
    "EDIT_PEOPLE",
    "EDIT_PROCESSES",
    "HOLD",
    "LIFT_CONFLICT",
    "RECORD_CONFLICT",
    "REVEAL",
    "NotPermitted",
]
