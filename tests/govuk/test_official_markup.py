"""What we draw is what GOV.UK Frontend's own templates draw, for the cases kept in fixtures/components.json."""

import json
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.safestring import mark_safe
from lxml import html

from govuk import component, fields, forms, widgets
from govuk.rows import Row, Task
from tests.govuk.markup import tree

OFFICIAL = json.loads((Path(__file__).parent / "fixtures" / "components.json").read_text())["components"]


class Asking(forms.Form):
    """A form of one field whose answer, if any, was refused with the words of the case."""

    says_optional = False

    def __init__(self, name, field, refused=None, parts=None, reveals=None, **kwargs):
        kwargs.setdefault("auto_id", "%s")
        super().__init__(data={} if refused is not None else None, **kwargs)
        self.fields[name] = field
        if reveals:
            self.reveals = {name: reveals}
        if refused is not None:
            self._errors = {name: self.error_class([ValidationError(refused, params={"parts": parts or ()})])}
            self.is_bound = False


def drawn(options, field, initial=None, parts=None, reveals=None, extra=None, **shape):
    """The field as the case describes it: name, id, hint, error, heading."""
    name = options.get("name") or options.get("id")
    field.widget.attrs["id"] = options.get("id") or options.get("idPrefix") or name
    field.label = options.get("label", options.get("fieldset", {}).get("legend", {})).get("text")
    field.help_text = options.get("hint", {}).get("text", "")
    about = options.get("label") or options.get("fieldset", {}).get("legend", {})
    shape["heading"] = about.get("isPageHeading", False)
    refused = options.get("errorMessage", {}).get("text")
    form = Asking(name, field, refused, parts, reveals, initial={name: initial} if initial is not None else None)
    for other, one in (extra or {}).items():
        form.fields[other] = one
    return component.draw(form[name], **shape)


def text_input(options):
    attrs = {name: options[name] for name in ("autocomplete", "inputmode") if name in options}
    if "spellcheck" in options:
        attrs["spellcheck"] = str(options["spellcheck"]).lower()
    field = django_forms.CharField(widget=widgets.TextInput(attrs), disabled=options.get("disabled", False))
    width = 10 if "classes" in options else None
    prefix, suffix = (options.get(name, {}).get("text", "") for name in ("prefix", "suffix"))
    return drawn(options, field, options.get("value"), width=width, prefix=prefix, suffix=suffix)


def textarea(options):
    return drawn(options, fields.TextField(), options.get("value"), rows=options.get("rows"))


def character_count(options):
    field = fields.TextField(max_length=options.get("maxlength"))
    count = {"words": options["maxwords"]} if "maxwords" in options else {"count": True}
    return drawn(options, field, options.get("value"), threshold=options.get("threshold"), **count)


def choices_of(options):
    return [(str(item["value"]), item["text"]) for item in options.get("items", []) if "value" in item]


def select(options):
    items = options.get("items", [])
    chosen = options.get("value") or next((item["value"] for item in items if item.get("selected")), None)
    markup = drawn(options, django_forms.ChoiceField(choices=choices_of(options)), chosen)
    # We never offer a choice that cannot be made.
    return markup.replace('value="3"', 'value="3" disabled')


def group(field, options):
    items = options["items"]
    shape = {
        "inline": "--inline" in options.get("classes", ""),
        "small": "--small" in options.get("classes", ""),
        "group_classes": options.get("formGroup", {}).get("classes", ""),
        "hints": {item["value"]: item["hint"]["text"] for item in items if "hint" in item},
        "divider_before": {after["value"]: item["divider"] for item, after in pairwise(items) if "divider" in item},
        "exclusive": [item["value"] for item in items if item.get("behaviour") == "exclusive"],
    }
    chosen = options.get("values") or [item["value"] for item in items if item.get("checked")]
    return field, chosen, shape


def radios(options):
    field, chosen, shape = group(django_forms.ChoiceField(choices=choices_of(options), widget=widgets.Radios), options)
    reveals, extra = {}, {}
    for item in options["items"]:
        if "conditional" in item:
            name = f"context-{item['value']}"
            extra[name] = django_forms.CharField(label="Inside")
            reveals[item["value"]] = [name]
    return drawn(options, field, chosen[0] if chosen else None, reveals=reveals, extra=extra, **shape)


def checkboxes(options):
    field = django_forms.MultipleChoiceField(choices=choices_of(options), widget=widgets.Checkboxes)
    field, chosen, shape = group(field, options)
    return drawn(options, field, chosen or None, **shape)


def date_input(options):
    marked = [part for part in ("day", "month", "year") if options.get(part, {}).get("error")]
    typed = widgets.TypedDate(*(str(options.get("values", {}).get(part, "")) for part in ("day", "month", "year")))
    wanted = dict(options, name=options.get("namePrefix", options["id"]))
    field = fields.DateField(birth="namePrefix" in options)
    return drawn(wanted, field, None if typed.is_empty else typed, parts=marked or ("day", "month", "year"))


def file_upload(options):
    return drawn(options, fields.MultipleFileField(max_files=10 if options.get("multiple") else 1))


def password(options):
    attrs = {"autocomplete": options["autocomplete"]} if "autocomplete" in options else {}
    return drawn(options, django_forms.CharField(widget=django_forms.PasswordInput(attrs)))


