"""The partnership's own details and its agencies."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from accounts.colours import ENOUGH, contrast_with_white
from accounts.models import Agency, Body, Partnership
from govuk.fields import DateField, SubmitTokenField, TextField
from govuk.forms import Form, ModelForm
from govuk.layout import Fieldset
from govuk.widgets import Radios

UNANIMOUS = ("unanimous", "All of the partners must agree")
MAJORITY = ("majority", "More than half of the partners must agree")
LA_FINAL_SAY = ("la_final_say", "The local authority has the final say")
# Kinds of decision, as `decision_rules` names them. Only what the local authority alone must notify may be its to say.
DECISIONS = ("criteria", "rapid_review_sign_off", "initiate_lcspr", "lcspr_sign_off")


def rule(label: str, *choices: tuple[str, str]) -> forms.ChoiceField:
    words = f"Select the rule: {label[0].lower()}{label[1:]}"
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=Radios,
        initial=choices[0][0],
        error_messages={"required": words, "invalid_choice": words},
    )


def days(label: str, usual: int) -> forms.IntegerField:
    """Working days a partner has to record a position in that kind of decision."""
    words = f"Working days for a position must be between 1 and 60: {label[0].lower()}{label[1:]}"
    return forms.IntegerField(
        label=f"Working days for a position: {label[0].lower()}{label[1:]}",
        min_value=1,
        max_value=60,
        initial=usual,
        error_messages={"required": words, "invalid": words, "min_value": words, "max_value": words},
    )


class PartnershipDetails(ModelForm):
    """Everything the partnership decides about itself, on one page."""

    brand_colour = forms.CharField(
        label="Colour of the header",
        max_length=7,
        help_text="Six hexadecimal digits after #, such as #1d4f67. White text must be easy to read on it.",
    )
    rule_criteria = rule("Whether a case meets the criteria", LA_FINAL_SAY, UNANIMOUS, MAJORITY)
    rule_rapid_review_sign_off = rule("Sign-off of a rapid review", UNANIMOUS, MAJORITY)
    rule_initiate_lcspr = rule("Whether to carry out a local child safeguarding practice review", UNANIMOUS, MAJORITY)
    rule_lcspr_sign_off = rule("Sign-off of a local child safeguarding practice review", UNANIMOUS, MAJORITY)
    days_criteria = days("Whether a case meets the criteria", 2)
    days_rapid_review_sign_off = days("Sign-off of a rapid review", 2)
    days_initiate_lcspr = days("Whether to carry out a local child safeguarding practice review", 2)
    days_lcspr_sign_off = days("Sign-off of a local child safeguarding practice review", 5)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Partnership
        fields = (
            "name",
            "short_name",
            "service_name",
            "brand_colour",
            "reference_prefix",
            "front_door",
            "contact_email",
            "contact_phone",
            "exit_url",
            "national_body",
            "national_body_short",
            "panel_email",
            "secretary_of_state_email",
            "ofsted_email",
            "look_back_years",
        )
        labels = {
            "name": "Full name of the partnership",
            "short_name": "Short name",
            "service_name": "Service name",
            "exit_url": "Where \u201cExit this page\u201d goes",
            "contact_email": "Email address for questions",
            "contact_phone": "Telephone number for questions",
            "national_body_short": "Short name of the national body",
            "look_back_years": "Years of timeline in a rapid review",
            "front_door": "How to report a child at risk now",
        }
        help_texts = {
            "name": "As it stands on papers.",
            "short_name": "Where space is short.",
            "reference_prefix": "Begins every reference, such as CIOS in CIOS-2026-0003. Those already given stay.",
            "front_door": "Shown wherever somebody might be worried about a child now.",
            "exit_url": "A page that looks harmless.",
            "national_body": "Who receives rapid reviews.",
        }

    shapes = {
        "brand_colour": {"width": 10},
        "reference_prefix": {"width": 10},
        "contact_phone": {"width": 20},
        "look_back_years": {"width": 2},
        **{f"days_{kind}": {"width": 2} for kind in DECISIONS},
        "front_door": {"rows": 3},
    }
    submit = "Save"

    layout = (
        Fieldset("Name and look", "name", "short_name", "service_name", "brand_colour", "reference_prefix"),
        Fieldset("Help and contact", "front_door", "contact_email", "contact_phone", "exit_url"),
        Fieldset(
            "Who is written to",
            "national_body",
            "national_body_short",
            "panel_email",
            "secretary_of_state_email",
            "ofsted_email",
        ),
        Fieldset("How decisions are made", *(f"rule_{kind}" for kind in DECISIONS)),
        Fieldset("How soon positions are recorded", *(f"days_{kind}" for kind in DECISIONS)),
        Fieldset("Reviews", "look_back_years"),
        "seen_version",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, chosen in (self.instance.decision_rules or {}).items():
            if kind in DECISIONS:
                self.initial[f"rule_{kind}"] = chosen
        for kind, chosen in ((self.instance.decision_rules or {}).get("days") or {}).items():
            if kind in DECISIONS:
                self.initial[f"days_{kind}"] = chosen
        self.initial["seen_version"] = self.instance.version

    def clean_brand_colour(self) -> str:
        colour: str = self.cleaned_data["brand_colour"].strip().lower()
        try:
            contrast = contrast_with_white(colour)
        except ValueError:
            raise forms.ValidationError(
                "Colour of the header must be six hexadecimal digits after #, like #1d4f67"
            ) from None
        if contrast < ENOUGH:
            raise forms.ValidationError("Colour of the header must be dark enough for white text")
        return colour

    def clean_reference_prefix(self) -> str:
        prefix: str = self.cleaned_data["reference_prefix"].strip().upper()
        if not re.fullmatch(r"[A-Z][A-Z0-9]*", prefix):
            raise forms.ValidationError("Reference prefix must be letters and numbers, and begin with a letter")
        return prefix

    def facts(self) -> dict[str, Any]:
        """What to save, by the names of the columns."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in self.Meta.fields},
            "decision_rules": {
                **{kind: said[f"rule_{kind}"] for kind in DECISIONS},
                "days": {kind: said[f"days_{kind}"] for kind in DECISIONS},
            },
        }


