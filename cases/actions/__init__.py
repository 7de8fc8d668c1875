"""Verbs on a case. Each checks its right, holds the chain, changes, and records."""

from .course import close, reopen, set_legal_hold
from .opening import next_reference, open_case
from .people import (
    add_child,
    add_person,
    change_child,
    change_person,
    correct_identity,
    enter_child,
    enter_person,
    link_siblings,
    reveal,
)
from .processes import add_process, change_process
from .team import CannotHold, admit, assign, declare_conflict, lift_conflict, unassign

__all__ = [
    "CannotHold",
    "add_child",
    "add_person",
    "add_process",
    "admit",
    "assign",
    "change_child",
    "change_person",
    "change_process",
    "close",
    "correct_identity",
    "declare_conflict",
    "enter_child",
    "enter_person",
    "lift_conflict",
    "link_siblings",
    "next_reference",
    "open_case",
    "reopen",
    "reveal",
    "set_legal_hold",
    "unassign",
]
