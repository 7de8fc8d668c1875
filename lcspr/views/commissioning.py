"""Opening a local review, its terms and its reviewers."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from audit.access import open_part
from lcspr import actions, forms, rights
from lcspr.models import Review, Reviewer
from rapid_reviews.models import RapidReview

from .doing import do

DOING = require_http_methods(["GET", "POST"])


@DOING
def open_review(request, pk):
    """From a rapid review whose partners decided to initiate a local review."""
    rapid_review = open_part(request, RapidReview, pk)
    rights.OPEN.require(request.by, rapid_review)
    if request.method == "POST":
        review = actions.open_review(rapid_review, by=request.by)
        messages.success(request, "The local review is open. Its six months count from the partners' decision.")
        return redirect(review)
    return render(request, "lcspr/open.html", {"rapid_review": rapid_review, "case": rapid_review.case})


@DOING
def terms(request, pk):
    def form(review):
        known = review.terms
        initial = {name: getattr(known, name) for name in forms.TermsForm.base_fields if hasattr(known, name)}
        return forms.TermsForm(request.POST or None, initial={**initial, "seen_version": known.version})

    def act(review, bound):
        said = dict(bound.cleaned_data)
        actions.set_terms(review.terms, by=request.by, seen_version=said.pop("seen_version"), **said)
        return "The terms of reference have been saved."

    return do(
        request, pk, rights.SET_TERMS, form=form, act=act, title="Terms of reference", button="Save terms of reference"
    )


@DOING
def agree_terms(request, pk):
    review = open_part(request, Review, pk)
    rights.AGREE_TERMS.require(request.by, review)
    if request.method == "POST":
        actions.agree_terms(review, by=request.by)
        messages.success(request, "The terms of reference are agreed and the review has begun.")
        return redirect(review)
    return render(request, "lcspr/agree_terms.html", {"review": review})


@DOING
def appoint(request, pk):
    def act(review, bound):
        actions.appoint_reviewer(
            review,
            bound.cleaned_data["membership"],
            by=request.by,
            suitability=bound.suitability,
            conflict=bound.suitability["conflict"],
            appointed_on=bound.cleaned_data["appointed_on"],
            token=bound.cleaned_data["token"],
        )
        return "The reviewer has been appointed. Tell the national bodies their name."

    return do(
        request,
        pk,
        rights.COMMISSION,
        form=lambda review: forms.AppointForm(request.POST or None, by=request.by),
        act=act,
        title="Appoint a reviewer",
        button="Appoint reviewer",
    )


@DOING
def remove_reviewer(request, pk, reviewer):
    def form(review):
        get_object_or_404(Reviewer, pk=reviewer, review=review)
        return forms.ReasonForm(request.POST or None)

    def act(review, bound):
        appointed = review.reviewers.get(pk=reviewer)
        actions.remove_reviewer(appointed, by=request.by, reason=bound.cleaned_data["reason"])
        return "The reviewer has been removed and can no longer open the review."

    return do(
        request,
        pk,
        rights.COMMISSION,
        form=form,
        act=act,
        title="Remove a reviewer",
        button="Remove reviewer",
    )


@DOING
def discontinue(request, pk):
    def act(review, bound):
        actions.discontinue(review, by=request.by, reason=bound.cleaned_data["reason"])
        return "The review has been discontinued."

    return do(
        request,
        pk,
        rights.DISCONTINUE,
        form=lambda review: forms.ReasonForm(request.POST or None),
        act=act,
        title="Discontinue the review",
        button="Discontinue review",
    )
