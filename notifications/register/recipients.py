"""To whom things are sent (specification 5.1). The addresses are the partnership's to enter, never shipped."""

from __future__ import annotations

from django.db import models

from accounts.models import Partnership


class Recipient(models.TextChoices):
    PANEL = "panel", "The national panel"
    SECRETARY_OF_STATE = "secretary_of_state", "The Secretary of State"
    DFE = "dfe", "Department for Education"
    OFSTED = "ofsted", "Ofsted"
    SAFEGUARDING_PARTNERS = "safeguarding_partners", "Safeguarding partner"
    OTHER_AREA = "other_area", "Another area's safeguarding partners"
    BUSINESS_UNIT = "business_unit", "The partnership's business unit"
    CHILD_DEATH_REVIEW = "child_death_review", "Child death review partners"
    CORONER = "coroner", "The coroner"
    NSPCC = "nspcc", "NSPCC national case review repository"
    WHAT_WORKS = "what_works", "What Works Centre for Children's Social Care"
    PUBLIC = "public", "The public"


class ReturnType(models.TextChoices):
    NOTIFICATION = "notification", "Serious incident notification"
    NOTIFICATION_COPY = "notification_copy", "Copy of the serious incident notification"
    DEATH_NOTIFICATION = "death_notification", "Notification of the death of a looked after child or care leaver"
    NOTIFICATION_WITHDRAWN = "notification_withdrawn", "Withdrawal of the notification"
    CHILD_DEATH = "child_death", "Child death notification"
    RAPID_REVIEW = "rapid_review", "Rapid review and decision"
    LCSPR_DECISION = "lcspr_decision", "Decision to carry out a local review"
    REVIEWER_NAME = "reviewer_name", "Name of the reviewer"
    PANEL_REPLY = "panel_reply", "Reply to the national panel"
    DELAY_NOTICE = "delay_notice", "Notice of delay"
    FULL_REPORT = "full_report", "Full report before publication"
    NOT_PUBLISHING = "not_publishing", "Reasons for not publishing, and the improvements"
    PUBLISHED_REPORT = "published_report", "Published report"
    YEARLY_REPORT = "yearly_report", "Yearly report of the partnership"


class Channel(models.TextChoices):
    NATIONAL_FORM = "national_form", "National notification form"
    SECURE_EMAIL = "secure_email", "Secure email"
    APP = "app", "In this service"
    PORTAL = "portal", "Portal"
    MEETING = "meeting", "Meeting or call"
    POST = "post", "Post"
    WEBSITE = "website", "Website"


def name_of(recipient: str) -> str:
    """What the recipient is called here: the national body's name is the partnership's to set."""
    if recipient == Recipient.PANEL:
        return Partnership.this().national_body
    return Recipient(recipient).label


def address_of(recipient: str) -> str:
    """The e-mail address the partnership has entered for a recipient; empty when none has been."""
    here = Partnership.this()
    return {
        Recipient.PANEL: here.panel_email,
        Recipient.SECRETARY_OF_STATE: here.secretary_of_state_email,
        Recipient.DFE: here.secretary_of_state_email,
        Recipient.OFSTED: here.ofsted_email,
        Recipient.BUSINESS_UNIT: here.contact_email,
    }.get(Recipient(recipient), "")
