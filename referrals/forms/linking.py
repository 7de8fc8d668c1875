"""Linking a referral to a case that it is only related to."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from accounts.standing import Standing
from cases.models import Case, CaseStatus
from govuk import fields
from govuk.forms import Form
from referrals.models import Referral

REFUSAL = "Enter the reference of another case that you can see"


class LinkForm(Form):
    """Which case a referral is related to, each staying by itself."""

    reference = django_forms.CharField(
        label="Reference of the related case",
        help_text="It stands at the top of every page of the case.",
        max_length=40,
        error_messages={"required": "Enter the reference of the related case"},
    )
    reason = fields.TextField(
        label="How are they related?",
        help_text="Do not use names.",
        max_length=2000,
        error_messages={"required": "Enter how they are related"},
    )
    token = fields.SubmitTokenField()
    submit = "Link the case"
    shapes = {"reference": {"width": 20}}

    def __init__(self, *args: Any, by: Standing, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.referral = by, referral

    def clean_reference(self) -> Case:
        """The case, if the person sees it: the answer is the same for one that does not exist."""
        reference = self.cleaned_data["reference"].strip().upper()
        others = Case.objects.visible_to(self.by).exclude(pk__in=[self.referral.case_id, self.referral.opened_id])
        case = others.filter(reference=reference, status__in=(CaseStatus.OPEN, CaseStatus.CLOSED)).first()
        if case is None:
            raise django_forms.ValidationError(REFUSAL)
        return case