class AgencyDetails(ModelForm):
    body = forms.ChoiceField(
        label="Is it one of the safeguarding partners?",
        choices=[("none", "No"), *[pair for pair in Body.choices if pair[0]]],
        widget=Radios,
        initial="none",
        error_messages={"required": "Select whether it is one of the safeguarding partners"},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    token = SubmitTokenField(required=False)

    class Meta:
        model = Agency
        fields = ("name", "kind", "body", "out_of_area", "ons_code", "front_door", "valid_from")
        labels = {
            "kind": "Type of agency",
            "out_of_area": "It is outside this partnership's area",
            "ons_code": "ONS code",
            "front_door": "How to report a child at risk to it",
            "valid_from": "First day",
        }
        help_texts = {"valid_from": "The day it began, or any early day if that does not matter."}

    shapes = {"ons_code": {"width": 10}}
    submit = "Save"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["body"] = self.instance.body or "none"
        self.initial["seen_version"] = self.instance.version

    def _get_validation_exclusions(self) -> set[str]:
        """Whether the name is taken from that day is left to the database.

        The second press of a button is to find what the first one made, not a mistake.
        """
        return super()._get_validation_exclusions() | {"valid_from"}  # type: ignore[misc, no-any-return]

    def clean_body(self) -> str:
        chosen: str = self.cleaned_data["body"]
        return "" if chosen == "none" else chosen

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class EndAgency(Form):
    last_day = DateField(label="Last day", help_text="What its people hold in it ends with that day.")
    reason = TextField(label="Reason", max_length=1000, help_text="Such as a merger, and with whom.")
    submit = "End the agency"


class AddDomain(Form):
    domain = forms.CharField(
        label="Email domain", max_length=200, help_text="What stands after the @, such as school.example.org."
    )
    submit = "Approve"
    shapes = {"domain": {"width": 20}}

    def clean_domain(self) -> str:
        domain: str = self.cleaned_data["domain"].strip().lower().removeprefix("@")
        if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", domain):
            raise forms.ValidationError("Email domain must be like school.example.org")
        return domain
