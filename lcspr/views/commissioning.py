"""Opening a local review, its terms and its reviewers."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from lcspr import actions, forms, presenter, rights
from lcspr.models import Review, Reviewer
from rapid_reviews.models import RapidReview

from .doing import DOING, do, opened_for


@DOING
def open_review(request, pk):
    """From a rapid review whose partners decided to initiate a local review."""
    rapid_review = open_part(request, RapidReview, pk)
    rights.OPEN.require(request.by, rapid_review)
    form = forms.TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review = actions.open_review(rapid_review, by=request.by, token=form.cleaned_data["token"])
        except AlreadySubmitted:
            review = Review.objects.visible_to(request.by).get(occasion=rapid_review.initiation_occasion)
        else:
            messages.success(request, "The local review is open. Its six months count from the partners' decision.")
        return redirect(review)
    context = {"rapid_review": rapid_review, "case": rapid_review.case, "form": form}
    return render(request, "lcspr/open.html", context)


@DOING
def terms(request, pk):
    review = opened_for(request, pk, rights.SET_TERMS)
    known = review.terms
    initial = {name: getattr(known, name) for name in forms.TermsForm.base_fields if hasattr(known, name)}
    form = forms.TermsForm(request.POST or None, initial={**initial, "seen_version": known.version})
    return do(
        request,
        review,
        form,
        lambda said: actions.set_terms(known, by=request.by, **said),
        title="Terms of reference",
        said="The terms of reference have been saved.",
        note="Write as much as you can now; every version is kept. The purpose, the key lines of enquiry and the method "  # noqa: E501
        "are needed before the terms are agreed.",
    )


@DOING
def agree_terms(request, pk):
    """Agree the terms as they were read: the review begins."""
    review = opened_for(request, pk, rights.AGREE_TERMS)
    known = review.terms
    form = forms.AgreeForm(request.POST or None, initial={"seen_version": known.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree_terms(review, by=request.by, **form.cleaned_data)
        except AlreadySubmitted:
            return redirect(review)
        except actions.TermsIncomplete as error:
            for words in error.missing:
                form.add_error(None, f"Write the {words} first")
        except StaleEdit as stale:
            form.add_error(None, "Someone has changed the terms of reference. Read them again, then agree them")
            form.has_seen(stale.version)
            status = 409
        else:
            messages.success(request, "The terms of reference are agreed and the review has begun.")
            return redirect(review)
    context = {"review": review, "case": review.case, "form": form, "rows": presenter.terms_rows(known)}
    return render(request, "lcspr/agree_terms.html", context, status=status)


@DOING
def appoint(request, pk):
    review = opened_for(request, pk, rights.COMMISSION)
    form = forms.AppointForm(request.POST or None, by=request.by)

    def act(said):
        actions.appoint_reviewer(
            review,
            said["membership"],
            by=request.by,
            suitability=form.suitability,
            conflict=form.suitability["conflict"],
            appointed_on=said["appointed_on"],
            token=said["token"],
        )

    return do(
        request,
        review,
        form,
        act,
        title="Appoint a reviewer",
        said="The reviewer has been appointed. Tell the national bodies their name.",
        refused={actions.DateOutOfOrder: "appointed_on"},
    )


@DOING
def remove_reviewer(request, pk, reviewer):
    review = opened_for(request, pk, rights.COMMISSION)
    appointed = get_object_or_404(Reviewer, pk=reviewer, review=review)
    form = forms.ReasonForm(request.POST or None, asks="Why the reviewer is removed", submit="Remove reviewer")
    return do(
        request,
        review,
        form,
        lambda said: actions.remove_reviewer(appointed, by=request.by, **said),
        title="Remove a reviewer",
        said="The reviewer has been removed and can no longer open the review.",
        note=f"{appointed}. Their access to the review ends at once.",
    )


@DOING
def discontinue(request, pk):
    review = opened_for(request, pk, rights.DISCONTINUE)
    form = forms.ReasonForm(request.POST or None, asks="Why the review is discontinued", submit="Discontinue review")
    return do(
        request,
        review,
        form,
        lambda said: actions.discontinue(review, by=request.by, **said),
        title="Discontinue the review",
        said="The review has been discontinued.",
        note="Its clocks are void, and stay to be read. It can be taken up again.",
    )


@DOING
def take_up_again(request, pk):
    review = opened_for(request, pk, rights.DISCONTINUE)
    form = forms.ReasonForm(
        request.POST or None, asks="Why the review is taken up again", submit="Take review up again"
    )
    return do(
        request,
        review,
        form,
        lambda said: actions.take_up_again(review, by=request.by, **said),
        title="Take the review up again",
        said="The review has been taken up again.",
        note="Its six months count from the partners' decision, as before.",
    )
