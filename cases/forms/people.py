"""What is asked about the children and people of a case."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from cases import codes
from cases.models import Case, Child, Identity, Person
from govuk import fields, forms
from govuk.layout import Field, Fieldset
from govuk.widgets import Checkboxes, Radios

from .versioned import Versioned

THE_CHILD = ("primary_subject", "unborn", "age_years", "siblings", "harm", "died_on")


class AboutChild(Versioned, forms.ModelForm):
    disabilities = django_forms.MultipleChoiceField(
        label="Kinds of disability", choices=codes.DISABILITY, widget=Checkboxes, required=False
    )

    siblings = django_forms.ModelMultipleChoiceField(
        Child.objects.none(),
        label="Brother or sister of",
        widget=Checkboxes,
        required=False,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_pk_value"), "Select only children of this case"),
    )

    reveals = {"disability": {"yes": ["disabilities"]}}
    shapes = {
        "siblings": {"small": True, "hint": "Select all that apply. It is said of the other child too."},
        "age_years": {"width": 2, "hint": "In completed years. Leave it empty for an unborn child."},
        "sex": {"inline": True, "small": True},
        "harm": {"small": True},
        "disability": {"small": True},
        "looked_after": {"small": True},
        "care_leaver": {"small": True},
        "child_in_need": {"small": True},
        "child_protection": {"small": True},
        "child_protection_category": {"small": True},
        "known_to_agency": {"small": True},
        "education": {"small": True},
        "current_safety": {"rows": 5, "hint": "Do not use names."},
    }
    submit = "Save"
    layout = (
        Fieldset("The child", *THE_CHILD),
        Fieldset("Characteristics", "sex", "ethnicity", "disability"),
        Fieldset(
            "Care and protection",
            "looked_after",
            "responsible_la",
            "legal_status",
            "placement",
            "care_leaver",
            "child_in_need",
            "child_protection",
            "child_protection_category",
            "known_to_agency",
        ),
        Fieldset("Education and safety", "education", "current_safety"),
        Field("seen_version"),
    )

    class Meta:
        model = Child
        fields = [
            "primary_subject",
            "unborn",
            "age_years",
            "siblings",
            "harm",
            "died_on",
            "sex",
            "ethnicity",
            "disability",
            "disabilities",
            "looked_after",
            "responsible_la",
            "legal_status",
            "placement",
            "care_leaver",
            "child_in_need",
            "child_protection",
            "child_protection_category",
            "known_to_agency",
            "education",
            "current_safety",
        ]
        labels = {
            "primary_subject": "This child is the main subject of the case",
            "unborn": "The child was not yet born at the time of the incident",
            "age_years": "Age at the incident",
            "harm": "What happened to this child",
            "died_on": "Date of death",
            "looked_after": "Looked after by a local authority",
            "responsible_la": "Local authority responsible for the child",
            "care_leaver": "Care leaver",
            "child_in_need": "Child in need plan",
            "child_protection": "Child protection plan",
            "child_protection_category": "Category of the child protection plan",
            "known_to_agency": "Known to children's social care before the incident",
            "current_safety": "How the child is being kept safe now",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields
        asked["responsible_la"].queryset = asked["responsible_la"].queryset.filter(body="la")
        asked["age_years"].validators.append(_up_to_25)
        asked["died_on"].past = True
        if self.instance.primary_subject:  # type: ignore[attr-defined]
            # Another child takes it over; a case is never without.
            del self.fields["primary_subject"]
        own: Child = self.instance  # type: ignore[assignment]
        asked["siblings"].queryset = Child.objects.filter(case=own.case_id).exclude(pk=own.pk)
        if not asked["siblings"].queryset.exists():
            del self.fields["siblings"]
        first = Fieldset("The child", *(name for name in THE_CHILD if name in self.fields))
        self.layout = (first, *self.layout[1:])  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("unborn") and given.get("age_years") is not None:
            self.add_error("age_years", "Age at the incident must be empty for a child who was not yet born")
        return given


def _up_to_25(value: int) -> None:
    if value > 25:  # duties to care leavers end on the 25th birthday
        raise django_forms.ValidationError("Age at the incident must be 25 or less")


class AboutPerson(Versioned, forms.ModelForm):
    shapes = {
        "relationship": {"width": 20, "hint": "To the child, for example 'mother' or 'family friend'. Not a name."},
        "parental_responsibility": {"small": True},
        "note": {"rows": 5, "hint": "Do not use names."},
    }
    submit = "Save"

    class Meta:
        model = Person
        fields = ["relationship", "in_household", "parental_responsibility", "suspected_of_harm", "note"]
        labels = {
            "relationship": "Relationship to the child",
            "in_household": "They lived in the child's household",
            "parental_responsibility": "Parental responsibility",
            "suspected_of_harm": "They are suspected of harming the child",
            "note": "Anything else the review needs to know",
        }


class WhoTheyAre(Versioned, forms.ModelForm):
    """Names, birth, address and numbers: only ever shown after a reveal."""

    nhs_number = fields.NHSNumberField(label="NHS number", required=False)
    upn = fields.UPNField(label="Unique pupil number", required=False)
    postcode = fields.PostcodeField(label="Postcode", required=False)

    shapes = {
        "address": {"rows": 3},
        "postcode": {"width": 10},
        "nhs_number": {"width": 20},
        "upn": {"width": 20},
        "local_id": {"width": 20},
    }
    submit = "Save"

    class Meta:
        model = Identity
        fields = [
            "full_name",
            "other_names",
            "born_on",
            "born_text",
            "expected_on",
            "address",
            "postcode",
            "nhs_number",
            "upn",
            "school",
            "gp",
            "local_id",
        ]
        labels = {
            "full_name": "Full name",
            "other_names": "Other names they are known by",
            "born_text": "Date of birth, if only partly known",
            "local_id": "Local authority's own number",
            "school": "School or setting",
        }


class New(forms.Form):
    """What every form that makes something new carries."""

    token = fields.SubmitTokenField()


class NewChild(New):
    full_name = django_forms.CharField(label="Full name", max_length=200, required=False)
    born_on = fields.DateField(label="Date of birth", required=False, birth=True)
    unborn = django_forms.BooleanField(label="The child was not yet born at the time of the incident", required=False)
    age_years = django_forms.IntegerField(label="Age at the incident", min_value=0, max_value=25, required=False)
    harm = django_forms.ChoiceField(label="What happened to this child", choices=Case.Harm.choices, widget=Radios)

    shapes = {
        "full_name": {"hint": "The name is kept apart. Everyone sees the child as Child A, Child B and so on."},
        "age_years": {"width": 2, "hint": "In completed years."},
    }
    submit = "Add child"


class NewPerson(New):
    full_name = django_forms.CharField(label="Full name", max_length=200, required=False)
    born_on = fields.DateField(label="Date of birth", required=False, birth=True)
    relationship = django_forms.CharField(label="Relationship to the child", max_length=100)
    in_household = django_forms.BooleanField(label="They lived in the child's household", required=False)

    shapes = {
        "full_name": {"hint": "The name is kept apart. Everyone sees them as Person 1, Person 2 and so on."},
        "relationship": {"width": 20, "hint": "For example 'mother' or 'family friend'. Not a name."},
    }
    submit = "Add person"


class WhyReveal(forms.Form):
    reason = fields.TextField(label="Why do you need to see it?", max_length=1000)

    subjects = {"reason": "why you need to see it"}
    shapes = {"reason": {"rows": 3, "hint": "Your reason is recorded with your name. Do not use the child's name."}}
    submit = "Show who this is"
