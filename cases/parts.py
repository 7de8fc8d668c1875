"""The parts of a case that a person may be given."""

from django.db import models

from accounts.roles import Role


class Part(models.TextChoices):
    WHOLE_CASE = "whole_case", "the whole case"
    OWN_REFERRAL = "own_referral", "their own referral"
    OWN_RETURN = "own_return", "their own agency's return"
    REVIEW_PAPERS = "review_papers", "the review papers"
    PUBLICATION_PACK = "publication_pack", "the publication pack"
    OWN_ACTION = "own_action", "their own action"


# A part that is one row names that row.
ONE_ROW = (Part.OWN_REFERRAL, Part.OWN_RETURN, Part.OWN_ACTION)

# Who may be given a part by hand (specification 6.1). A part that is one row is given by the stage that makes the row.
HOLDERS: dict[str, frozenset[str]] = {
    Part.WHOLE_CASE: frozenset(
        {
            Role.COORDINATOR,
            Role.PARTNER,
            Role.LA_NOTIFIER,
            Role.LA_APPROVER,
            Role.PANEL_CHAIR,
            Role.LEGAL_ADVISER,
            Role.AUDITOR,
        }
    ),
    Part.REVIEW_PAPERS: frozenset(
        {
            # A partner of another area, or of the child's home, with whom a case is worked on (specification 4.11).
            Role.PARTNER,
            Role.GROUP_MEMBER,
            Role.PANEL_CHAIR,
            Role.SCRUTINEER,
            Role.REVIEWER,
            Role.SENIOR_PARTNER,
            Role.LEGAL_ADVISER,
            Role.AUDITOR,
        }
    ),
    Part.PUBLICATION_PACK: frozenset({Role.COMMS_OFFICER, Role.SENIOR_PARTNER, Role.LEGAL_ADVISER}),
}
