"""How a decision moves: positions are taken unseen, then shown, then it is concluded."""

from django.db import models


class Status(models.TextChoices):
    OPEN = "open", "Positions being taken"
    REVEALED = "revealed", "Positions shown"
    CONCLUDED = "concluded", "Concluded"
    REOPENED = "reopened", "Concluded, then decided again"
    ABANDONED = "abandoned", "Not concluded"


MOVES: dict[str, tuple[str, ...]] = {
    Status.OPEN: (Status.REVEALED, Status.ABANDONED),
    Status.REVEALED: (Status.CONCLUDED, Status.ABANDONED),
    Status.CONCLUDED: (Status.REOPENED,),
}

# The tag of each status, the same everywhere.
COLOURS: dict[str, str] = {
    Status.OPEN: "light-blue",
    Status.REVEALED: "blue",
    Status.CONCLUDED: "green",
    Status.REOPENED: "grey",
    Status.ABANDONED: "grey",
}


class Level(models.TextChoices):
    """Whose turn it is to settle a disagreement about notifying."""

    CHAIR = "chair", "With the chair of the panel"
    PARTNERS = "partners", "With the partners"
    SENIORS = "seniors", "With the senior partners"
    SETTLED = "settled", "Settled"
    UNRESOLVED = "unresolved", "Not settled, and the national panel told"


RUNNING = (Level.CHAIR, Level.PARTNERS, Level.SENIORS)

ESCALATION_MOVES: dict[str, tuple[str, ...]] = {
    Level.CHAIR: (Level.PARTNERS, Level.SETTLED),
    Level.PARTNERS: (Level.SENIORS, Level.SETTLED),
    Level.SENIORS: (Level.SETTLED, Level.UNRESOLVED),
    Level.UNRESOLVED: (Level.SETTLED,),
}

# Working days each of them has, from the day it came to them (specification 4.10).
DAYS_AT: dict[str, int] = {Level.CHAIR: 0, Level.PARTNERS: 1, Level.SENIORS: 2}

ESCALATION_COLOURS: dict[str, str] = {
    Level.CHAIR: "yellow",
    Level.PARTNERS: "orange",
    Level.SENIORS: "orange",
    Level.SETTLED: "green",
    Level.UNRESOLVED: "purple",
}
