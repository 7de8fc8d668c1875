"""The report: its sections, comments and recommendations."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit.access import open_part
from audit.events import AlreadySubmitted, key_of
from audit.lifecycle import AlreadyDone
from documents.models import Comment
from documents.section_pages import on_the_page, save_sent
from improvements.models import Recommendation
from lcspr import actions, forms, presenter, rights
from lcspr.models import Review

from .doing import DOING, do, opened_for


@require_GET
def report(request, pk):
    """The report as it stands, section by section."""
    review = open_part(request, Review, pk)
    by = request.by
    return render(
        request,
        "lcspr/report.html",
        {
            "review": review,
            "case": review.case,
            "sections": presenter.sections_shown(review),
            "recommendations": presenter.recommendations_shown(review, by),
            "may_write": review.may_be_written and rights.WRITE.allows(by, review),
            "may_comment": not review.is_approved and not review.is_over and rights.COMMENT.allows(by, review),
            "may_recommend": review.may_be_written and rights.RECOMMEND.allows(by, review),
            "may_hand_in": review.is_being_written and rights.HAND_IN.allows(by, review),
        },
    )


@DOING
def section(request, pk, key):
    """One section: to write for those who may, to read and comment on for the others. A stale save loses nothing."""
    review = open_part(request, Review, pk)
    named = get_object_or_404(review.draft.sections, key=key)
    form = _form_of(named, request.POST or None)
    theirs = None
    if request.method == "POST":
        rights.WRITE.require(request.by, review)
        answer, theirs = save_sent(
            request,
            named,
            form,
            lambda said: actions.write(review, named, by=request.by, **said),
            to=reverse("lcspr:section", args=[pk, key]),
        )
        if answer is not None:
            return answer
    return _shown(request, review, named, form, theirs=theirs)


def _form_of(named, sent=None):
    return forms.SectionForm(sent, heading=named.heading, initial={"html": named.html, "seen_version": named.version})


def _shown(request, review, named, form, *, theirs=None, comment_form=None):
    by = request.by
    before, after = presenter.neighbours(review, named)
    shown = {
        "review": review,
        "case": review.case,
        "before": before,
        "after": after,
        "may_write": review.may_be_written and rights.WRITE.allows(by, review),
        "may_comment": not review.is_approved and not review.is_over and rights.COMMENT.allows(by, review),
    }
    shown |= on_the_page(named, form, comment_form or forms.CommentForm(), theirs=theirs)
    return render(request, "lcspr/section.html", shown, status=200 if theirs is None else 409)


@require_POST
def comment(request, pk, key):
    review = opened_for(request, pk, rights.COMMENT)
    named = get_object_or_404(review.draft.sections, key=key)
    form = forms.CommentForm(request.POST)
    if not form.is_valid():
        return _shown(request, review, named, _form_of(named), comment_form=form)
    try:
        actions.comment_on(review, named, form.cleaned_data["text"], by=request.by, token=form.cleaned_data["token"])
    except AlreadySubmitted:
        return redirect("lcspr:section", pk=pk, key=key)
    messages.success(request, "Your comment has been added.")
    return redirect("lcspr:section", pk=pk, key=key)


@require_POST
def settle_comment(request, pk, comment):
    review = opened_for(request, pk, rights.WRITE)
    remark = get_object_or_404(Comment, pk=comment, section__draft=review.draft)
    actions.settle_comment(review, remark, by=request.by)
    messages.success(request, "The comment has been dealt with.")
    return redirect("lcspr:section", pk=pk, key=remark.section.key)


def _report_url(review):
    return reverse("lcspr:report", args=[review.pk])


@DOING
def recommend(request, pk):
    review = opened_for(request, pk, rights.RECOMMEND)
    form = forms.RecommendForm(request.POST or None)
    return do(
        request,
        review,
        form,
        lambda said: actions.recommend(review, by=request.by, **said),
        title="Add a recommendation",
        said="The recommendation has been added to the report.",
        to=_report_url(review),
        back=_report_url(review),
    )


def _own(review, recommendation):
    return get_object_or_404(
        Recommendation.objects.standing(), pk=recommendation, case=review.case, made_by_review=key_of(review)
    )


@DOING
def reword(request, pk, recommendation):
    review = opened_for(request, pk, rights.RECOMMEND)
    found = _own(review, recommendation)
    initial = {name: getattr(found, name) for name in ("text", "intended_outcome", "theme")}
    form = forms.RewordForm(request.POST or None, initial={**initial, "seen_version": found.version})
    return do(
        request,
        review,
        form,
        lambda said: actions.reword(review, found, by=request.by, seen_version=said["seen_version"], **form.facts()),
        title=f"Change recommendation {found.number}",
        said="The recommendation has been changed.",
        to=_report_url(review),
        back=_report_url(review),
    )


@DOING
def take_back(request, pk, recommendation):
    review = opened_for(request, pk, rights.RECOMMEND)
    found = _own(review, recommendation)
    form = forms.ReasonForm(request.POST or None, asks="Why it is withdrawn", submit="Withdraw recommendation")
    return do(
        request,
        review,
        form,
        lambda said: actions.take_back(review, found, by=request.by, **said),
        title=f"Withdraw recommendation {found.number}",
        said="The recommendation has been withdrawn.",
        to=_report_url(review),
        back=_report_url(review),
        refused={AlreadyDone: None},
        note=found.text,
    )


@DOING
def hand_in(request, pk):
    review = opened_for(request, pk, rights.HAND_IN)
    form = forms.TokenForm(request.POST or None)
    missing, nobody = [], False
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_in(review, by=request.by, token=form.cleaned_data["token"])
        except AlreadySubmitted:
            return redirect(review)
        except actions.NotComplete as error:
            missing, nobody = error.missing, error.reviewer_missing
        else:
            messages.success(request, "The draft has been handed in to be checked.")
            return redirect(review)
    context = {"review": review, "case": review.case, "form": form, "missing": missing, "nobody": nobody}
    return render(request, "lcspr/hand_in.html", context)


@DOING
def hand_back(request, pk):
    review = opened_for(request, pk, rights.CHECK)
    form = forms.ReasonForm(request.POST or None, asks="What is to be changed", submit="Give back")
    return do(
        request,
        review,
        form,
        lambda said: actions.hand_back(review, by=request.by, **said),
        title="Give the draft back",
        said="The draft has been given back to the reviewer.",
    )