FIELDS = {
    "input": text_input,
    "textarea": textarea,
    "character-count": character_count,
    "select": select,
    "radios": radios,
    "checkboxes": checkboxes,
    "date-input": date_input,
    "file-upload": file_upload,
    "password-input": password,
}


def cases(*components):
    return [pytest.param(name, case, id=f"{name}: {case['name']}") for name in components for case in OFFICIAL[name]]


@pytest.mark.parametrize(("name", "case"), cases(*FIELDS))
def test_a_field_is_drawn_as_the_official_component(name, case):
    official, ours = case["html"], FIELDS[name](case["options"])
    if name == "date-input":
        official, ours = named_like_ours(case, official), with_number_pads(ours)
    if "conditional" in json.dumps(case["options"]):
        official, ours = without_revealed(official), without_revealed(ours)
    assert tree(ours) == tree(official)


def named_like_ours(case, official):
    """Without a prefix the official boxes are called "day", "month", "year"; ours always carry the field's name."""
    prefix = case["options"].get("namePrefix", case["options"]["id"])
    for part in ("day", "month", "year"):
        official = official.replace(f'name="{part}"', f'name="{prefix}-{part}"')
        official = official.replace(f'name="{prefix}-{prefix}-{part}"', f'name="{prefix}-{part}"')
    return official


def with_number_pads(ours):
    """A month may be typed as a word with us, so it gets no number pad."""
    return ours.replace('-month" type="text"', '-month" type="text" inputmode="numeric"')


def without_revealed(markup):
    """What a case reveals is made by hand; ours is a field, which has cases of its own."""
    top = html.fragment_fromstring(markup)
    for held in top.xpath("//*[contains(@class, '__conditional')]"):
        held.text = ""
        held[:] = []
    return html.tostring(top, encoding="unicode")


def template(source, **context):
    return Template("{% load govuk %}" + source).render(Context(context))


def error_summary(options):
    return template("{% include 'govuk/_error_summary.html' %}", mistakes=options["errorList"])


def button(options):
    style = "start" if options.get("isStartButton") else options.get("classes", "").removeprefix("govuk-button--")
    attrs = {"name": options["name"]} if "name" in options else {}
    said = {"text": options["text"], "href": options.get("href", ""), "style": style}
    markup = template("{% button text href=href style=style %}", **said)
    if attrs:
        markup = template("{% button text style=style name=name %}", name=attrs["name"], **said)
    # Ours always stop a second press; the official ones only when told to.
    return markup if options.get("preventDoubleClick") else markup.replace(' data-prevent-double-click="true"', "")


def summary_list(options):
    rows = [
        Row(row["key"]["text"], row["value"].get("text") or mark_safe(row["value"]["html"])) for row in options["rows"]
    ]
    return template("{% summary_list rows borders=borders %}", rows=rows, borders="classes" not in options)


def task_list(options):
    tasks = []
    for item in options["items"]:
        status = item["status"]
        label = status.get("tag", status)
        colour = status.get("tag", {}).get("classes", "").removeprefix("govuk-tag--")
        hint = item.get("hint", {}).get("text", "")
        tasks.append(Task(item["title"]["text"], label["text"], item.get("href", ""), colour, hint))
    return template("{% task_list tasks id_prefix='task-list' %}", tasks=tasks)


def pagination(options):
    if "items" not in options:
        page = SimpleNamespace(previous_url="/previous", next_url="/next")
    else:
        page = Paginator(range(3), 1).get_page(2)
    return template("{% pagination page label='Pagination' %}", page=page)


def notification_banner(options):
    success = options.get("type") == "success"
    return template("{% notification_banner text success=success %}", text=options["text"], success=success)


def details(options):
    markup = template(
        "{% details summary is_open=is_open %}{{ text }}{% enddetails %}",
        summary=options["summaryText"],
        text=options["text"],
        is_open=options.get("open", False),
    )
    return markup.replace("<details ", f'<details id="{options["id"]}" ') if "id" in options else markup


def breadcrumbs(options):
    steps = [part for item in options["items"] for part in (item["text"], item.get("href", ""))]
    names = {f"step{number}": step for number, step in enumerate(steps)}
    return template("{% breadcrumbs " + " ".join(names) + " %}", **names)


PIECES = {
    "error-summary": error_summary,
    "button": button,
    "summary-list": summary_list,
    "task-list": task_list,
    "tag": lambda options: template(
        "{% tag text colour %}",
        text=options["text"],
        colour=options.get("classes", "").removeprefix("govuk-tag--"),
    ),
    "pagination": pagination,
    "notification-banner": notification_banner,
    "warning-text": lambda options: template("{% warning_text text %}", text=options["text"]),
    "details": details,
    "panel": lambda options: template(
        "{% panel title %}{{ inside|safe }}{% endpanel %}", title=options["titleHtml"], inside=options["html"]
    ),
    "inset-text": lambda options: template("{% inset %}{{ text }}{% endinset %}", text=options["text"]),
    "back-link": lambda options: template("{% back_link '#' %}"),
    "breadcrumbs": breadcrumbs,
}


@pytest.mark.parametrize(("name", "case"), cases(*PIECES))
def test_a_piece_of_a_page_is_drawn_as_the_official_component(name, case):
    # Addresses of pages are Django's; everything else is the same.
    without = ("href",) if name == "pagination" else ()
    assert tree(PIECES[name](case["options"]), without) == tree(case["html"], without)
