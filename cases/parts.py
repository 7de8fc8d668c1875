"""The parts of a case that a person may be given."""

from django.db import models


class Part(models.TextChoices):
    WHOLE_CASE = "whole_case", "the whole case"
    OWN_REFERRAL = "own_referral", "their own referral"
    OWN_RETURN = "own_return", "their own agency's return"
    REVIEW_PAPERS = "review_papers", "the review papers"
    PUBLICATION_PACK = "publication_pack", "the publication pack"
    OWN_ACTION = "own_action", "their own action"


# A part that is one row names that row.
ONE_ROW = (Part.OWN_REFERRAL, Part.OWN_RETURN, Part.OWN_ACTION)
