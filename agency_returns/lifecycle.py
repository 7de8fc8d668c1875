"""How a return moves, from the request to its acceptance. "Overdue" is asked, not a status."""

from django.db import models


class ReturnStatus(models.TextChoices):
    REQUESTED = "requested", "Requested"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    DRAFT = "draft", "Being written"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned_for_clarification", "Returned for clarification"
    ACCEPTED = "accepted", "Accepted"
    NIL_RETURN = "nil_return", "Nil return"
    WITHDRAWN = "withdrawn", "Withdrawn"


MOVES: dict[str, tuple[str, ...]] = {
    ReturnStatus.REQUESTED: (
        ReturnStatus.ACKNOWLEDGED,
        ReturnStatus.DRAFT,
        ReturnStatus.NIL_RETURN,
        ReturnStatus.WITHDRAWN,
    ),
    ReturnStatus.ACKNOWLEDGED: (ReturnStatus.DRAFT, ReturnStatus.NIL_RETURN, ReturnStatus.WITHDRAWN),
    ReturnStatus.DRAFT: (ReturnStatus.SUBMITTED, ReturnStatus.NIL_RETURN, ReturnStatus.WITHDRAWN),
    ReturnStatus.SUBMITTED: (ReturnStatus.RETURNED, ReturnStatus.ACCEPTED, ReturnStatus.WITHDRAWN),
    ReturnStatus.RETURNED: (ReturnStatus.SUBMITTED, ReturnStatus.NIL_RETURN, ReturnStatus.WITHDRAWN),
    ReturnStatus.ACCEPTED: (ReturnStatus.RETURNED,),
    ReturnStatus.NIL_RETURN: (ReturnStatus.RETURNED, ReturnStatus.WITHDRAWN),
    ReturnStatus.WITHDRAWN: (),
}
# The agency has still to answer, and may write.
WAITING = (ReturnStatus.REQUESTED, ReturnStatus.ACKNOWLEDGED, ReturnStatus.DRAFT, ReturnStatus.RETURNED)
HAVING_CONTENT = (ReturnStatus.SUBMITTED, ReturnStatus.ACCEPTED)
ANSWERED = (ReturnStatus.ACCEPTED, ReturnStatus.NIL_RETURN)
COLOURS: dict[str, str] = {
    ReturnStatus.REQUESTED: "blue",
    ReturnStatus.ACKNOWLEDGED: "light-blue",
    ReturnStatus.DRAFT: "yellow",
    ReturnStatus.SUBMITTED: "purple",
    ReturnStatus.RETURNED: "orange",
    ReturnStatus.ACCEPTED: "green",
    ReturnStatus.NIL_RETURN: "grey",
    ReturnStatus.WITHDRAWN: "grey",
}
