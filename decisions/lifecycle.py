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
