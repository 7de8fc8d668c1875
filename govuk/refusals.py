"""Error messages in the words GOV.UK uses, made from what the field is called."""

from typing import Any

from django import forms

from govuk.widgets import Files
from govuk.words import inside_sentence

# A label that already says what to do is its own message.
_COMMANDS = frozenset(
    {"Add", "Ask", "Choose", "Confirm", "Describe", "Enter", "Explain", "Give"}
    | {"List", "Name", "Say", "Select", "Tell", "Type", "Upload", "Write"}
)
_CHOOSING = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)


def word_refusals(field: forms.Field, label: str, subject: str | None) -> None:
    """Gives the field its messages, leaving alone those its author wrote."""
    said = {**_plain_words(field, label, subject), **_own_words(field)}
    stock = _stock_of(type(field))
    for code, words in said.items():
        if code not in field.error_messages or field.error_messages[code] == stock.get(code):
            field.error_messages[code] = words


def _stock_of(kind: type[forms.Field]) -> dict[str, Any]:
    """Django's own messages for this kind of field; what a class of ours says stays said."""
    messages: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("django."):
            messages.update(vars(base).get("default_error_messages", {}))
    return messages


def _plain_words(field: forms.Field, label: str, subject: str | None) -> dict[str, str]:
    is_question = label.endswith("?") and not subject
    # A per cent sign would be taken for a place to put a value.
    it = (subject or inside_sentence(label)).replace("%", " per cent")
    start = "Answer" if is_question else it[:1].upper() + it[1:]
    choosing = isinstance(field, _CHOOSING)
    if is_question:
        needed = "Select an answer" if choosing else "Enter an answer"
    elif not subject and label.partition(" ")[0] in _COMMANDS:
        needed = label
    elif isinstance(field, forms.BooleanField) and label.startswith("I "):
        needed = f"Confirm that you {label[2:]}"
    else:
        needed = f"{_verb(field)} {it}"
    return {
        "required": needed,
        "invalid": f"{start} must be in the correct format",
        "max_length": f"{start} must be %(limit_value)d characters or fewer",
        "min_length": f"{start} must be %(limit_value)d characters or more",
        "max_value": f"{start} must be %(limit_value)s or fewer",
        "min_value": f"{start} must be %(limit_value)s or more",
        "null_characters_not_allowed": f"{start} must not include characters that cannot be shown. Type it again",
        "invalid_choice": needed,
        "invalid_list": needed,
        "invalid_pk_value": needed,
        "missing": needed,
    }


def _verb(field: forms.Field) -> str:
    chooses = isinstance(field, _CHOOSING) or isinstance(field.widget, Files)
    return "Select" if chooses or isinstance(field, forms.BooleanField) else "Enter"


def _own_words(field: forms.Field) -> dict[str, str]:
    label = str(field.label or "").rstrip("?") or "This"
    if isinstance(field, forms.EmailField):
        return {"invalid": "Enter an email address in the correct format, like name@example.com"}
    if isinstance(field, forms.URLField):
        return {"invalid": "Enter a web address in the correct format, like https://www.example.com"}
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return {"invalid": f"{label} must be a number, like 3.5"}
    if isinstance(field, forms.IntegerField):
        return {"invalid": f"{label} must be a whole number, like 30"}
    return {}
