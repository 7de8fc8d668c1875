"""Writing the report, section by section, with remarks beside it."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from audit.access import open_part
from audit.events import AlreadySubmitted
from documents.models import Comment
from documents.section_pages import on_the_page, save_sent
from rapid_reviews import actions, presenter, rights
from rapid_reviews.forms import CommentForm, SectionForm
from rapid_reviews.models import RapidReview


@require_http_methods(["GET", "POST"])
def section(request, pk, key):
    """One section: to write for those who may, to read and comment on for the others. A stale save loses nothing."""
    opened = open_part(request, RapidReview, pk)
    rights.READ_ALL.require(request.by, opened)
    named = get_object_or_404(opened.draft.sections, key=key)
    form = _form_of(named, request.POST or None)
    theirs = None
    if request.method == "POST":
        rights.EDIT.require(request.by, opened)
        answer, theirs = save_sent(
            request,
            named,
            form,
            lambda said: actions.save_section(opened, named, by=request.by, **said),
            to=reverse("rapid_reviews:section", args=[pk, key]),
        )
        if answer is not None:
            return answer
    return _shown(request, opened, named, form, theirs=theirs)


def _form_of(named, sent=None):
    return SectionForm(sent, heading=named.heading, initial={"html": named.html, "seen_version": named.version})


def _shown(request, opened, named, form, *, theirs=None, comment_form=None):
    before, after = presenter.neighbours(opened, named)
    may = presenter.may(opened, request.by)
    shown = {"review": opened, "case": opened.case, "may": may, "before": before, "after": after}
    shown |= on_the_page(named, form, comment_form or CommentForm(), theirs=theirs)
    return render(request, "rapid_reviews/section.html", shown, status=200 if theirs is None else 409)


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
    return _shown(request, opened, named, _form_of(named), comment_form=form)


@require_POST
def settle_comment(request, pk, comment_pk):
    opened = open_part(request, RapidReview, pk)
    rights.EDIT.require(request.by, opened)
    remark = get_object_or_404(Comment, pk=comment_pk, section__draft=opened.draft_id)
    actions.settle_comment(opened, remark, by=request.by)
    messages.success(request, "The comment has been dealt with")
    return redirect("rapid_reviews:section", pk=pk, key=remark.section.key)
