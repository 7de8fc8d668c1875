from referrals.lifecycle import Status

from .joinings import Joining
from .parts import Attachment, PageAnswers, Question
from .referrals import EventKind, Referral

__all__ = ["Attachment", "EventKind", "Joining", "PageAnswers", "Question", "Referral", "Status"]
