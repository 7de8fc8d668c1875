"""How a notification moves: it is prepared, then recorded as sent, and may be withdrawn."""

from django.db import models


class Status(models.TextChoices):
    PREPARING = "preparing", "Being prepared"
    NOT_NEEDED = "not_needed", "Not needed"
    SENT = "sent", "Sent"
    WITHDRAWN = "withdrawn", "Withdrawn"


MOVES: dict[str, tuple[str, ...]] = {
    Status.PREPARING: (Status.SENT, Status.NOT_NEEDED),
    Status.NOT_NEEDED: (Status.PREPARING,),
    Status.SENT: (Status.WITHDRAWN,),
}
