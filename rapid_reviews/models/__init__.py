from .findings import CriterionFinding, ImmediateAction, LearningPoint
from .meetings import Attendance, Meeting
from .responses import PanelAnswer, PanelResponse
from .reviews import READERS, RapidReview

__all__ = [
    "READERS",
    "Attendance",
    "CriterionFinding",
    "ImmediateAction",
    "LearningPoint",
    "Meeting",
    "PanelAnswer",
    "PanelResponse",
    "RapidReview",
]
