"""What every form of the product is made of: how it asks, how it refuses, how it is laid out."""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.forms.models import ModelFormMetaclass

from govuk.fields import DateField, DateTimeField, TextField, TimeField
from govuk.fields.dates import Dated
from govuk.layout import Submit
from govuk.refusals import word_refusals
from govuk.widgets import Radios, Textarea

LONGEST_TEXT = 20_000
MOST_RADIOS = 12


class _Asking(forms.BaseForm):
    """What `Form` and `ModelForm` share.

    shapes   how a field looks: {"name": {"heading": True, "width": 10}} (see govuk/README.md)
    reveals  which answers reveal which fields: {"injured": {"yes": ["injuries"]}}. A field that is not revealed is
             not asked: whatever was sent for it is dropped, and it is never missing. One that is revealed follows
             its own `required`.
    subjects what a field asks for, where its label is a question: {"name": "the child's name"}
    layout   names of fields and layout objects, when the order of the fields is not enough
    submit   the words of the green button; '' when the template has its own
    method   "get" for filters, which also set says_optional = False
    """

    use_required_attribute = False
    shapes: ClassVar[dict[str, dict[str, Any]]] = {}
    reveals: ClassVar[dict[str, dict[str, list[str]]]] = {}
    subjects: ClassVar[dict[str, str]] = {}
    layout: ClassVar[Iterable[Any]] = ()
    submit: ClassVar[str] = "Save and continue"
    method: ClassVar[str] = "post"
    says_optional: ClassVar[bool] = True

    def __init__(self, *args: Any, today: datetime.date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.today = today
        for name, field in self.fields.items():
            self._prepare(name, field)

    def _prepare(self, name: str, field: forms.Field) -> None:
        if isinstance(field, Dated):
            field.today = self.today
            field.subject = self.subjects.get(name, "")
        if isinstance(field, TimeField):
            field.subject = self.subjects.get(name, "")
        if isinstance(field, forms.CharField):
            if type(field.widget) is forms.Textarea:
                field.widget = Textarea(field.widget.attrs | {"cols": None})
            if field.max_length is None:
                field.max_length = LONGEST_TEXT
                field.validators.append(MaxLengthValidator(LONGEST_TEXT))
        word_refusals(field, str(field.label or name.replace("_", " ").capitalize()), self.subjects.get(name))

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self.not_asked():
            self._errors.pop(name, None)  # type: ignore[attr-defined]
            field = self.fields[name]
            self.cleaned_data[name] = [] if isinstance(field, _LISTS) else getattr(field, "empty_value", None)

    def not_asked(self) -> set[str]:
        """The names of the fields that the answers given do not reveal."""
        hidden: set[str] = set()
        for owner, revealed_by in self.reveals.items():
            if owner not in self.fields:
                continue
            value = self[owner].value()
            chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
            for answer, names in revealed_by.items():
                if str(answer) not in chosen or owner in hidden:
                    hidden.update(name for name in names if name in self.fields)
        return hidden

    def has_seen(self, version: int) -> None:
        """What somebody else saved meanwhile has been shown: sent again, the form stands over that version."""
        self.data: Any = self.data.copy()
        self.data[self.add_prefix("seen_version")] = str(version)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = True
        helper.form_method = self.method
        helper.disable_csrf = self.method == "get"
        helper.include_media = False
        helper.render_hidden_fields = True
        revealed = {name for answers in self.reveals.values() for names in answers.values() for name in names}
        parts = [*(self.layout or [name for name in self.fields if name not in revealed])]
        if self.submit:
            parts.append(Submit(self.submit))
        helper.layout = Layout(*parts)
        return helper


class FormSet(forms.BaseFormSet):
    """The base to give `formset_factory(..., formset=FormSet)`: its own messages in plain words."""

    default_error_messages = {
        "missing_management_form": "Open this page again, then send the form once more",
        "too_many_forms": "You can add up to %(num)d",
        "too_few_forms": "Add %(num)d or more",
    }


_LISTS = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)


class Form(_Asking, forms.Form):
    """A form that is not made from a model."""


def _field_of(db_field: Any, **kwargs: Any) -> forms.Field | None:
    """The product's own field for a model's field."""
    own: dict[str, Any] = {
        "DateField": DateField,
        "DateTimeField": DateTimeField,
        "TimeField": TimeField,
        "TextField": TextField,
    }
    if db_field.choices:
        if len(db_field.choices) <= MOST_RADIOS:
            kwargs.setdefault("widget", Radios)
        field = db_field.formfield(**kwargs)
        if isinstance(field.widget, Radios):
            field.choices = [choice for choice in field.choices if choice[0] not in ("", None)]
        return field
    if isinstance(db_field, models.URLField):
        kwargs.setdefault("assume_scheme", "https")
    form_class = own.get(db_field.get_internal_type())
    if form_class and "widget" not in kwargs and "form_class" not in kwargs:
        kwargs |= {"form_class": form_class, "widget": form_class.widget}
    return db_field.formfield(**kwargs)


class _ModelFormMeta(ModelFormMetaclass):
    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(_field_of)
        return super().__new__(mcs, name, bases, attrs)


class ModelForm(_Asking, forms.ModelForm, metaclass=_ModelFormMeta):
    """A form made from a model: dates in three boxes, choices as radios."""
