from typing import Any

from accounts.rights import NotPermitted, Right
from accounts.roles import Role
from accounts.standing import Standing

from .models import READERS, RapidReview


def _reads(by: Standing, review: Any) -> bool:
    """Works on this very review: an agency's lead who reads the finished report may chair another's panel."""
    return review is None or RapidReview.objects.read_by(by).filter(pk=review.pk).exists()


EDIT = Right("write a rapid review", held_by={Role.COORDINATOR, Role.PANEL_CHAIR}, where=_reads)
COMMENT = Right(
    "comment on a rapid review",
    held_by={
        Role.COORDINATOR,
        Role.PANEL_CHAIR,
        Role.GROUP_MEMBER,
        Role.PARTNER,
        Role.SCRUTINEER,
        Role.LEGAL_ADVISER,
    },
    where=_reads,
)
# Whoever else may see it reads the finished report only.
READ_ALL = Right("read a rapid review while it is made", held_by=READERS, where=_reads)
OPEN_SIGN_OFF = Right(
    "ask the partners to sign a rapid review", held_by={Role.COORDINATOR, Role.PANEL_CHAIR}, where=_reads
)
CONCLUDE = Right("conclude a rapid review", held_by={Role.COORDINATOR, Role.PANEL_CHAIR}, where=_reads)
SEND = Right("record that a rapid review was sent", held_by={Role.COORDINATOR}, where=_reads)
RECORD_RESPONSE = Right("record the answer to a rapid review", held_by={Role.COORDINATOR}, where=_reads)
REDECIDE = Right(
    "ask the partners to decide again after the national body's answer",
    held_by={Role.COORDINATOR, Role.PANEL_CHAIR},
    where=_reads,
)
RELEASE = Right("release a rapid review to the agencies", held_by={Role.COORDINATOR}, where=_reads)

__all__ = [
    "COMMENT",
    "CONCLUDE",
    "EDIT",
    "OPEN_SIGN_OFF",
    "READ_ALL",
    "RECORD_RESPONSE",
    "REDECIDE",
    "RELEASE",
    "SEND",
    "NotPermitted",
]
