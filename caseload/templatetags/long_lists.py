"""The rows of long lists. A template's loops and conditions take longer over fifty rows than the database does.

Every value is escaped where it is put in, and every mark-up is written out here.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from caseload.items import Item
from caseload.lines import CaseLine, Cell

register = template.Library()


@register.simple_tag
def case_rows(lines: Iterable[CaseLine], choosing: object = None) -> SafeString:
    """The rows of a list of cases; each with a box to tick where some of them can be chosen."""
    return _marked(_case_row(line, choosing=bool(choosing)) for line in lines)


def _case_row(line: CaseLine, *, choosing: bool) -> str:
    reference = escape(line.reference)
    box = (
        '<td class="govuk-table__cell"><div class="govuk-checkboxes govuk-checkboxes--small" '
        'data-module="govuk-checkboxes"><div class="govuk-checkboxes__item">'
        f'<input class="govuk-checkboxes__input" id="case-{reference}" name="case" type="checkbox" value="{reference}">'
        f'<label class="govuk-label govuk-checkboxes__label" for="case-{reference}">'
        f'<span class="govuk-visually-hidden">Choose {reference}</span></label></div></div></td>'
    )
    title = f'<br><span class="govuk-!-font-weight-regular">{escape(line.title)}</span>' if line.title else ""
    return (
        f'<tr class="govuk-table__row">{box if choosing else ""}<th scope="row" class="govuk-table__header">'
        f'<a class="govuk-link app-nowrap" href="{escape(line.url)}">{reference}</a>{title}</th>'
        f"{''.join(_cell(cell, wraps=choosing) for cell in line.cells)}</tr>\n"
    )


def _cell(cell: Cell, *, wraps: bool) -> str:
    """With a box to tick before it a row is too long for dates that stay on one line: the year takes the second."""
    tag = f'<br><strong class="govuk-tag govuk-tag--{escape(cell.colour)}">{escape(cell.tag)}</strong>'
    classes = "govuk-table__cell" + (" app-nowrap" if cell.on_one_line and not wraps else "")
    text = escape(cell.text)
    if cell.on_one_line and wraps:
        text = text.replace(" ", "&nbsp;", 1)
    return f'<td data-label="{escape(cell.heading)}" class="{classes}">{text}{tag if cell.tag else ""}</td>'


@register.simple_tag
def task_items(items: Iterable[Item], labelled: str) -> SafeString:
    """What is to be done, each with a link to where: the items of a GOV.UK task list."""
    return _marked(
        '<li class="govuk-task-list__item govuk-task-list__item--with-link">'
        f'<div class="govuk-task-list__name-and-hint">'
        f"{_named(item, 'govuk-link govuk-task-list__link', f'{labelled}-{n}')}</div>{_status(item)}</li>\n"
        for n, item in enumerate(items, 1)
    )


@register.simple_tag(takes_context=True)
def waiting_items(context: template.Context, items: Iterable[Item]) -> SafeString:
    """What is waited for, each with the button that reminds whoever owes it."""
    token = escape(str(context.get("csrf_token", "")))
    return _marked(
        '<li class="govuk-task-list__item"><div class="govuk-task-list__name-and-hint">'
        f"{_named(item, 'govuk-link', f'waiting-{n}')}{_chased(item, token)}</div>{_status(item)}</li>\n"
        for n, item in enumerate(items, 1)
    )


def _named(item: Item, classes: str, mark: str) -> str:
    reference = escape(item.reference)
    return (
        f'<a class="{classes}" href="{escape(item.url)}" aria-describedby="{escape(mark)}">{escape(item.what)}'
        f'<span class="govuk-visually-hidden"> for {reference}</span></a>'
        f'<div class="govuk-task-list__hint" id="{escape(mark)}"><span class="app-nowrap">{reference}</span>'
        f"{escape(f', {item.when}') if item.when else ''}</div>"
    )


def _status(item: Item) -> str:
    if not item.tag:
        return ""
    tag = f'<strong class="govuk-tag govuk-tag--{escape(item.colour)}">{escape(item.tag)}</strong>'
    return f'<div class="govuk-task-list__status">{tag}</div>'


def _chased(item: Item, token: str) -> str:
    """`token` is escaped already."""
    if item.chased:
        return '<div class="govuk-task-list__hint">Reminded today</div>'
    if not item.chase_url:
        return ""
    return (
        f'<form method="post" action="{escape(item.chase_url)}" novalidate>'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        '<button class="app-button-link" type="submit">Remind<span class="govuk-visually-hidden">'
        f" about {escape(item.what)} for {escape(item.reference)}</span></button></form>"
    )


def _marked(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  # nosec B308, B703: escaped above
