"""How a local review moves, from commissioning to publication."""

from django.db import models


class ReviewStatus(models.TextChoices):
    COMMISSIONING = "commissioning", "Being commissioned"
    IN_PROGRESS = "in_progress", "In progress"
    DRAFT_QA = "draft_qa", "Draft being checked"
    SIGNING = "signing", "Waiting for the partners' sign-off"
    APPROVED = "approved", "Approved by the partners"
    PRE_PUBLICATION = "pre_publication", "Notice of publication given"
    PUBLISHED = "published", "Published"
    NOT_PUBLISHED = "not_published", "Improvements published, not the report"
    DISCONTINUED = "discontinued", "Discontinued"


S = ReviewStatus
MOVES: dict[str, tuple[str, ...]] = {
    S.COMMISSIONING: (S.IN_PROGRESS, S.DISCONTINUED),
    S.IN_PROGRESS: (S.DRAFT_QA, S.DISCONTINUED),
    S.DRAFT_QA: (S.IN_PROGRESS, S.SIGNING, S.DISCONTINUED),
    S.SIGNING: (S.DRAFT_QA, S.APPROVED, S.DISCONTINUED),
    S.APPROVED: (S.PRE_PUBLICATION, S.DRAFT_QA, S.DISCONTINUED),
    S.PRE_PUBLICATION: (S.PUBLISHED, S.NOT_PUBLISHED, S.DRAFT_QA),
    S.PUBLISHED: (),
    S.NOT_PUBLISHED: (),
    S.DISCONTINUED: (S.COMMISSIONING,),
}
COLOURS: dict[str, str] = {
    S.COMMISSIONING: "light-blue",
    S.IN_PROGRESS: "blue",
    S.DRAFT_QA: "blue",
    S.SIGNING: "purple",
    S.APPROVED: "teal",
    S.PRE_PUBLICATION: "teal",
    S.PUBLISHED: "green",
    S.NOT_PUBLISHED: "green",
    S.DISCONTINUED: "grey",
}
# While the report may still be written.
WRITABLE = (S.IN_PROGRESS, S.DRAFT_QA)
# The partners have signed: the report is what it is, unless it is taken back with a reason.
FINAL = (S.APPROVED, S.PRE_PUBLICATION, S.PUBLISHED, S.NOT_PUBLISHED)
# Its publication has been planned, or has happened.
PLANNED = (S.PRE_PUBLICATION, S.PUBLISHED, S.NOT_PUBLISHED)
# Over, one way or another.
OVER = (S.PUBLISHED, S.NOT_PUBLISHED, S.DISCONTINUED)
