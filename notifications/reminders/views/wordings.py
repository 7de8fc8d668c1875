"""What messages say: as shipped, or in the partnership's own words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages as banners
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Partnership
from accounts.requests import PersonRequest
from audit.lifecycle import StaleEdit
from deadlines.presenter import sentence
from notifications.reminders import actions, gathered, parts, rights
from notifications.reminders.forms import WordingForm
from notifications.reminders.models import Wording
from notifications.reminders.wording import shipped_news

EXAMPLE = {
    "duty": "Notify the Panel of the incident",
    "due_on": "12 October 2026",
    "role": "local authority notifier",
    "days": "2 working days",
}


@dataclass(frozen=True)
class Line:
    """One message of the list."""

    title: str
    url: str
    is_chosen: bool


def _titles() -> dict[str, str]:
    """Name -> when it is sent, for every message there is. Two that are sent at once differ by their subjects."""
    news = {telling.template: sentence(telling.verb) for telling in sorted(gathered.every(), key=lambda one: one.verb)}
    often = Counter(news.values())
    return dict(parts.CLOCK_TITLES) | {
        name: f"{title} (“{_shipped(name).subject.removesuffix(': {reference}')}”)" if often[title] > 1 else title
        for name, title in news.items()
    }


@require_safe
def wordings(request: PersonRequest):
    """Every message, and which of them the partnership has put into its own words."""
    rights.WORD.require(request.by)
    chosen = set(Wording.objects.values_list("name", flat=True))
    lines = [
        Line(title, reverse("reminders:wording", args=[name]), name in chosen) for name, title in _titles().items()
    ]
    return render(
        request,
        "reminders/wordings.html",
        {"clocks": lines[: len(parts.CLOCK_TITLES)], "news": lines[len(parts.CLOCK_TITLES) :]},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: PersonRequest, name: str):
    """One message: shown with an example's facts before it is kept."""
    rights.WORD.require(request.by)
    title = _title(name)
    places = parts.OF_A_CLOCK if name in parts.CLOCKS else parts.ALWAYS
    row = Wording.objects.filter(name=name).first()
    now = parts.Parts(row.subject, row.owed, row.why) if row else _shipped(name)
    initial = {"subject": now.subject, "owed": now.owed, "why": now.why, "seen_version": row.version if row else 0}
    form = WordingForm(request.POST or None, initial=initial, places=places)
    shown, theirs = _example(now), None
    if request.method == "POST" and form.is_valid():
        shown = _example(form.parts)
        if "look" not in request.POST:
            try:
                actions.change_wording(
                    name,
                    by=request.by,
                    subject=form.parts.subject,
                    owed=form.parts.owed,
                    why=form.parts.why,
                    seen_version=form.cleaned_data["seen_version"] or 0,
                )
            except StaleEdit:
                theirs = Wording.objects.get(name=name)
                form.data = {**request.POST.dict(), "seen_version": theirs.version}
            else:
                banners.success(request, f"The message has been changed: {title}")
                return redirect("reminders:wordings")
    return render(
        request,
        "reminders/wording.html",
        {
            "form": form,
            "title": title,
            "name": name,
            "is_chosen": row is not None,
            "shown": shown,
            "theirs": theirs,
            "places": [(f"{{{place}}}", words) for place, words in places.items()],
        },
    )


@require_POST
def forget_wording(request: PersonRequest, name: str):
    rights.WORD.require(request.by)
    row = Wording.objects.filter(name=name).first()
    if row is None:
        raise Http404("It is as shipped.")
    actions.forget_wording(row, by=request.by)
    banners.success(request, f"The message is as it came: {_title(name)}")
    return redirect("reminders:wordings")


def _title(name: str) -> str:
    title = _titles().get(name)
    if title is None:
        raise Http404("There is no such message.")
    return title


def _shipped(name: str) -> parts.Parts:
    """The words as shipped, with places where the facts go. The link stands by itself at the end of every message."""
    if name in parts.CLOCKS:
        return parts.CLOCKS[name]
    found = shipped_news(
        name, partnership=Partnership.this(), reference="{reference}", subject_words="", link="", user=None
    )
    return parts.Parts(*(part.replace("\n\n\n", "\n\n") for part in (found.subject, found.owed, found.why)))


def _example(said: parts.Parts) -> parts.Parts | None:
    partnership = Partnership.this()
    facts = {**EXAMPLE, "reference": f"{partnership.reference_prefix}-2026-0001", "partnership": partnership.name}
    try:
        return said.filled(facts)
    except parts.BrokenWording:
        return None
