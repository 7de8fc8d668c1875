"""How a rapid review moves: facts gathered, panel, signing by the partners, sent to the national body, answered."""

from django.db import models


class ReviewStatus(models.TextChoices):
    AGENCY_RETURNS = "agency_returns", "Gathering facts"
    PANEL = "panel", "With the panel"
    SIGNING = "signing", "Being signed"
    SIGNED = "signed", "Signed"
    SENT = "sent", "Sent"
    ANSWERED = "answered", "Answered"
    VOID = "void", "Void"


class Outcome(models.TextChoices):
    """What the partners may decide (specification 1.4)."""

    INITIATE_LCSPR = "initiate_lcspr", "Carry out a local child safeguarding practice review"
    NO_LCSPR = "no_lcspr", "No local child safeguarding practice review"
    REFER_NATIONAL = "refer_national", "Ask for a national review"
    OTHER_LEARNING = "other_learning_review", "Another learning review"
    AWAITING = "awaiting_information", "Wait for information"


# What a partner may say besides: it concludes nothing.
NOT_SIGNED = ("not_signed", "I do not sign: the report must change first")

MOVES: dict[str, tuple[str, ...]] = {
    ReviewStatus.AGENCY_RETURNS: (ReviewStatus.PANEL, ReviewStatus.VOID),
    ReviewStatus.PANEL: (ReviewStatus.SIGNING, ReviewStatus.VOID),
    ReviewStatus.SIGNING: (ReviewStatus.SIGNED, ReviewStatus.PANEL, ReviewStatus.VOID),
    ReviewStatus.SIGNED: (ReviewStatus.SENT, ReviewStatus.VOID),
    ReviewStatus.SENT: (ReviewStatus.ANSWERED, ReviewStatus.VOID),
    ReviewStatus.ANSWERED: (ReviewStatus.VOID,),
    ReviewStatus.VOID: (),
}
BEING_WRITTEN = (ReviewStatus.AGENCY_RETURNS, ReviewStatus.PANEL)
DECIDED = (ReviewStatus.SIGNED, ReviewStatus.SENT, ReviewStatus.ANSWERED)
DELIVERED = (ReviewStatus.SENT, ReviewStatus.ANSWERED)
COLOURS: dict[str, str] = {
    ReviewStatus.AGENCY_RETURNS: "light-blue",
    ReviewStatus.PANEL: "blue",
    ReviewStatus.SIGNING: "purple",
    ReviewStatus.SIGNED: "teal",
    ReviewStatus.SENT: "green",
    ReviewStatus.ANSWERED: "green",
    ReviewStatus.VOID: "grey",
}
