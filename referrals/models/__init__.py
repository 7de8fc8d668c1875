from referrals.lifecycle import Status

from .joinings import Joining
from .keeping import DraftKeeping
from .parts import Attachment, PageAnswers, Question, Unsaved
from .referrals import EventKind, Referral

__all__ = [
    "Attachment",
    "DraftKeeping",
    "EventKind",
    "Joining",
    "PageAnswers",
    "Question",
    "Referral",
    "Status",
    "Unsaved",
]
