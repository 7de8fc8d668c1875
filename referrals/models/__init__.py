from referrals.lifecycle import Status

from .joinings import Joining
from .keeping import DraftKeeping
from .links import Link
from .parts import Attachment, PageAnswers, Question, Unsaved
from .referrals import EventKind, Referral

__all__ = [
    "Attachment",
    "DraftKeeping",
    "EventKind",
    "Joining",
    "Link",
    "PageAnswers",
    "Question",
    "Referral",
    "Status",
    "Unsaved",
]
