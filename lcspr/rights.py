from typing import Any

from accounts.rights import NotPermitted, Right
from accounts.roles import Role
from accounts.standing import Standing

from .models import Review, Reviewer


def _appointed(by: Standing, subject: Any) -> bool:
    """Reviewers write the review they were appointed to; the chair and coordinators help with any they see."""
    if by.holds(Role.COORDINATOR, Role.PANEL_CHAIR):
        return True
    review = subject if isinstance(subject, Review) else getattr(subject, "review", None)
    appointed = Reviewer.objects.filter(review=review, membership_id__in=by.membership_ids, removed_on=None)
    return review is not None and appointed.exists()


WRITERS = {Role.REVIEWER, Role.COORDINATOR, Role.PANEL_CHAIR}

OPEN = Right("open a local review", held_by={Role.COORDINATOR})
COMMISSION = Right("commission a reviewer", held_by={Role.COORDINATOR, Role.PARTNER})
SET_TERMS = Right("set the terms of reference", held_by={Role.COORDINATOR, Role.PANEL_CHAIR})
AGREE_TERMS = Right("agree the terms of reference", held_by={Role.COORDINATOR, Role.PARTNER, Role.PANEL_CHAIR})
WRITE = Right("write the report", held_by=WRITERS, where=_appointed)
COMMENT = Right(
    "comment on the draft report",
    held_by={
        Role.COORDINATOR,
        Role.PANEL_CHAIR,
        Role.GROUP_MEMBER,
        Role.PARTNER,
        Role.SCRUTINEER,
        Role.LEGAL_ADVISER,
        Role.REVIEWER,
    },
)
RECOMMEND = Right("propose a recommendation", held_by=WRITERS, where=_appointed)
HAND_IN = Right("hand in the draft report", held_by=WRITERS, where=_appointed)
CHECK = Right("check the draft report", held_by={Role.COORDINATOR, Role.PANEL_CHAIR})
CONCLUDE = Right("conclude the sign-off of the report", held_by={Role.COORDINATOR, Role.PANEL_CHAIR})
REOPEN_REPORT = Right("take an approved report back", held_by={Role.COORDINATOR, Role.PANEL_CHAIR})
MONITOR = Right("record progress and quality", held_by={Role.COORDINATOR, Role.PARTNER, Role.PANEL_CHAIR})
NOTIFY = Right("record what was sent to national bodies", held_by={Role.COORDINATOR})
PLAN_PUBLICATION = Right("plan the publication", held_by={Role.COORDINATOR})
PUBLISH = Right("publish the report", held_by={Role.COORDINATOR})
DISCONTINUE = Right("discontinue a local review", held_by={Role.COORDINATOR})
ENGAGE_FAMILY = Right("record contact with the family", held_by=WRITERS, where=_appointed)

__all__ = [
    "AGREE_TERMS",
    "CHECK",
    "COMMENT",
    "COMMISSION",
    "CONCLUDE",
    "DISCONTINUE",
    "ENGAGE_FAMILY",
    "HAND_IN",
    "MONITOR",
    "NOTIFY",
    "OPEN",
    "PLAN_PUBLICATION",
    "PUBLISH",
    "RECOMMEND",
    "REOPEN_REPORT",
    "SET_TERMS",
    "WRITE",
    "NotPermitted",
]
