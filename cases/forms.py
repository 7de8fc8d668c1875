"""What is asked about the children and people of a case, its processes and its team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as django_forms
from django.db.models import Model

from accounts.models import Membership, User
from accounts.standing import Standing
from audit.history import as_seen
from audit.lifecycle import HasVersion, StaleEdit
from audit.presenter import BothTexts, both_texts, fields_in_words
from govuk import fields, forms
from govuk.layout import Field, Fieldset
from govuk.widgets import Checkboxes, DateParts, Radios

from . import codes
from .models import Case, Child, Identity, ParallelProcess, Person
from .parts import HOLDERS, Part

REASON = 1000


@dataclass(frozen=True)
class Meeting:
    """Two edits that met: where they differ, and what else the other person changed."""

    both: tuple[BothTexts, ...]
    others: str


class Versioned(django_forms.BaseForm):
    """A form that says which version of the row it was opened with."""

    instance: HasVersion

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = self.instance.version if self.instance.pk else 0
        self.fields["seen_version"] = django_forms.IntegerField(
            widget=django_forms.HiddenInput, initial=seen, min_value=0, max_value=10**9
        )

    def facts(self) -> dict[str, Any]:
        """The answers without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"seen_version", "token"}}

    @property
    def seen_version(self) -> int:
        return int(self.cleaned_data["seen_version"])

    def met(self, stale: StaleEdit) -> Meeting:
        """Show the form again over the version that stands: what this person changed as typed, the rest as it is now.

        Without that, saving again would put back what the other person had just changed.
        """
        seen = as_seen(stale.subject, self.seen_version)
        mine = {name: value for name, value in stale.mine.items() if seen is None or value != seen.get(name)}
        others = [name for name in stale.mine if name not in mine and stale.mine[name] != stale.theirs[name]]
        self.data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name in others:
            self._type(name, stale.theirs[name])
        self.data[self.add_prefix("seen_version")] = str(stale.subject.version)  # type: ignore[attr-defined]
        self.add_error(None, "Someone changed this while you had it open. Check the form, then save again")
        return Meeting(
            both=both_texts(StaleEdit(stale.subject, mine, stale.theirs)),
            others=fields_in_words(type(stale.subject), others),
        )

    def _type(self, name: str, value: Any) -> None:
        """Put a value into the form as if it had been typed."""
        widget, key = self.fields[name].widget, self.add_prefix(name)
        self.data.pop(key, None)
        if isinstance(widget, DateParts):
            typed = widget.parts(value)
            for part in ("day", "month", "year"):
                self.data[f"{key}-{part}"] = getattr(typed, part)
        elif isinstance(value, list):
            self.data.setlist(key, value)
        elif isinstance(value, Model):
            self.data[key] = str(value.pk)
        elif value is True:
            self.data[key] = "on"
        elif value is not None and value is not False:
            self.data[key] = str(value)


