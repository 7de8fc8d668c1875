"""Tags and filters for page authors. Everything given to them is escaped unless it is marked safe already."""

import datetime
from typing import Any

from django import template
from django.contrib.messages import SUCCESS, get_messages
from django.forms.utils import flatatt
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from govuk import component, rich_text, words
from govuk.rows import Row, Task
from govuk.summary import mistakes_of

register = template.Library()


# --- forms ------------------------------------------------------------------------------------------------------
@register.simple_tag
def govuk_field(field: Any, shape: Any = None, **more: Any) -> SafeString:
    """One field with label, hint and error: `{% govuk_field form.name size="m" %}`."""
    return component.draw(field, **(shape or {}), **more)


@register.simple_tag
def govuk_fields(form: Any) -> SafeString:
    """All fields of a form, without the form around them."""
    if hasattr(form, "not_asked"):
        revealed = {name for answers in form.reveals.values() for names in answers.values() for name in names}
    else:
        revealed = set()
    return component.draw_all(field for field in form if field.name not in revealed)


@register.simple_tag
def attributes(attrs: dict[str, Any]) -> SafeString:
    return flatatt({name.replace("_", "-"): value for name, value in (attrs or {}).items() if value is not None})


def _asked(context: Any, named: tuple[Any, ...]) -> tuple[Any, ...]:
    return named or tuple(context.get(name) for name in ("form", "formset", "forms"))


@register.simple_tag(takes_context=True)
def title_prefix(context: Any, *asked: Any) -> str:
    """Such as "Error: " when a form of the page was refused."""
    return "Error: " if mistakes_of(*_asked(context, asked)) else ""


@register.simple_tag
def error_summary(*asked: Any) -> str:
    """The error summary of these forms and formsets; nothing when all is well, or when it was drawn already."""
    new = [one for one in _flat(asked) if not getattr(one, "summary_is_drawn", False)]
    mistakes = mistakes_of(*new)
    if not mistakes:
        return ""
    for one in new:
        one.summary_is_drawn = True
    return render_to_string("govuk/_error_summary.html", {"mistakes": mistakes})


def _flat(asked: Any) -> list[Any]:
    flat: list[Any] = []
    for one in asked:
        if isinstance(one, list | tuple):
            flat += _flat(one)
        elif hasattr(one, "is_bound"):
            flat.append(one)
    return flat


@register.simple_tag(takes_context=True)
def page_notice(context: Any) -> str:
    """What stands above the heading: the error summary, or else what was just done."""
    asked = _asked(context, ())
    if mistakes_of(*asked):
        return error_summary(*asked)
    request = context.get("request")
    said = list(get_messages(request)) if request is not None else []
    if not said:
        return ""
    succeeded = all(message.level == SUCCESS for message in said)
    return render_to_string("govuk/_notification_banner.html", {"lines": said, "success": succeeded})


# --- pieces of a page ---------------------------------------------------------------------------------------------
@register.inclusion_tag("govuk/_notification_banner.html")
def notification_banner(text: str, success: bool = False, heading: str = "") -> dict[str, Any]:
    return {"lines": [text], "success": success, "heading": heading}


@register.inclusion_tag("govuk/_summary_list.html")
def summary_list(rows: Any, title: str = "", borders: bool = True, level: int = 2) -> dict[str, Any]:
    """Rows are `govuk.rows.Row`, or tuples (key, value[, url[, action[, hidden]]]). With a title it is a card."""
    made = [Row.of(row) for row in rows]
    return {
        "rows": made,
        "title": title,
        "borders": borders,
        "level": level,
        "has_links": any(row.url for row in made),
    }


@register.inclusion_tag("govuk/_task_list.html")
def task_list(items: Any, id_prefix: str = "task") -> dict[str, Any]:
    """Items are `govuk.rows.Task`."""
    made = [one if isinstance(one, Task) else Task(*one) for one in items]
    return {"tasks": made, "id_prefix": id_prefix}


@register.inclusion_tag("govuk/_tag.html")
def tag(text: str, colour: str = "") -> dict[str, str]:
    """A status. Colours: grey, green, teal, blue, light-blue, purple, magenta, red, orange, yellow."""
    return {"text": text, "colour": colour}


@register.inclusion_tag("govuk/_button.html")
def button(text: str, href: str = "", style: str = "", **attrs: Any) -> dict[str, Any]:
    """A submit button, or with `href` a link that looks like one. Style: secondary, warning, inverse, start."""
    return {"text": text, "href": href, "style": style, "attrs": attrs, "starts": style == "start"}


@register.inclusion_tag("govuk/_back_link.html")
def back_link(url: str, text: str = "Back") -> dict[str, str]:
    return {"url": url, "text": text}


