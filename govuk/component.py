"""From a bound field to the markup of its GOV.UK component.

`draw(field, **shape)` is the only door. What a shape may say is listed in govuk/README.md. Any Django form will do:
the product's own forms only add what they know about themselves (`shapes`, `reveals`, `says_optional`).
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from govuk.widgets import DateParts

_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
)
_OPTION = '<option value="{}"{}>{}</option>'
# GOV.UK pages check on the server only, and a browser that cuts off pasted text hides the mistake.
_NOT_OURS = frozenset(
    ("class", "id", "maxlength", "minlength", "min", "max", "step", "required", "rows", "cols", "type", "multiple")
)


def draw(field: BoundField, **shape: Any) -> SafeString:
    """The field with its label, hint, error and, for choices, whatever an answer reveals."""
    kind = kind_of(field)
    if kind == "hidden":
        return hidden(field)
    shape = {**getattr(field.form, "shapes", {}).get(field.name, {}), **shape}
    context = {**_outside(field, kind, shape), **_INSIDE.get(kind, _input)(field, shape)}
    context["label_for"] = context["id"]
    return render_to_string(f"govuk/fields/{kind}.html", context)


def draw_all(fields: Iterable[BoundField]) -> SafeString:
    """These fields one after another."""
    return format_html_join("", "{}", ((draw(field),) for field in fields))


def kind_of(field: BoundField) -> str:
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if hasattr(widget, "component"):
        return widget.component
    return next((kind for base, kind in _KINDS if isinstance(widget, base)), "input")


def hidden(field: BoundField) -> SafeString:
    value = field.field.widget.format_value(field.value()) if not field.field.widget.is_localized else field.value()
    values = value if isinstance(value, list | tuple) else [value]
    drawn = (
        render_to_string("govuk/fields/hidden.html", {"name": field.html_name, "id": _id(field), "value": one})
        for one in values
    )
    return format_html_join("", "{}", ((one,) for one in drawn))


def first_input_id(field: BoundField) -> str:
    """Where a link from the error summary leads: the first input at fault."""
    base = _id(field)
    if kind_of(field) not in ("date", "datetime"):
        return base
    parts = _parts_at_fault(field)
    return f"{base}-{next((part for part in ('day', 'month', 'year', 'time') if part in parts), 'day')}"


def _id(field: BoundField) -> str:
    return field.field.widget.attrs.get("id") or field.auto_id or f"id_{field.html_name}"


def _outside(field: BoundField, kind: str, shape: dict[str, Any]) -> dict[str, Any]:
    base = _id(field)
    errors = [] if shape.get("show_errors") is False else list(field.errors)
    heading = bool(shape.get("heading"))
    hint = shape.get("hint", field.help_text)
    described = [f"{base}-hint"] * bool(hint) + [f"{base}-error"] * bool(errors)
    return {
        "id": base,
        "name": field.html_name,
        "label": _label(field, kind, shape),
        "heading": heading,
        "size": shape.get("size") or ("l" if heading else ""),
        "label_hidden": bool(shape.get("label_hidden")),
        "hint": hint,
        "errors": errors,
        "described_by": " ".join(described),
        "group_classes": shape.get("group_classes", ""),
        "classes": " ".join(filter(None, [field.field.widget.attrs.get("class", ""), shape.get("classes", "")])),
        "disabled": field.field.disabled,
        "attrs": {
            name: value
            for name, value in field.field.widget.attrs.items()
            if name not in _NOT_OURS and value is not None
        },
    }


def _label(field: BoundField, kind: str, shape: dict[str, Any]) -> str:
    label = str(shape.get("label", field.label) or "")
    says_optional = getattr(field.form, "says_optional", True) and shape.get("says_optional", True)
    if not says_optional or field.field.required or field.field.disabled or kind == "checkbox":
        return label
    return label if not label or "(optional)" in label else f"{label} (optional)"


def _input(field: BoundField, shape: dict[str, Any]) -> dict[str, Any]:
    widget = field.field.widget
    kind = getattr(widget, "input_type", "text")
    width = shape.get("width", getattr(field.field, "width", None))
    classes = ""
    if width:
        classes = f"govuk-input--width-{width}" if isinstance(width, int) else f"govuk-!-width-{width}"
    inputmode = "decimal" if isinstance(field.field, forms.DecimalField | forms.FloatField) else "numeric"
    value = field.value()
    return {
        # A box of type "number" loses what was typed and scrolls by accident.
        "type": "text" if kind in ("number", "date", "time", "datetime-local") else kind,
        "inputmode": inputmode if kind == "number" else "",
        "value": widget.format_value(value) if value not in (None, "") else None,
        "width_class": classes,
        "prefix": shape.get("prefix", ""),
        "suffix": shape.get("suffix", ""),
    }


def _password(field: BoundField, shape: dict[str, Any]) -> dict[str, Any]:
    widget = field.field.widget
    value = field.value() if getattr(widget, "render_value", False) else None
    return {"value": value, "autocomplete": widget.attrs.get("autocomplete", "current-password")}


def _textarea(field: BoundField, shape: dict[str, Any]) -> dict[str, Any]:
    count = shape.get("count")
    limit = getattr(field.field, "max_length", None) if count is True else count
    words = shape.get("words")
    value = field.field.widget.format_value(field.value())
    context = _outside(field, "textarea", shape)
    described = context["described_by"]
    if limit or words:
        described = f"{_id(field)}-info {described}".strip()
    return {
        "value": value or "",
        "rows": shape.get("rows") or field.field.widget.attrs.get("rows") or 5,
        "max_length": None if words else limit,
        "max_words": words,
        "limit": words or limit,
        "limit_unit": "words" if words else "characters",
        "threshold": shape.get("threshold"),
        "described_by": described,
    }


def _select(field: BoundField, shape: dict[str, Any]) -> dict[str, Any]:
    chosen = _chosen(field)
    empty = shape.get("empty_text", "Select")

    def option(value: str, text: Any) -> tuple[str, str, Any]:
        words = empty if value == "" and set(str(text)) <= {"-"} else text
        return value, " selected" if value in chosen else "", words

    # Put together here, not in the template: a list of a hundred agencies would take longer than the rest of a page.
    groups = [
        {"name": name, "options": format_html_join("", _OPTION, (option(*choice) for choice in choices))}
        for name, choices in _choice_groups(field)
    ]
    return {"groups": groups, "multiple": getattr(field.field.widget, "allow_multiple_selected", False)}


def _choices(field: BoundField, shape: dict[str, Any]) -> dict[str, Any]:
    base, chosen = _id(field), _chosen(field)
    reveals = getattr(field.form, "reveals", {}).get(field.name, {})
    hints, dividers = shape.get("hints", {}), shape.get("divider_before", {})
    exclusive = shape.get("exclusive", ())
    items = []
    pairs = [pair for _, choices in _choice_groups(field) for pair in choices if pair[0] != ""]
    index = 0
    for value, text in pairs:
        # As in the official templates, a divider takes a number too.
        index += 2 if dividers.get(value) else 1
        item_id = base if index == 1 else f"{base}-{index}"
        names = [name for name in reveals.get(value, ()) if name in field.form.fields]
        items.append(
            {
                "id": item_id,
                "value": value,
                "text": text,
                "chosen": value in chosen,
                "hint": hints.get(value, ""),
                "divider": dividers.get(value, ""),
                "exclusive": value == exclusive or value in exclusive,
                "revealed": draw_all(field.form[name] for name in names),
            }
        )
    return {"items": items, "inline": shape.get("inline", False), "small": shape.get("small", False)}


def _checkbox(field: BoundField, shape: dict[str, Any]) -> dict[str, Any]:
    names = getattr(field.form, "reveals", {}).get(field.name, {}).get("True", ())
    return {
        "chosen": bool(field.value()) and field.value() != "False",
        "revealed": draw_all(field.form[name] for name in names),
        "small": shape.get("small", False),
    }


def _date(field: BoundField, shape: dict[str, Any]) -> dict[str, Any]:
    return {"boxes": _date_boxes(field, field.value()), **_unknown(field, field.value(), shape)}


def _datetime(field: BoundField, shape: dict[str, Any]) -> dict[str, Any]:
    moment = field.field.widget.moment(field.value())
    at_fault = _parts_at_fault(field)
    return {
        "boxes": _date_boxes(field, moment.date),
        "time": {
            "id": f"{_id(field)}-time",
            "name": f"{field.html_name}-time",
            "value": moment.time,
            "at_fault": "time" in at_fault,
        },
    }


def _date_boxes(field: BoundField, value: Any) -> list[dict[str, Any]]:
    widget: DateParts = field.field.widget
    typed = widget.parts(value)
    at_fault = _parts_at_fault(field)
    birth = widget.attrs.get("autocomplete") == "bday"
    return [
        {
            "id": f"{_id(field)}-{part}",
            "name": f"{field.html_name}-{part}",
            "label": part.capitalize(),
            "value": getattr(typed, part),
            "width": 4 if part == "year" else 2,
            "at_fault": part in at_fault,
            "autocomplete": f"bday-{part}" if birth else "",
            # A month may be typed as a word, which a number pad cannot do.
            "inputmode": "" if part == "month" else "numeric",
        }
        for part in ("day", "month", "year")
    ]


def _unknown(field: BoundField, value: Any, shape: dict[str, Any]) -> dict[str, Any]:
    if not getattr(field.field, "may_be_unknown", False):
        return {}
    return {
        "unknown": {
            "id": f"{_id(field)}-unknown",
            "name": f"{field.html_name}-unknown",
            "text": shape.get("unknown_text", "Not known"),
            "chosen": field.field.widget.parts(value).unknown,
        }
    }


def _file(field: BoundField, shape: dict[str, Any]) -> dict[str, Any]:
    return {"multiple": bool(field.field.widget.attrs.get("multiple"))}


def _parts_at_fault(field: BoundField) -> set[str]:
    faults: set[str] = set()
    for error in getattr(field.errors, "data", []):
        params = getattr(error, "params", None) or {}
        faults.update(params.get("parts", ("day", "month", "year")))
    return faults


def _chosen(field: BoundField) -> set[str]:
    value = field.value()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {str(one) for one in values if one is not None}


def _choice_groups(field: BoundField) -> list[tuple[str, list[tuple[str, Any]]]]:
    groups: list[tuple[str, list[tuple[str, Any]]]] = [("", [])]
    for value, text in field.field.widget.choices:
        if isinstance(text, list | tuple):
            groups.append((str(value), [(str(one), words) for one, words in text]))
            groups.append(("", []))
        else:
            groups[-1][1].append(("" if value is None else str(value), text))
    return [group for group in groups if group[1]]


_INSIDE = {
    "input": _input,
    "password": _password,
    "textarea": _textarea,
    "select": _select,
    "radios": _choices,
    "checkboxes": _choices,
    "checkbox": _checkbox,
    "date": _date,
    "datetime": _datetime,
    "file": _file,
}
