from .answers import CriterionAnswer
from .decisions import (
    Decision,
    Position,
    Seat,
    SeatAsSeen,
    deciding_bodies,
)
from .escalations import Escalation
from .kinds import DAYS, Answer, Held, Kind, Rule, days_for, rule_for

__all__ = [
    "DAYS",
    "Answer",
    "CriterionAnswer",
    "Decision",
    "Escalation",
    "Held",
    "Kind",
    "Position",
    "Rule",
    "Seat",
    "SeatAsSeen",
    "days_for",
    "deciding_bodies",
    "rule_for",
]
