"""The closed list of roles (specification 6.1)."""

from django.db import models


class Role(models.TextChoices):
    REFERRER = "referrer", "Referring practitioner"
    AGENCY_LEAD = "agency_lead", "Agency safeguarding lead"
    LA_NOTIFIER = "la_notifier", "Local authority notifier"
    LA_APPROVER = "la_approver", "Local authority approver"
    COORDINATOR = "coordinator", "Partnership coordinator"
    GROUP_MEMBER = "group_member", "Review group member"
    PANEL_CHAIR = "panel_chair", "Panel chair"
    PARTNER = "partner", "Delegated safeguarding partner"
    SENIOR_PARTNER = "senior_partner", "Lead safeguarding partner"
    SCRUTINEER = "scrutineer", "Independent scrutineer"
    REVIEWER = "reviewer", "Independent reviewer"
    LEGAL_ADVISER = "legal_adviser", "Legal adviser"
    COMMS_OFFICER = "comms_officer", "Communications officer"
    ACTION_OWNER = "action_owner", "Action owner"
    AUDITOR = "auditor", "Auditor or inspector"
    CHILD_DEATH_LIAISON = "child_death_liaison", "Child death review liaison"
    SYSTEM_ADMINISTRATOR = "system_administrator", "System administrator"


# Roles that a person may ask for when registering; every other is given by a coordinator.
SELF_REGISTERED = (Role.REFERRER, Role.AGENCY_LEAD)

# Who looks after people, agencies and the partnership's own details.
MANAGING = (Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR)