@register.inclusion_tag("govuk/_breadcrumbs.html")
def breadcrumbs(*steps: str) -> dict[str, Any]:
    """Text and address in turn: `{% breadcrumbs "Your work" desk_url "CIOS-2026-0003" %}`; the last may lack one."""
    pairs = [(steps[at], steps[at + 1] if at + 1 < len(steps) else "") for at in range(0, len(steps), 2)]
    return {"steps": pairs}


@register.inclusion_tag("govuk/_warning_text.html")
def warning_text(text: str) -> dict[str, str]:
    return {"text": text}


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False) -> str:
    """`{% details "How was this date worked out?" %}...{% enddetails %}`"""
    return render_to_string("govuk/layout/details.html", {"summary": summary, "inside": content, "is_open": is_open})


@register.simple_block_tag
def panel(content: str, title: str) -> str:
    """`{% panel "Referral sent" %}Your reference<br><strong>{{ reference }}</strong>{% endpanel %}`"""
    return render_to_string("govuk/_panel.html", {"title": title, "inside": content})


@register.simple_block_tag
def inset(content: str) -> str:
    return render_to_string("govuk/layout/inset.html", {"text": content})


@register.inclusion_tag("govuk/_copy_button.html")
def copy_button(target: str, text: str = "Copy", hidden: str = "") -> dict[str, str]:
    """Copies what the element of this selector says; shown only where scripts run."""
    return {"target": target, "text": text, "hidden": hidden}


@register.inclusion_tag("govuk/_print_button.html")
def print_button(text: str = "Print this page") -> dict[str, str]:
    return {"text": text}


# --- lists --------------------------------------------------------------------------------------------------------
@register.inclusion_tag("govuk/_pagination.html", takes_context=True)
def pagination(context: Any, page: Any, label: str = "Pages", parameter: str = "page") -> dict[str, Any]:
    """A Django page, numbered; or anything with `previous_url` and `next_url`, which gets those two links only."""
    if hasattr(page, "previous_url") or hasattr(page, "next_url"):
        before, after = getattr(page, "previous_url", ""), getattr(page, "next_url", "")
        return {"before": before, "after": after, "label": label, "numbers": [], "shown": bool(before or after)}

    def url(number: int) -> str:
        return _query(context, **{parameter: str(number)})

    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    numbers = [
        {"number": number, "url": url(number), "here": number == page.number}
        if isinstance(number, int)
        else {"gap": True}
        for number in elided
    ]
    return {
        "before": url(page.previous_page_number()) if page.has_previous() else "",
        "after": url(page.next_page_number()) if page.has_next() else "",
        "label": label,
        "numbers": numbers,
        "shown": page.has_other_pages(),
    }


@register.inclusion_tag("govuk/_sort_header.html", takes_context=True)
def sort_header(context: Any, text: str, key: str, numeric: bool = False, default: str = "") -> dict[str, Any]:
    """A column heading that sorts by `?sort=key` or `?sort=-key`; `default` is the order without one."""
    request = context.get("request")
    now = (request.GET.get("sort") if request is not None else "") or default
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    turned = f"-{key}" if order == "ascending" else key
    return {"text": text, "order": order, "url": _query(context, sort=turned, page=""), "numeric": numeric}


def _query(context: Any, **changes: str) -> str:
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


# --- words --------------------------------------------------------------------------------------------------------
@register.filter
def gov_date(day: Any) -> str:
    """Such as "27 March 2026"; also of an `ApproximateDate`. Nothing stays nothing."""
    if isinstance(day, datetime.date):
        return words.date_in_words(day)
    return getattr(day, "text", "")


@register.filter
def gov_datetime(instant: Any) -> str:
    """Such as "27 March 2026 at 5:30pm", London."""
    return words.instant_in_words(instant) if instant else ""


@register.filter
def gov_time(time: Any) -> str:
    """Such as "5:30pm", "midday"."""
    return words.time_in_words(time) if time is not None and time != "" else ""


@register.filter(name="rich_text")
def show_rich_text(html: Any, heading: str = "h3") -> SafeString:
    """Formatted text, cleaned again before it is shown. Put it inside `<div class="app-prose">`.

    Its headings are h3 and h4. Straight under the h1 of a page ask for `rich_text:"h2"`, so that no level is left out.
    """
    cleaned = rich_text.clean(str(html or ""))
    return rich_text.raised(cleaned) if heading == "h2" else cleaned


@register.filter
def file_size(size: Any) -> str:
    return words.file_size(int(size or 0))


@register.filter
def inside_sentence(label: Any) -> str:
    """A label as it reads inside a sentence: "Date of birth" gives "date of birth", "NHS number" stays."""
    return words.inside_sentence(str(label))
