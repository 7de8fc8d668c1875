from .attaching import attach, detach
from .opening import (
    NotInScope,
    begin_notification,
    change_route,
    open_case_and_notification,
    open_notification,
    stand_down,
    stand_up,
)
from .preparing import SAY_HOW, issue_draft, record_awareness, save_answers
from .sending import copy_received, correct, give_late_reason, give_reference, record_sent, tell_partners, withdraw

__all__ = [
    "SAY_HOW",
    "NotInScope",
    "attach",
    "begin_notification",
    "change_route",
    "copy_received",
    "correct",
    "detach",
    "give_late_reason",
    "give_reference",
    "issue_draft",
    "open_case_and_notification",
    "open_notification",
    "record_awareness",
    "record_sent",
    "save_answers",
    "stand_down",
    "stand_up",
    "tell_partners",
    "withdraw",
]