class AboutChild(Versioned, forms.ModelForm):
    disabilities = django_forms.MultipleChoiceField(
        label="Kinds of disability", choices=codes.DISABILITY, widget=Checkboxes, required=False
    )

    reveals = {"disability": {"yes": ["disabilities"]}}
    shapes = {
        "age_years": {"width": 2, "hint": "In completed years. Leave it empty for an unborn child."},
        "sex": {"inline": True, "small": True},
        "harm": {"small": True},
        "disability": {"small": True},
        "looked_after": {"small": True},
        "care_leaver": {"small": True},
        "child_in_need": {"small": True},
        "child_protection": {"small": True},
        "known_to_agency": {"small": True},
        "current_safety": {"rows": 5, "hint": "Do not use names."},
    }
    submit = "Save"
    layout = (
        Fieldset("The child", "primary_subject", "unborn", "age_years", "harm", "died_on"),
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
        self.fields["responsible_la"].queryset = self.fields["responsible_la"].queryset.filter(body="la")
        self.fields["age_years"].max_value = 25
        self.fields["age_years"].validators.append(_up_to_25)
        self.fields["died_on"].past = True
        if self.instance.primary_subject:
            # Another child takes it over; a case is never without.
            del self.fields["primary_subject"]
            self.layout = (Fieldset("The child", "unborn", "age_years", "harm", "died_on"), *self.layout[1:])

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
    reason = fields.TextField(label="Why do you need to see it?", max_length=REASON)

    subjects = {"reason": "why you need to see it"}
    shapes = {"reason": {"rows": 3, "hint": "Your reason is recorded with your name. Do not use the child's name."}}
    submit = "Show who this is"


class AboutProcess(Versioned, forms.ModelForm):
    shapes = {
        "applies": {"inline": True, "small": True},
        "information_sharing": {"inline": True, "small": True},
        "lead": {"hint": "For example 'Senior investigating officer'. Add a name only if you must."},
        "process_reference": {"width": 20},
        "impact": {"rows": 4},
        "restrictions": {"rows": 3},
    }
    submit = "Save"

    class Meta:
        model = ParallelProcess
        fields = [
            "kind",
            "applies",
            "lead",
            "process_reference",
            "state",
            "next_on",
            "impact",
            "restrictions",
            "information_sharing",
        ]
        labels = {
            "kind": "Process",
            "applies": "Does it apply?",
            "lead": "Who leads it",
            "process_reference": "Its reference",
            "state": "Where it stands",
            "impact": "What it means for the review",
            "restrictions": "Limits on contact with practitioners or family",
            "information_sharing": "Is information sharing agreed?",
        }

    subjects = {"applies": "whether it applies", "information_sharing": "whether information sharing is agreed"}


class NewProcess(AboutProcess):
    token = fields.SubmitTokenField()

    submit = "Add process"


class GivePart(forms.Form):
    """Who is given which part of a case, and until when."""

    part = django_forms.ChoiceField(
        label="Which part of the case?",
        choices=[(part.value, str(part.label).capitalize()) for part in HOLDERS],
        widget=Radios,
    )
    membership = django_forms.ModelChoiceField(label="Who?", queryset=Membership.objects.none())
    ends_on = fields.DateField(label="Last day of access", required=False, future=True)

    subjects = {"part": "which part of the case", "membership": "who is given it", "ends_on": "last day of access"}
    shapes = {
        "part": {
            "hints": {
                Part.WHOLE_CASE.value: "Everything of the case, except what is not yet revealed or released.",
                Part.REVIEW_PAPERS.value: "The papers of the reviews, with children and people by pseudonym.",
                Part.PUBLICATION_PACK.value: "Only what is prepared for publication.",
            }
        },
        "membership": {"hint": "Check the name and the agency. Only people whose role may be given access are listed."},
        "ends_on": {"hint": "Access ends by itself after this day. Leave it empty if it has no end."},
    }
    submit = "Give access"

    def __init__(self, *args: Any, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, today=by.today, **kwargs)
        roles = {role for held in HOLDERS.values() for role in held}
        self.fields["membership"].queryset = (
            Membership.objects.on(by.today)
            .filter(role__in=roles)
            .select_related("user", "agency")
            .order_by("user__name", "user__email", "agency__name", "role")
        )
        self.fields["membership"].label_from_instance = _in_full

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        part, membership = given.get("part"), given.get("membership")
        if part and membership and membership.role not in HOLDERS[part]:
            self.add_error("membership", f"{membership.get_role_display()} cannot be given {Part(part).label}")
        return given


def _in_full(membership: Membership) -> str:
    return f"{membership.user}: {membership.get_role_display()}, {membership.agency}"


class Why(forms.Form):
    """A reason for something that is recorded with it."""

    reason = fields.TextField(label="Reason", max_length=REASON)
    token = fields.SubmitTokenField()

    shapes = {"reason": {"rows": 3, "hint": "Do not use names."}}

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        self.submit = submit  # type: ignore[misc]
        super().__init__(*args, **kwargs)


class OwnConflict(forms.Form):
    what = fields.TextField(label="What is your conflict of interest?", max_length=REASON)

    subjects = {"what": "what your conflict of interest is"}
    shapes = {
        "what": {"rows": 4, "hint": "For example, that you know the family or worked with the child. Do not use names."}
    }
    submit = "Declare and leave this case"


class SomeonesConflict(forms.Form):
    user = django_forms.ModelChoiceField(label="Who?", queryset=User.objects.none())
    what = fields.TextField(label="What is the conflict of interest?", max_length=REASON)

    subjects = {"user": "who has the conflict of interest", "what": "what the conflict of interest is"}
    shapes = {"what": {"rows": 4, "hint": "Do not use the child's name."}}
    submit = "Record conflict of interest"

    def __init__(self, *args: Any, on: date, barred: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holding = Membership.objects.on(on).values("user")
        people = User.objects.filter(pk__in=holding).exclude(pk__in=barred)
        self.fields["user"].queryset = people.order_by("name", "email")
        self.fields["user"].label_from_instance = lambda user: f"{user} ({user.email})"
