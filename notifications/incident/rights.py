from typing import Any

from accounts.rights import NotPermitted, Right
from accounts.roles import Role
from accounts.standing import Standing

NOTIFIES = (Role.LA_NOTIFIER, Role.LA_APPROVER)


def _for_the_authority(by: Standing, notification: Any) -> bool:
    return notification is None or by.holds_in(notification.notifying_la_id, *NOTIFIES)


def _for_an_authority_of_the_case(by: Standing, case: Any) -> bool:
    return case is None or any(by.holds_in(la, *NOTIFIES) for la in (case.incident_la_id, case.home_la_id))


def _for_the_authority_or_coordinating(by: Standing, notification: Any) -> bool:
    return by.holds(Role.COORDINATOR) or _for_the_authority(by, notification)


OPEN = Right("open a notification", held_by=NOTIFIES, where=_for_an_authority_of_the_case)
OPEN_CASE = Right("open a case with a notification", held_by=NOTIFIES, unseen=True)
PREPARE = Right("prepare the notification", held_by=NOTIFIES, where=_for_the_authority)
RECORD_SENT = Right("record that the notification was sent", held_by=NOTIFIES, where=_for_the_authority)
CORRECT = Right("correct a notification", held_by=NOTIFIES, where=_for_the_authority)
WITHDRAW = Right("withdraw a notification", held_by=NOTIFIES, where=_for_the_authority)
TELL_PARTNERS = Right("record that the partners were told", held_by=NOTIFIES, where=_for_the_authority)
RECORD_DATES = Right(
    "record the dates of a notification",
    held_by={*NOTIFIES, Role.COORDINATOR},
    where=_for_the_authority_or_coordinating,
)

# Concluding that the criteria are not met is a stage's verb; whoever concludes may let the notification rest.
STAND_DOWN = Right(
    "record that no notification is needed",
    held_by={*NOTIFIES, Role.COORDINATOR, Role.PARTNER, Role.PANEL_CHAIR},
)

__all__ = [
    "CORRECT",
    "OPEN",
    "OPEN_CASE",
    "PREPARE",
    "RECORD_DATES",
    "RECORD_SENT",
    "STAND_DOWN",
    "TELL_PARTNERS",
    "WITHDRAW",
    "NotPermitted",
]
