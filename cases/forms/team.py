"""What is asked about who may see a case, and why something is done with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as django_forms

from accounts.models import Membership, User
from accounts.standing import Standing
from cases.parts import HOLDERS, Part
from govuk import fields, forms
from govuk.widgets import Radios

REASON = 1000


class GivePart(forms.Form):
    """Who is given which part of a case, and until when."""

    part = django_forms.ChoiceField(
        label="Which part of the case?",
        choices=[(part, str(Part(part).label).capitalize()) for part in HOLDERS],
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
        membership: Any = self.fields["membership"]
        membership.queryset = (
            Membership.objects.on(by.today)
            .filter(role__in=roles)
            .select_related("user", "agency")
            .order_by("user__name", "user__email", "agency__name", "role")
        )
        membership.label_from_instance = _in_full

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
        user: Any = self.fields["user"]
        user.queryset = people.order_by("name", "email")
        user.label_from_instance = lambda person: f"{person} ({person.email})"
