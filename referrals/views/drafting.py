"""Writing a draft: the task list, its pages, the children and people, the files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import PersonRequest
from accounts.standing import Standing
from audit.access import open_part
from audit.lifecycle import AlreadyDone, StaleEdit
from documents.uploads import Refused, accept, discard
from govuk.words import time_in_words
from referrals import actions, presenting, rights
from referrals.actions.drafts import AlreadyAttached, TooMany
from referrals.answers import GROUPS, SECTIONS, Place, UnknownPage, key_of_page, place_of
from referrals.answers.given import Answers
from referrals.forms import AttachForm, KindForm, PageForm, choices_for, form_for
from referrals.models import Attachment, DraftKeeping, PageAnswers, Referral, Unsaved

from .opening import opened

DOING = require_http_methods(["GET", "POST"])
# In the address of the files: some were sent when the session was over.
LOST = "not-attached"


def _writable(request: PersonRequest, pk: int) -> Referral | None:
    """The draft, if it may be written; None when it was sent on meanwhile."""
    referral = opened(request, pk)
    rights.WRITE.require(request.by, referral)
    return referral if referral.can_be_written else None


def _too_late(request: PersonRequest, pk: int) -> HttpResponse:
    """The draft was sent on while a page of it was open: what was written there is not let go without a word."""
    if request.method == "POST":
        raise AlreadyDone("This referral has been sent on and can no longer be changed.")
    return redirect("referrals:referral", pk)


@require_GET
def tasks(request: PersonRequest, pk: int) -> HttpResponse:
    referral = _writable(request, pk)
    if referral is None:
        return redirect("referrals:referral", pk)
    answers = referral.answers()
    return render(
        request,
        "referrals/tasks.html",
        {
            "referral": referral,
            "headings": presenting.headings(referral, answers),
            "gaps": len([gap for gap in answers.gaps() if gap.is_unanswered]),
            "files": Attachment.objects.filter(referral=referral).count(),
            "kept_until": DraftKeeping.this().kept_until(referral),
        },
    )


@DOING
def kind(request: PersonRequest, pk: int) -> HttpResponse:
    """What is referred, changed."""
    referral = _writable(request, pk)
    if referral is None:
        return redirect("referrals:referral", pk)
    form = KindForm(request.POST or None, initial={"kind": referral.kind, "seen_version": referral.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.change_kind(referral, said["kind"], by=request.by, seen_version=said["seen_version"])
        return redirect("referrals:tasks", pk)
    return render(request, "referrals/kind.html", {"form": form, "referral": referral})


def _place(referral: Referral, answers: Answers, key: str) -> Place:
    """The page, if there is such a page in this draft. Raises Http404."""
    try:
        place = place_of(key)
    except UnknownPage:
        raise Http404("There is no such page.") from None
    if place.group and place.number not in answers.numbers(place.group.key):
        raise Http404("There is nothing of this number on the referral.")
    return place


def _form(
    request: PersonRequest, answers: Answers, place: Place, row: PageAnswers | None, data: Any = None
) -> PageForm:
    by = request.by
    return form_for(
        place,
        title=answers.title(place),
        choices=choices_for(place, answers, by.today),
        today=by.today,
        answers=row.answers if row else {},
        typed=row.typed if row else {},
        data=data,
        version=row.version if row else 0,
    )


@DOING
def page(request: PersonRequest, pk: int, page: str) -> HttpResponse:
    """One page. It is saved whatever is on it; what cannot be accepted is shown with its error."""
    referral = _writable(request, pk)
    if referral is None:
        return _too_late(request, pk)
    answers = referral.answers()
    place = _place(referral, answers, page)
    row = PageAnswers.objects.filter(referral=referral, page=page).first()
    stale: PageAnswers | None = None
    held = Unsaved.objects.visible_to(request.by).filter(referral=referral, page=page).first()
    form = _form(request, answers, place, row, request.POST if request.method == "POST" else _held(held))
    if request.method == "POST":
        if "discard" in request.POST:
            actions.drop_unsaved(referral, page, writer=request.by)
            return redirect(presenting.page_url(referral, place))
        accepted = form.is_valid()
        try:
            kept = _save(request, referral, page, form)
        except StaleEdit as edit:
            kept = stale = edit.subject  # type: ignore[assignment]
        else:
            if accepted or "later" in request.POST:
                return redirect(_after(request, referral, place))
        form = _as_typed(request, answers, place, kept.version)
    context = {
        "referral": referral,
        "place": place,
        "form": form,
        "title": answers.title(place),
        "stale": stale,
        "clash_alone": stale is not None and not form.errors,
        "theirs": _theirs(stale, place, answers) if stale else (),
        "held": held if request.method == "GET" else None,
        "pass": actions.pass_for(referral, page, writer=request.by),
        "back": _back(request, referral),
        "from_check": "check" in request.GET,
    }
    return render(request, "referrals/page.html", context, status=409 if stale else 200)


def _held(held: Unsaved | None) -> QueryDict | None:
    """What was held as a form that is sent now: with its errors, and against the version it was typed on."""
    if held is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in held.typed.items():
        data.setlist(name, values)
    data["seen_version"] = str(held.seen_version)
    return data


def _hold(request: HttpRequest, pk: int, page: str) -> Unsaved | None:
    """Keep what somebody sends whose session is over, if it comes from a page that was opened for them."""
    at = request.at  # type: ignore[attr-defined]
    return actions.keep_unsaved(
        request.POST.get("pass", ""),
        pk,
        page,
        dict(request.POST.lists()),
        visitor=Standing.anonymous(at),
        longest=settings.SESSION_HOURS * 3600,
    )


def _page_signed_out(request: HttpRequest, pk: int, page: str) -> HttpResponse | None:
    if _hold(request, pk, page) is None:
        return None
    back = urlencode({"next": reverse("referrals:page", args=[pk, page])})
    return redirect(f"{reverse('accounts:session_ended')}?{back}")


def _autosave_signed_out(request: HttpRequest, pk: int, page: str) -> HttpResponse | None:
    held = _hold(request, pk, page)
    return JsonResponse({"saved_at": time_in_words(held.kept_at)}) if held else None


page.when_signed_out = _page_signed_out  # type: ignore[attr-defined]


def _save(request: PersonRequest, referral: Referral, page: str, form: PageForm) -> PageAnswers:
    seen = form.cleaned_data.get("seen_version")
    saved = actions.save_page(referral, page, form.answers(), typed=form.typed(), by=request.by, seen_version=seen or 0)
    actions.drop_unsaved(referral, page, writer=request.by)
    return saved


def _as_typed(request: PersonRequest, answers: Answers, place: Place, version: int) -> PageForm:
    """The form with what was typed, against the version that is saved now."""
    data = request.POST.copy()
    data["seen_version"] = str(version)
    form = _form(request, answers, place, None, data)
    form.is_valid()
    return form


def _theirs(stale: PageAnswers, place: Place, answers: Answers) -> list[Any]:
    saved = Answers({**answers.pages, place.key: stale.answers}, {place.key: stale.typed}, answers.agencies)
    return [line for line in saved.lines(place, with_identities=True) if line.words]


def _back(request: PersonRequest, referral: Referral) -> str:
    return "referrals:check" if "check" in request.GET else "referrals:tasks"


def _after(request: PersonRequest, referral: Referral, place: Place) -> str:
    """The next page of the same task or child; after the last, or from the check, back to where it began."""
    if "later" in request.POST or "check" in request.GET:
        return reverse(_back(request, referral), args=[referral.pk])
    answers = referral.answers()
    places = _task_of(answers, place)
    later = places[places.index(place) + 1 :] if place in places else []
    if later:
        return presenting.page_url(referral, later[0])
    return reverse("referrals:tasks", args=[referral.pk])


def _task_of(answers: Answers, place: Place) -> list[Place]:
    if place.group:
        return list(answers.places_of(place.group, place.number))
    every_task = (pages for section in SECTIONS for _, pages in section.tasks)
    return next((list(answers.places_among(pages)) for pages in every_task if place.page in pages), [place])


@require_POST
def autosave(request: PersonRequest, pk: int, page: str) -> HttpResponse:
    """Save a page while it is being typed. 409 when somebody else saved it, or the draft was sent on, meanwhile."""
    # What is saved is recorded; that the page is open was recorded when it was opened.
    referral = Referral.objects.visible_to(request.by).filter(pk=pk).first()
    if referral is None:
        raise Http404
    answers = referral.answers()
    place = _place(referral, answers, page)
    form = _form(request, answers, place, None, request.POST)
    form.is_valid()
    try:
        row = _save(request, referral, page, form)
    except StaleEdit:
        return JsonResponse({"stale": True}, status=409)
    return JsonResponse({"saved_at": time_in_words(request.by.at), "version": row.version})


autosave.when_signed_out = _autosave_signed_out  # type: ignore[attr-defined]


@require_POST
def add(request: PersonRequest, pk: int, group: str) -> HttpResponse:
    """Add a child, person, agency or process, and go to its first page."""
    referral = _writable(request, pk)
    if referral is None:
        return redirect("referrals:referral", pk)
    if group not in GROUPS:
        raise Http404
    try:
        number = actions.add_one(referral, group, by=request.by)
    except TooMany as many:
        messages.warning(request, str(many))
        return redirect("referrals:tasks", pk)
    return redirect("referrals:page", pk, key_of_page(GROUPS[group], number, GROUPS[group].pages[0]))


@DOING
def remove(request: PersonRequest, pk: int, group: str, number: int) -> HttpResponse:
    """Take one out, once it is said that all that was written of it goes too."""
    referral = _writable(request, pk)
    if referral is None:
        return redirect("referrals:referral", pk)
    answers = referral.answers()
    if group not in GROUPS or number not in answers.numbers(group):
        raise Http404
    words = answers.name_of(GROUPS[group], number)
    if request.method == "POST":
        actions.remove_one(referral, group, number, by=request.by)
        messages.success(request, f"{words} has been removed.")
        return redirect("referrals:tasks", pk)
    return render(request, "referrals/remove.html", {"referral": referral, "words": words})


@DOING
def attachments(request: PersonRequest, pk: int) -> HttpResponse:
    """The files of a draft: what is attached, and attaching more. One that is refused keeps none of the others out.

    Whoever goes on with files chosen attaches them: nobody need know that there is another button for it.
    """
    referral = _writable(request, pk)
    if referral is None:
        return _too_late(request, pk)
    form = AttachForm(request.POST, request.FILES) if request.method == "POST" else AttachForm()
    attached: list[Attachment] = []
    going_on = "continue" in request.POST
    if going_on and not request.FILES:
        return redirect("referrals:tasks", pk)
    if request.method == "POST":
        form.full_clean()
        attached = _attach(request, referral, form)
        if not form.errors:
            messages.success(request, "1 file attached." if len(attached) == 1 else f"{len(attached)} files attached.")
            return redirect("referrals:tasks" if going_on else "referrals:attachments", pk)
    files = Attachment.objects.filter(referral=referral).select_related("upload", "added_by")
    context = {"form": form, "referral": referral, "files": files, "attached": attached, "lost": LOST in request.GET}
    return render(request, "referrals/attachments.html", context)


def _attach(request: PersonRequest, referral: Referral, form: AttachForm) -> list[Attachment]:
    """Attach what is accepted; why the others are not stands on the form."""
    attached = []
    for file in form.cleaned_data.get("files", ()):
        try:
            upload = accept(file, by=request.by)
        except Refused as refused:
            # Takes the files out of what is cleaned: they are iterated over already.
            form.add_error("files", refused.message)
            continue
        try:
            attached.append(actions.attach(referral, upload, by=request.by))
        except AlreadyAttached:
            # Sent twice, perhaps by a second press while the first was still on its way.
            discard(upload)
            form.add_error("files", f"{upload.name} is attached already")
    return attached


def _attachments_signed_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Files cannot be held for anybody: after signing in it is said that they were not attached."""
    return redirect_to_login(f"{reverse('referrals:attachments', args=[pk])}?{LOST}")


attachments.when_signed_out = _attachments_signed_out  # type: ignore[attr-defined]


@require_POST
def detach(request: PersonRequest, pk: int, attachment: int) -> HttpResponse:
    if _writable(request, pk) is None:
        return redirect("referrals:referral", pk)
    found = open_part(request, Attachment, attachment, referral_id=pk)
    actions.detach(found, by=request.by)
    messages.success(request, "The file has been removed.")
    return redirect("referrals:attachments", pk)
