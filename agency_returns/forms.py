"""The forms of this room. What they give is handed to the verbs as it is."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.forms import modelform_factory
from django.http import QueryDict

from accounts.models import Agency, Membership
from accounts.standing import Standing
from cases.models import Case, Child, Person
from decisions.criteria import REVIEW_CRITERIA
from documents.uploads import ACCEPTED
from govuk import fields, forms
from govuk.widgets import Checkboxes, Radios

from .models import SYSTEM_FACTORS, AgencyReturn, ChronologyEntry, Section

VIEWS = [("met", "Met"), ("may_be_met", "May be met"), ("not_met", "Not met"), ("no_view", "No view")]
NOT_PATIENT_DETAILS = "Use role titles, not practitioners' names."


class AskForm(forms.Form):
    """What one agency is to be asked."""

    agency = django_forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), empty_label="Select an agency"
    )
    due_on = fields.DateField(label="Due date", future=True)
    scope_from = fields.DateField(label="Start of the period to look at", required=False)
    scope_until = fields.DateField(label="End of the period to look at", required=False)
    children = django_forms.ModelMultipleChoiceField(
        label="Which children is it about?",
        queryset=Child.objects.none(),
        widget=Checkboxes,
        error_messages={"required": "Select which children it is about"},
    )
    people = django_forms.ModelMultipleChoiceField(
        label="Who else is it about?", queryset=Person.objects.none(), widget=Checkboxes, required=False
    )
    questions = fields.TextField(label="Questions to this agency", required=False, max_length=8000)
    contact_email = django_forms.EmailField(
        label="Contact at the agency",
        help_text=(
            "Only where nobody at the agency signs in here. They answer with a code we send to this address, "
            "and can open nothing but this request."
        ),
        required=False,
        max_length=254,
    )
    criminal_enquiry = fields.YesNoField(
        label="Is a criminal enquiry under way?",
        help_text="If so, the agency is told not to interview practitioners before the police have agreed to it.",
        error_messages={"required": "Select yes if a criminal enquiry is under way"},
    )
    token = fields.SubmitTokenField()

    shapes = {"criminal_enquiry": {"inline": True}, "contact_email": {"width": 20}}
    submit = "Send request"

    def __init__(self, *args: Any, case: Case, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, today=by.today, **kwargs)
        self.fields["agency"].queryset = Agency.objects.on(by.today)  # type: ignore[attr-defined]
        children = Child.objects.visible_to(by).filter(case=case)
        self.fields["children"].queryset = children  # type: ignore[attr-defined]
        people = Person.objects.visible_to(by).filter(case=case)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        if not people.exists():
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("scope_from"), given.get("scope_until")
        if first and last and last < first:
            self.add_error("scope_until", "End of the period to look at must be after its start")
        return given


class SectionForm(forms.ModelForm):
    """One section of a return. Everything may be left empty: an unknown fact holds nothing up."""

    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)
    says_optional = False
    submit = ""

    class Meta:
        model = AgencyReturn
        fields: list[str] = []


class InvolvementForm(SectionForm):
    period_from = fields.ApproximateDateField(
        label="Start of your agency's involvement", required=False, help_text="As far as it is known."
    )
    period_until = fields.ApproximateDateField(
        label="End of your agency's involvement",
        required=False,
        help_text="As far as it is known. Leave it empty if your agency is still involved.",
        may_be_unknown=False,
    )


class DifferentForm(SectionForm):
    system_factors = django_forms.MultipleChoiceField(
        label="Which of these played a part?", choices=SYSTEM_FACTORS, widget=Checkboxes, required=False
    )
    shapes = {"system_factors": {"exclusive": "none", "hint": "Select all that apply."}}


class CriteriaForm(SectionForm):
    """Each criterion for a local review, one by one, and what the agency thinks of a review."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.instance.criteria_views
        names = []
        for criterion in REVIEW_CRITERIA:
            name = f"criterion_{criterion.code}"
            names.append(name)
            field = django_forms.ChoiceField(
                label=criterion.text,
                choices=VIEWS,
                widget=Radios,
                required=False,
                initial=given.get(criterion.code),
                error_messages={"invalid_choice": "Select what your agency thinks"},
            )
            self._prepare(name, field)
            self.fields[name] = field
        self.shapes = {name: {"inline": True, "small": True} for name in names}  # type: ignore[misc]
        self.order_fields([*names, "view_on_review", "seen_version"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["criteria_views"] = {
            criterion.code: given.pop(f"criterion_{criterion.code}")
            for criterion in REVIEW_CRITERIA
            if given.get(f"criterion_{criterion.code}")
        }
        return given


OWN_FORMS = {"involvement": InvolvementForm, "what-could-be-different": DifferentForm, "criteria": CriteriaForm}
NOT_FROM_THE_MODEL = {"criteria_views", "data_protection_confirmed"}


def section_form(
    section: Section, agency_return: AgencyReturn, given: QueryDict | None = None, *, by: Standing
) -> SectionForm:
    """The form of one section, filled with what the return says now."""
    asked = [name for name in section.fields if name not in NOT_FROM_THE_MODEL]
    made = modelform_factory(AgencyReturn, form=OWN_FORMS.get(section.key, SectionForm), fields=asked)
    form: SectionForm = made(  # type: ignore[call-arg, assignment]
        given or None, instance=agency_return, today=by.today, initial={"seen_version": agency_return.version}
    )
    return form


class EntryForm(forms.ModelForm):
    """One event of the chronology."""

    on = fields.ApproximateDateField(
        label="Date", past=True, may_be_unknown=False, help_text="Leave out the day or the month if it is not known."
    )
    time = fields.TimeField(label="Time", required=False, help_text="For example, 5:30pm.")
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)
    token = fields.SubmitTokenField()

    shapes = {
        "time": {"width": 5},
        "child_seen": {"inline": True},
        "practitioner_role": {"hint": NOT_PATIENT_DETAILS, "width": "one-half"},
        "source": {"hint": "For example, a record system or a minute.", "width": "one-half"},
        "event": {"rows": 6},
        "child_voice": {"rows": 3},
        "decision": {"rows": 3},
        "comment": {"rows": 3},
        "significance": {"rows": 3},
    }
    subjects = {"event": "what happened", "child_seen": "whether the child was seen"}
    submit = "Save entry"

    class Meta:
        model = ChronologyEntry
        fields = [
            "on",
            "time",
            "source",
            "practitioner_role",
            "event",
            "child_seen",
            "child_voice",
            "decision",
            "comment",
            "significance",
            "key_event",
        ]
        labels = {"event": "What happened?"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            # Nothing is answered for whoever adds an entry.
            self.initial["child_seen"] = None

    def facts(self) -> dict[str, Any]:
        """What the entry says, for the verbs."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class SubmitForm(forms.Form):
    """The agency's lead approves and sends."""

    confirmed = django_forms.BooleanField(
        label="What we share is necessary, proportionate and accurate, and I have checked it",
        error_messages={"required": "Select that you have checked what you share"},
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)
    token = fields.SubmitTokenField()
    submit = "Approve and send return"


class CorrespondentSubmitForm(SubmitForm):
    """Nobody else of the agency is here to approve: the senior lead who did is named."""

    approver_name = django_forms.CharField(label="Name of the senior lead who approved this return", max_length=200)
    approver_role = django_forms.CharField(label="Their job title", max_length=200)
    submit = "Send return"
    layout = ("approver_name", "approver_role", "confirmed", "seen_version", "token")


class NilForm(forms.Form):
    records_checked = fields.TextField(
        label="Which records and systems were checked?",
        help_text="List each system, and the date it was searched.",
        max_length=4000,
        error_messages={"required": "Enter which records and systems were checked"},
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)
    token = fields.SubmitTokenField()
    submit = "Send nil return"


class ClarifyForm(forms.Form):
    question = fields.TextField(
        label="What does the agency need to make clear?",
        max_length=4000,
        error_messages={"required": "Enter what the agency needs to make clear"},
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)
    token = fields.SubmitTokenField()
    submit = "Send back to the agency"


class AcceptForm(forms.Form):
    releasing = fields.YesNoField(
        label="Open it to the review group now?",
        help_text="The review group, the panel chair and the safeguarding partners can then read it.",
        error_messages={"required": "Select yes to open it to the review group now"},
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)
    token = fields.SubmitTokenField()
    shapes = {"releasing": {"inline": True}}
    submit = "Accept return"


class WithdrawForm(forms.Form):
    reason = fields.TextField(
        label="Why is the request withdrawn?",
        max_length=2000,
        error_messages={"required": "Enter why the request is withdrawn"},
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)
    token = fields.SubmitTokenField()
    submit = "Withdraw request"


class TokenForm(forms.Form):
    """A button that must not act twice."""

    token = fields.SubmitTokenField()
    submit = ""


class ColleagueForm(forms.Form):
    colleague = django_forms.ModelChoiceField(
        label="Who should write the return?",
        queryset=Membership.objects.none(),
        widget=Radios,
        empty_label=None,
        error_messages={
            "required": "Select who should write the return",
            "invalid_choice": "Select who should write the return",
        },
    )
    submit = "Ask this colleague"

    def __init__(self, *args: Any, agency_return: AgencyReturn, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = Membership.objects.on(by.today).filter(agency=agency_return.agency).exclude(user=by.user)
        field = self.fields["colleague"]
        field.queryset = colleagues.select_related("user", "agency").order_by("user__name", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = _colleague  # type: ignore[attr-defined]


def _colleague(membership: Membership) -> str:
    return f"{membership.user}, {membership.get_role_display().lower()}"


class AttachForm(forms.Form):
    documents = fields.MultipleFileField(label="Attach files", kinds=ACCEPTED, max_bytes=settings.UPLOAD_MAX_BYTES)
    submit = "Attach"


class ReplyForm(forms.Form):
    """The address to which a request was sent."""

    email = django_forms.EmailField(
        label="Email address the request was sent to",
        max_length=254,
        widget=django_forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
    )
    submit = "Send me a code"


class CodeForm(forms.Form):
    code = django_forms.CharField(
        label="Code from the email",
        max_length=12,
        widget=django_forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    shapes = {"code": {"width": 10}}
    submit = "Continue"


__all__ = [
    "AcceptForm",
    "AskForm",
    "AttachForm",
    "ClarifyForm",
    "CodeForm",
    "ColleagueForm",
    "CorrespondentSubmitForm",
    "EntryForm",
    "NilForm",
    "ReplyForm",
    "SubmitForm",
    "TokenForm",
    "WithdrawForm",
    "section_form",
]
