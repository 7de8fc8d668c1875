"""The form of a page, made from its questions. It refuses what it cannot read; what was typed is kept all the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import Agency
from govuk import fields
from govuk.forms import Form
from govuk.widgets import Checkboxes, Radios, TextInput
from govuk.words import inside_sentence
from referrals.answers import OTHER_CHILDREN, Kind, Page, Place, Question
from referrals.answers.children import CHILDREN
from referrals.answers.given import Answers

_DATE_PARTS = ("day", "month", "year", "unknown")
Choices = list[tuple[str, str]]


def agency_choices(day: datetime.date) -> dict[str, Choices]:
    """The agencies that exist on the day, as choices: "authorities" (ours first) and "agencies"."""
    rows = list(Agency.objects.on(day).values_list("pk", "name", "body", "out_of_area"))
    authorities = sorted((out, name, pk) for pk, name, body, out in rows if body == "la")
    return {
        "authorities": [(str(pk), name) for _, name, pk in authorities],
        "agencies": [(str(pk), name) for pk, name, *_ in rows],
    }


def choices_for(place: Place, answers: Answers, day: datetime.date) -> dict[str, Choices]:
    """The choices of a page that are known only on the day: the agencies, and the other children of the referral."""
    children = []
    for number in answers.other_children(place.number) if place.group == CHILDREN else ():
        name = answers.of("child", number, "identity", "full_name")
        words = answers.name_of(CHILDREN, number)
        children.append((str(number), f"{words}: {name}" if name else words))
    return {**agency_choices(day), OTHER_CHILDREN: children}


class PageForm(Form):
    """One page of the referral. No answer is needed; what an answer must look like, it must."""

    page: Page
    # Which of them nobody misses is said in the labels themselves.
    says_optional = False
    submit = ""

    seen_version = django_forms.IntegerField(required=False, min_value=0, widget=django_forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        for question in self.page.questions:
            if not question.exclusive:
                continue
            given = self.cleaned_data.get(question.name) or []
            alone = set(question.exclusive) & set(given)
            if alone and len(given) > 1:
                words = dict(question.choices)[next(code for code in question.exclusive if code in alone)]
                self.add_error(question.name, ValidationError(f"Select all that apply, or select “{words}”"))
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        """What was accepted, as it is kept. Ask after `is_valid()`."""
        return {name: _kept(self.cleaned_data.get(name)) for name in self.page.names if name in self.fields}

    def typed(self) -> dict[str, list[str]]:
        """Everything as it was typed, when something was not accepted; otherwise nothing."""
        if not self.errors:
            return {}
        own = set(self.page.names) | {f"{name}-{part}" for name in self.page.names for part in _DATE_PARTS}
        data = cast(QueryDict, self.data)
        return {key: data.getlist(key) for key in data if key in own}


def _kept(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return list(value) if isinstance(value, list | tuple) else str(value)


def _initial(question: Question, value: Any) -> Any:
    if value in ("", None):
        return None
    if question.kind == Kind.DATE:
        return datetime.date.fromisoformat(value)
    if question.kind == Kind.TIME:
        return datetime.time.fromisoformat(value)
    return value


def form_for(
    place: Place,
    *,
    title: str,
    choices: Mapping[str, Choices],
    today: datetime.date,
    answers: Mapping[str, Any] | None = None,
    typed: Mapping[str, list[str]] | None = None,
    data: QueryDict | None = None,
    version: int = 0,
) -> PageForm:
    """The form of a page: with what was sent, or with what could not be accepted last time, or with what is saved."""
    page = place.page
    asked = [one for one in page.questions if one.names != OTHER_CHILDREN or choices.get(OTHER_CHILDREN)]
    namespace: dict[str, Any] = {
        "page": page,
        "reveals": page.revealing,
        # What is wrong is said of the answer: "(optional)" is no part of its name.
        "subjects": {question.name: inside_sentence(question.term) for question in page.questions if question.optional},
        "shapes": {question.name: _shape(question) for question in page.questions},
        **{question.name: _field(question, choices) for question in asked},
    }
    if page.is_one_question:
        namespace["shapes"][page.questions[0].name] |= {"heading": True, "label": title}
    form_class: type[PageForm] = type("PageForm", (PageForm,), namespace)
    if data is None and typed:
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, values)
        data["seen_version"] = str(version)
    given = answers or {}
    initial = {question.name: _initial(question, given.get(question.name)) for question in page.questions}
    return form_class(data, initial={**initial, "seen_version": version}, today=today)


def _shape(question: Question) -> dict[str, Any]:
    shape: dict[str, Any] = {}
    if question.exclusive:
        shape["exclusive"] = question.exclusive
        shape["divider_before"] = {question.exclusive[0]: "or"}
    if question.kind == Kind.LONG:
        shape["rows"] = 10 if question.longest > 5000 else 4
    if question.kind in _WIDTHS:
        shape["width"] = _WIDTHS[question.kind]
    if question.kind in (Kind.ONE, Kind.SEVERAL) and not question.exclusive:
        unsure = next((code for code, _ in question.choices if code in ("not_known", "other")), "")
        if unsure and question.names:
            shape["divider_before"] = {unsure: "or"}
    return shape


_WIDTHS = {
    Kind.TIME: 10,
    Kind.NHS_NUMBER: 20,
    Kind.UPN: 20,
    Kind.POSTCODE: 10,
    Kind.PHONE: 20,
}


def _label(question: Question) -> str:
    return f"{question.words} (optional)" if question.optional else question.words


def _field(question: Question, choices: Mapping[str, Choices]) -> django_forms.Field:
    common = {"label": _label(question), "help_text": question.hint, "required": False}
    return _MAKERS[question.kind](question, choices, common)


def _text(question: Question, choices: Any, common: dict[str, Any]) -> django_forms.Field:
    attrs = {"autocomplete": "off"}
    if question.kind == Kind.PHONE:
        attrs = {"autocomplete": "tel", "inputmode": "tel"}
    return django_forms.CharField(max_length=question.longest, widget=TextInput(attrs), **common)


def _several(question: Question, choices: Mapping[str, Choices], common: dict[str, Any]) -> django_forms.Field:
    if question.names == OTHER_CHILDREN:
        common["error_messages"] = {"invalid_choice": "Select only children who are on this referral"}
    return django_forms.MultipleChoiceField(choices=_choices(question, choices), widget=Checkboxes, **common)


def _one(question: Question, choices: Mapping[str, Choices], common: dict[str, Any]) -> django_forms.Field:
    return django_forms.ChoiceField(choices=_choices(question, choices), widget=Radios, **common)


def _one_of_many(question: Question, choices: Mapping[str, Choices], common: dict[str, Any]) -> django_forms.Field:
    return django_forms.ChoiceField(choices=[("", "---"), *_choices(question, choices)], **common)


def _choices(question: Question, choices: Mapping[str, Choices]) -> Choices:
    return [*choices.get(question.names, ()), *question.choices]


Maker = Callable[[Question, Mapping[str, Choices], dict[str, Any]], django_forms.Field]
_MAKERS: dict[Kind, Maker] = {
    Kind.TEXT: _text,
    Kind.PHONE: _text,
    Kind.LONG: lambda question, _, common: fields.TextField(max_length=question.longest, **common),
    Kind.EMAIL: lambda question, _, common: django_forms.EmailField(max_length=254, **common),
    Kind.DATE: lambda question, _, common: fields.DateField(past=question.past, **common),
    Kind.APPROXIMATE_DATE: lambda question, _, common: fields.ApproximateDateField(past=question.past, **common),
    Kind.TIME: lambda question, _, common: fields.TimeField(**common),
    Kind.ONE: _one,
    Kind.ONE_OF_MANY: _one_of_many,
    Kind.SEVERAL: _several,
    Kind.NHS_NUMBER: lambda question, _, common: fields.NHSNumberField(**common),
    Kind.UPN: lambda question, _, common: fields.UPNField(**common),
    Kind.POSTCODE: lambda question, _, common: fields.PostcodeField(**common),
}
