"""Pages that show a notification."""

from __future__ import annotations

import json

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.access import open_part
from audit.events import key_of
from cases.models import Case
from cases.panel import Doing
from cases.rights import ASSIGN, EDIT_PEOPLE
from decisions.presenter import escalation_shown
from documents.serve import attachment, download
from notifications.incident import areas, copilot, doings, presenter, rights
from notifications.incident.composing import compose, sha256_of, sheets_of
from notifications.incident.models import Attachment, FrozenContent, Notification
from notifications.incident.scope import not_in_scope
from notifications.incident.since import worse_since
from notifications.register.models import Submission


@require_GET
def listing(request):
    """The notifications this person may see, those being prepared first."""
    by = request.by
    seen = (
        Notification.objects.visible_to(by)
        .select_related("case", "notifying_la")
        .order_by("sent_at", "-received_on", "-pk")
    )
    page = Paginator(seen, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "incident/list.html",
        {"page": page, "lines": presenter.lines(page.object_list), "may_open": rights.OPEN_CASE.allows(by)},
    )


@require_GET
def notification(request, pk):
    """Where the notification stands: its clocks, what is still needed, who agrees, and what may be done."""
    opened = open_part(request, Notification, pk)
    by = request.by
    may_write = (opened.is_preparing or opened.is_sent) and rights.PREPARE.allows(by, opened)
    sheets = sheets_of(opened, by.user if may_write else None)
    decision, seats = presenter.positions(opened, by)
    whole_case = Case.objects.visible_to(by).filter(pk=opened.case_id).exists()
    versions = list(opened.versions.select_related("paper", "frozen_by"))
    last = versions[-1] if versions else None
    return render(
        request,
        "incident/notification.html",
        {
            "notification": opened,
            "case": opened.case,
            "colour": presenter.colour_of(opened),
            "turn": presenter.turn_of(opened),
            "clocks": presenter.clocks_of(opened, by),
            "facts": presenter.facts(opened, may_change=may_write),
            "awareness": presenter.awareness(opened, may_record=rights.RECORD_DATES.allows(by, opened)),
            "not_confirmed": opened.is_provisional and (opened.is_preparing or opened.is_sent),
            "tasks": presenter.tasks(
                opened, sheets, may_write=may_write, may_add_child=may_write and EDIT_PEOPLE.allows(by, opened.case)
            ),
            "still_needed": presenter.still_needed(opened, sheets) if opened.is_preparing else [],
            "chased": presenter.chased(sheets),
            "decision": decision,
            "escalation": escalation_shown(decision, on=by.today) if decision and opened.is_preparing else None,
            "seats": seats,
            "doings": [*_copying(opened, by), *doings.offered(opened, by), *presenter.doings(opened, by)],
            "may_write": may_write,
            "may_see_files": whole_case,
            "may_join_others": whole_case and ASSIGN.allows(by, opened.case),
            "files": Attachment.objects.visible_to(by).filter(notification=opened).select_related("upload"),
            "worse": worse_since(opened),
            "told": presenter.told(opened, by),
            "not_in_scope": not_in_scope(opened.case, opened.kind) if opened.is_preparing else "",
            "rule": areas.rule_for(opened.case, opened.kind),
            "rule_names_another": opened.is_preparing and areas.differs(opened),
            "versions": versions,
            "learned": presenter.learned_since(opened, last) if last and opened.is_sent else [],
            "differences": presenter.differences(opened, last) if last and opened.is_sent else [],
            "submissions": Submission.objects.visible_to(by).of_occasion(key_of(opened)).select_related("sent_by"),
        },
    )


def _copying(notification, by):
    """What comes before recording that it was sent."""
    if notification.is_preparing and rights.PREPARE.allows(by, notification):
        yield Doing("Copy the answers into the national form", reverse("incident:read", args=[notification.pk]))


@require_GET
def read(request, pk):
    """The national form's co-pilot: every answer in its order, each with a button that copies it."""
    opened = open_part(request, Notification, pk)
    by = request.by
    pages = copilot.pages_of(opened, by.user if rights.PREPARE.allows(by, opened) else None)
    return render(
        request,
        "incident/read.html",
        {
            "notification": opened,
            "case": opened.case,
            "pages": pages,
            "needed": copilot.needed_in(pages),
            "minutes": copilot.MINUTES,
            "may_reveal": rights.PREPARE.allows(by, opened),
            "doings": [*doings.offered(opened, by), *presenter.doings(opened, by)],
        },
    )


@require_GET
def paper(request, pk, number):
    """One version as a file. 0 is the draft."""
    if number == 0:
        opened = open_part(request, Notification, pk, verb="downloaded")
        if opened.draft is None:
            raise Http404("No draft has been made.")
        return download(opened.draft, request.GET.get("as"))
    version = _version(request, pk, number, verb="downloaded")
    return download(version.paper, request.GET.get("as"))


@require_GET
def as_json(request, pk, number):
    """One version as JSON with its hash. 0 is what is written so far."""
    if number == 0:
        opened = open_part(request, Notification, pk, verb="exported")
        content = compose(opened)
        said = {"version": 0, "sha256": sha256_of(content), "content": content}
        reference = opened.case.reference
    else:
        version = _version(request, pk, number, verb="exported")
        said = {"version": version.number, "sha256": version.sha256, "content": version.content}
        reference = version.content["reference"]
    text = json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False)
    return attachment(text.encode(), f"OFFICIAL-SENSITIVE {reference} notification version {number}.json")


def _version(request, pk, number, *, verb):
    found = FrozenContent.objects.visible_to(request.by).filter(notification=pk, number=number).first()
    if found is None:
        raise Http404("There is nothing here for you at this address.")
    return open_part(request, FrozenContent, found.pk, verb=verb)
