from typing import Any

from accounts.rights import NotPermitted, Right
from accounts.roles import Role
from accounts.standing import Standing
from cases.models import Case
from cases.parts import Part

from .models.decisions import READ_DECISIONS


def _holds_the_seat(by: Standing, seat: Any) -> bool:
    return seat is None or by.holds_in(seat.agency_id, Role.PARTNER)


def _sees_the_papers(by: Standing, case: Any) -> bool:
    return case is None or Case.objects.with_part(by, Part.WHOLE_CASE, Part.REVIEW_PAPERS).filter(pk=case.pk).exists()


OPEN = Right(
    "ask the partners to decide",
    held_by={Role.COORDINATOR, Role.PANEL_CHAIR, Role.PARTNER, Role.LA_APPROVER},
    where=_sees_the_papers,
    unseen=True,  # `where` has looked: a chair who holds the review papers need not hold the whole case
)
SIGN = Right("record a partner's position", held_by={Role.PARTNER}, where=_holds_the_seat)
REVEAL = Right("show the positions before all are in", held_by={Role.PANEL_CHAIR, Role.COORDINATOR})
CONCLUDE = Right(
    "conclude a decision of the partners",
    held_by={Role.PARTNER, Role.PANEL_CHAIR, Role.COORDINATOR, Role.LA_APPROVER},
)
REOPEN = Right("ask the partners to decide again", held_by={Role.PARTNER, Role.PANEL_CHAIR, Role.COORDINATOR})
ANSWER_CRITERIA = Right("answer the criteria", held_by={Role.COORDINATOR, Role.PANEL_CHAIR})
WRITE_MINUTES = Right("write the notes of a partners' meeting", held_by={Role.COORDINATOR, Role.PANEL_CHAIR})
# Nobody of the local authority's own settles it: the chair and the coordinator, or whom it has reached.
PASS_ON = Right("pass on a disagreement about notifying", held_by={Role.COORDINATOR, Role.PANEL_CHAIR})
SETTLE = Right(
    "settle a disagreement about notifying", held_by={Role.COORDINATOR, Role.PANEL_CHAIR, Role.SENIOR_PARTNER}
)

CHECK = Right("check a decision record", held_by=set(READ_DECISIONS))

__all__ = [
    "ANSWER_CRITERIA",
    "CHECK",
    "CONCLUDE",
    "OPEN",
    "PASS_ON",
    "REOPEN",
    "REVEAL",
    "SETTLE",
    "SIGN",
    "WRITE_MINUTES",
    "NotPermitted",
]
