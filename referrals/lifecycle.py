"""How a referral moves: written and approved in its agency, then triaged and decided by the partnership."""

from django.db import models


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    AWAITING_APPROVAL = "awaiting_approval", "Waiting for approval"
    RETURNED = "returned", "Returned to the author"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REMOVED = "removed", "Removed unfinished"
    SUBMITTED = "submitted", "Received"
    TRIAGE = "triage", "Being looked at"
    MORE_INFORMATION = "more_information", "More information asked for"
    PARTNERS_DECIDING = "partners_deciding", "With the partners"
    PROGRESSING = "progressing", "Going forward"
    ALTERNATIVE_LEARNING = "alternative_learning", "Other learning"
    NOT_PROGRESSED = "not_progressed", "No further action"
    JOINED = "joined", "Considered with another referral"


# In the agency, before it is sent: it can still be written.
WRITING = (Status.DRAFT, Status.RETURNED)
IN_THE_AGENCY = (*WRITING, Status.AWAITING_APPROVAL)
UNSENT = (*IN_THE_AGENCY, Status.WITHDRAWN, Status.REMOVED)
BEING_TRIAGED = (Status.SUBMITTED, Status.TRIAGE, Status.MORE_INFORMATION)
OPEN = (*BEING_TRIAGED, Status.PARTNERS_DECIDING)
CONCLUDED = (Status.PROGRESSING, Status.ALTERNATIVE_LEARNING, Status.NOT_PROGRESSED)

MOVES: dict[str, tuple[str, ...]] = {
    # Removed: nobody worked on it for as long as the partnership keeps drafts, and its agency had been warned.
    Status.DRAFT: (Status.AWAITING_APPROVAL, Status.WITHDRAWN, Status.REMOVED),
    Status.RETURNED: (Status.AWAITING_APPROVAL, Status.WITHDRAWN, Status.REMOVED),
    Status.AWAITING_APPROVAL: (Status.RETURNED, Status.SUBMITTED, Status.WITHDRAWN),
    Status.SUBMITTED: (Status.TRIAGE, Status.MORE_INFORMATION, Status.PARTNERS_DECIDING, Status.JOINED),
    Status.TRIAGE: (Status.MORE_INFORMATION, Status.PARTNERS_DECIDING, Status.JOINED),
    Status.MORE_INFORMATION: (Status.TRIAGE, Status.PARTNERS_DECIDING, Status.JOINED),
    Status.PARTNERS_DECIDING: (*CONCLUDED, Status.MORE_INFORMATION, Status.JOINED),
    # Decided again, with a reason.
    Status.PROGRESSING: (Status.PARTNERS_DECIDING,),
    Status.ALTERNATIVE_LEARNING: (Status.PARTNERS_DECIDING,),
    Status.NOT_PROGRESSED: (Status.PARTNERS_DECIDING,),
    # Joining undone.
    Status.JOINED: (Status.TRIAGE,),
}
COLOURS = {
    Status.DRAFT: "grey",
    Status.AWAITING_APPROVAL: "yellow",
    Status.RETURNED: "orange",
    Status.WITHDRAWN: "grey",
    Status.REMOVED: "grey",
    Status.SUBMITTED: "blue",
    Status.TRIAGE: "blue",
    Status.MORE_INFORMATION: "purple",
    Status.PARTNERS_DECIDING: "light-blue",
    Status.PROGRESSING: "green",
    Status.ALTERNATIVE_LEARNING: "teal",
    Status.NOT_PROGRESSED: "grey",
    Status.JOINED: "grey",
}
