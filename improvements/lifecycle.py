"""How an action moves."""

from django.db import models


class ActionStatus(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    AT_RISK = "at_risk", "At risk"
    AWAITING_EVIDENCE = "completed_awaiting_evidence", "Done, waiting for evidence"
    COMPLETED = "completed", "Completed"
    EMBEDDED = "embedded", "Embedded: impact shown"
    NOT_PURSUED = "closed_not_pursued", "Not pursued"


S = ActionStatus
WORKING = (S.NOT_STARTED, S.IN_PROGRESS, S.AT_RISK, S.AWAITING_EVIDENCE)
# What the agency itself may say of an action; the rest is for whoever assures it.
REPORTABLE = (S.IN_PROGRESS, S.AT_RISK, S.AWAITING_EVIDENCE)
MOVES: dict[str, tuple[str, ...]] = {
    S.NOT_STARTED: (S.IN_PROGRESS, S.AT_RISK, S.AWAITING_EVIDENCE, S.NOT_PURSUED),
    S.IN_PROGRESS: (S.AT_RISK, S.AWAITING_EVIDENCE, S.NOT_PURSUED),
    S.AT_RISK: (S.IN_PROGRESS, S.AWAITING_EVIDENCE, S.NOT_PURSUED),
    S.AWAITING_EVIDENCE: (S.IN_PROGRESS, S.AT_RISK, S.COMPLETED, S.NOT_PURSUED),
    S.COMPLETED: (S.EMBEDDED, S.IN_PROGRESS),
    S.EMBEDDED: (),
    S.NOT_PURSUED: (S.IN_PROGRESS,),
}
COLOURS: dict[str, str] = {
    S.NOT_STARTED: "grey",
    S.IN_PROGRESS: "blue",
    S.AT_RISK: "yellow",
    S.AWAITING_EVIDENCE: "purple",
    S.COMPLETED: "green",
    S.EMBEDDED: "teal",
    S.NOT_PURSUED: "grey",
}
