"""What is decided, by which rule, within which days, and how the partners come together over it."""

from __future__ import annotations

from django.db import models

from accounts.models import Partnership


class Kind(models.TextChoices):
    CRITERIA = "criteria", "Whether the case meets the criteria"
    RAPID_REVIEW_SIGN_OFF = "rapid_review_sign_off", "Sign-off of the rapid review"
    INITIATE_LCSPR = "initiate_lcspr", "Whether to carry out a local child safeguarding practice review"
    LCSPR_SIGN_OFF = "lcspr_sign_off", "Sign-off of the local child safeguarding practice review"


class Rule(models.TextChoices):
    UNANIMOUS = "unanimous", "All of the partners must agree"
    LA_FINAL_SAY = "la_final_say", "The local authority has the final say"
    MAJORITY = "majority", "More than half of the partners must agree"


def rule_for(kind: str) -> str:
    """The partnership's rule for this kind of decision.

    The local authority may have the final say only on what it alone must notify (specification 2.3); it never signs
    alone for the others.
    """
    rules = Partnership.this().decision_rules or {}
    rule = rules.get(kind, Rule.LA_FINAL_SAY if kind == Kind.CRITERIA else Rule.UNANIMOUS)
    if rule not in Rule.values or (rule == Rule.LA_FINAL_SAY and kind != Kind.CRITERIA):
        return Rule.UNANIMOUS
    return rule


# Working days a partner has to record a position, where the partnership has not said otherwise.
DAYS = {Kind.CRITERIA: 2, Kind.RAPID_REVIEW_SIGN_OFF: 2, Kind.INITIATE_LCSPR: 2, Kind.LCSPR_SIGN_OFF: 5}


def days_for(kind: str) -> int:
    """Working days a partner has to record a position, counted from the day after they were asked."""
    chosen = (Partnership.this().decision_rules or {}).get("days") or {}
    days = chosen.get(kind)
    return days if isinstance(days, int) and days > 0 else DAYS[Kind(kind)]


class Held(models.TextChoices):
    """How the partners came together over a decision."""

    VIRTUAL = "virtual", "Without a meeting, each in writing"
    MEETING = "meeting", "In a meeting"


class Answer(models.TextChoices):
    MET = "met", "Met"
    MAY_BE_MET = "may_be_met", "May be met"
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "not_applicable", "Does not apply"
