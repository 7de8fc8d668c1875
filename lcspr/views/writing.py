"""The report: its sections, comments and recommendations."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.access import open_part
from audit.lifecycle import StaleEdit
from documents.models import Comment
from improvements import actions as improvements
from lcspr import actions, forms, rights
from lcspr.models import Review

from .doing import do

DOING = require_http_methods(["GET", "POST"])


@require_GET
def report(request, pk):
    """The report as it stands, section by section."""
    review = open_part(request, Review, pk)
    return render(
        request,
        "lcspr/report.html",
        {
            "review": review,
            "sections": review.draft.sections.prefetch_related("comments"),
            "may_write": review.may_be_written and rights.WRITE.allows(request.by, review),
            "may_hand_in": review.is_being_written and rights.HAND_IN.allows(request.by, review),
        },
    )


@DOING
def section(request, pk, key):
    review = open_part(request, Review, pk)
    part = get_object_or_404(review.draft.sections, key=key)
    may_write = review.may_be_written and rights.WRITE.allows(request.by, review)
    form = forms.SectionForm(request.POST or None, initial={"html": part.html, "seen_version": part.version})
    stale = None
    if request.method == "POST" and form.is_valid():
        rights.WRITE.require(request.by, review)
        try:
            actions.write(
                review,
                part,
                form.cleaned_data["html"],
                by=request.by,
                seen_version=form.cleaned_data["seen_version"],
            )
        except StaleEdit as error:
            stale = error
        else:
            messages.success(request, f"“{part.heading}” has been saved.")
            return redirect("lcspr:report", pk=pk)
    return render(
        request,
        "lcspr/section.html",
        {
            "review": review,
            "section": part,
            "form": form,
            "stale": stale,
            "may_write": may_write,
            "comments": part.comments.select_related("made_by"),
            "comment_form": forms.CommentForm(),
            "may_comment": rights.COMMENT.allows(request.by, review),
            "versions": part.versions.select_related("saved_by")[:20],
        },
    )


@require_POST
def comment(request, pk, key):
    review = open_part(request, Review, pk)
    rights.COMMENT.require(request.by, review)
    part = get_object_or_404(review.draft.sections, key=key)
    form = forms.CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Enter your comment")
        return redirect("lcspr:section", pk=pk, key=key)
    actions.comment_on(review, part, form.cleaned_data["text"], by=request.by)
    messages.success(request, "Your comment has been added.")
    return redirect("lcspr:section", pk=pk, key=key)


@require_POST
def settle_comment(request, pk, comment):
    review = open_part(request, Review, pk)
    remark = get_object_or_404(Comment, pk=comment, section__draft=review.draft)
    actions.settle_comment(review, remark, by=request.by)
    messages.success(request, "The comment has been dealt with.")
    return redirect("lcspr:section", pk=pk, key=remark.section.key)


@DOING
def recommend(request, pk):
    def act(review, bound):
        improvements.recommend(review.case, by=request.by, source="lcspr", review=review, **bound.cleaned_data)
        return "The recommendation has been added to the report."

    return do(
        request,
        pk,
        rights.RECOMMEND,
        form=lambda review: forms.RecommendForm(request.POST or None),
        act=act,
        title="Add a recommendation",
        button="Add recommendation",
    )


@DOING
def hand_in(request, pk):
    review = open_part(request, Review, pk)
    rights.HAND_IN.require(request.by, review)
    missing = None
    if request.method == "POST":
        try:
            actions.hand_in(review, by=request.by)
        except actions.NotComplete as error:
            missing = error.missing
        else:
            messages.success(request, "The draft has been handed in to be checked.")
            return redirect(review)
    return render(request, "lcspr/hand_in.html", {"review": review, "missing": missing})


@DOING
def hand_back(request, pk):
    def act(review, bound):
        actions.hand_back(review, by=request.by, reason=bound.cleaned_data["reason"])
        return "The draft has been given back to the reviewer."

    return do(
        request,
        pk,
        rights.CHECK,
        form=lambda review: forms.ReasonForm(request.POST or None),
        act=act,
        title="Give the draft back",
        button="Give back",
    )
