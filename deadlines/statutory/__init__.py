"""Time limits of the statutory guidance: what they say, and how a due date is worked out. Pure."""

from deadlines.statutory.counting import WorkedOut, alternatives, due_on, work_out
from deadlines.statutory.editions import EDITIONS, LOCAL_LIMITS, SEED, STATUTORY_LIMITS, limit_in_force
from deadlines.statutory.limits import (
    WORDS,
    Alternative,
    Confidence,
    Convention,
    Direction,
    Kind,
    NoDateOfItsOwn,
    NotItsConvention,
    TimeLimit,
    Unit,
    UnknownLimit,
    WrongTrigger,
    is_after_cut_off,
)

__all__ = [
    "EDITIONS",
    "LOCAL_LIMITS",
    "SEED",
    "STATUTORY_LIMITS",
    "WORDS",
    "Alternative",
    "Confidence",
    "Convention",
    "Direction",
    "Kind",
    "NoDateOfItsOwn",
    "NotItsConvention",
    "TimeLimit",
    "Unit",
    "UnknownLimit",
    "WorkedOut",
    "WrongTrigger",
    "alternatives",
    "due_on",
    "is_after_cut_off",
    "limit_in_force",
    "work_out",
]
