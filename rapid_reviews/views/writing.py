"""Writing the report, section by section, with remarks beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from documents.models import Comment
from govuk.words import time_in_words
from rapid_reviews import actions, presenter, rights
from rapid_reviews.forms import CommentForm, SectionForm
from rapid_reviews.models import RapidReview


@require_http_methods(["GET", "POST"])
def section(request, pk, key):
    """One section: to write for those who may, to read and comment on for the others. A stale save loses nothing."""
    opened = open_part(request, RapidReview, pk)
    rights.READ_ALL.require(request.by, opened)
    named = get_object_or_404(opened.draft.sections, key=key)
    by_itself = request.headers.get("X-Autosave") == "1"
    form = SectionForm(
        request.POST or None,
        heading=named.heading,
        initial={"html": named.html, "seen_version": named.version},
    )
    theirs, status = None, 200
    if request.method == "POST":
        rights.EDIT.require(request.by, opened)
        if form.is_valid():
            seen = form.cleaned_data["seen_version"]
            try:
                actions.save_section(opened, named, form.cleaned_data["html"], by=request.by, seen_version=seen)
            except StaleEdit as stale:
                if by_itself:
                    return JsonResponse({}, status=409)
                theirs, status = stale.theirs["html"], 409
                form.has_seen(stale.version)
            else:
                if by_itself:
                    return JsonResponse({"saved_at": time_in_words(request.at), "version": named.version})
                messages.success(request, f"{named.heading}: saved")
                return redirect("rapid_reviews:section", pk=pk, key=key)
        elif by_itself:
            return JsonResponse({}, status=400)
    return _shown(request, opened, named, form, theirs=theirs, status=status)


def _shown(request, opened, named, form, *, theirs=None, comment_form=None, status=200):
    may = presenter.may(opened, request.by)
    before, after = presenter.neighbours(opened, named)
    return render(
        request,
        "rapid_reviews/section.html",
        {
            "review": opened,
            "case": opened.case,
            "section": named,
            "form": form,
            "forms": [form, *([comment_form] if comment_form else [])],
            "theirs": theirs,
            "is_stale": theirs is not None,
            "may": may,
            "comments": named.comments.select_related("made_by", "resolved_by"),
            "comment_form": comment_form or CommentForm(),
            "versions": named.versions.select_related("saved_by"),
            "before": before,
            "after": after,
        },
        status=status,
    )


@require_POST
def comment(request, pk, key):
    opened = open_part(request, RapidReview, pk)
    rights.COMMENT.require(request.by, opened)
    named = get_object_or_404(opened.draft.sections, key=key)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            actions.comment(opened, named, form.cleaned_data["text"], by=request.by, token=form.cleaned_data["token"])
        except AlreadySubmitted:
            return redirect("rapid_reviews:section", pk=pk, key=key)
        messages.success(request, "Your comment has been added")
        return redirect("rapid_reviews:section", pk=pk, key=key)
    writing = SectionForm(heading=named.heading, initial={"html": named.html, "seen_version": named.version})
    return _shown(request, opened, named, writing, comment_form=form)


@require_POST
def settle_comment(request, pk, comment_pk):
    opened = open_part(request, RapidReview, pk)
    rights.EDIT.require(request.by, opened)
    remark = get_object_or_404(Comment, pk=comment_pk, section__draft=opened.draft_id)
    actions.settle_comment(opened, remark, by=request.by)
    messages.success(request, "The comment has been dealt with")
    return redirect("rapid_reviews:section", pk=pk, key=remark.section.key)
