"""Putting the report before the partners, and concluding what they decide."""

from __future__ import annotations

from audit.access import open_part
from audit.lifecycle import AlreadyDone
from rapid_reviews import actions, presenter, rights
from rapid_reviews.forms import ConcludeForm, ReasonForm, SignOffForm
from rapid_reviews.models import RapidReview

from .doing import DOING, do


@DOING
def open_sign_off(request, pk):
    """Freeze the report and ask each partner to sign."""
    opened = open_part(request, RapidReview, pk)
    rights.OPEN_SIGN_OFF.require(request.by, opened)
    form = SignOffForm(request.POST or None, initial={"recommendation": opened.recommendation})
    return do(
        request,
        opened,
        form,
        lambda said: actions.open_sign_off(opened, by=request.by, **said),
        title="Ask the partners to sign",
        said="The report has been frozen and the partners have been asked to sign",
        refused={actions.NotReady: None},
        template="rapid_reviews/open_sign_off.html",
        obstacles=presenter.obstacles(opened),
        empty=[section.heading for section in opened.draft.sections.all() if not section.html],
    )


@DOING
def return_to_panel(request, pk):
    opened = open_part(request, RapidReview, pk)
    rights.OPEN_SIGN_OFF.require(request.by, opened)
    form = ReasonForm(
        request.POST or None,
        asks="Why does the report go back to the panel?",
        refusal="Enter why the report goes back to the panel",
        submit="Take the report back",
    )
    return do(
        request,
        opened,
        form,
        lambda said: actions.return_to_panel(opened, by=request.by, **said),
        title="Take the report back to the panel",
        said="The report is with the panel again",
        note="The partners' positions so far are kept. They sign anew when the report is put before them again.",
    )


def _initial(decision, by):
    if decision is None:
        raise AlreadyDone("The partners have not been asked.")
    return {"decided_on": by.today, "outcome": presenter.agreed_outcome(decision)}


@DOING
def conclude(request, pk):
    opened = open_part(request, RapidReview, pk)
    rights.CONCLUDE.require(request.by, opened)
    form = ConcludeForm(request.POST or None, today=request.by.today, initial=_initial(opened.sign_off, request.by))
    return do(
        request,
        opened,
        form,
        lambda said: actions.conclude(opened, by=request.by, **said),
        title="Conclude the sign-off",
        said="The rapid review is signed. Its report is being prepared",
        refused={actions.NotReady: "outcome", actions.DateOutOfOrder: "decided_on"},
        template="rapid_reviews/conclude.html",
        decision=opened.sign_off,
    )


@DOING
def redecide(request, pk):
    """After the national body's answer: ask the partners again."""
    opened = open_part(request, RapidReview, pk)
    rights.REDECIDE.require(request.by, opened)
    form = ReasonForm(
        request.POST or None,
        asks="Why are the partners asked again?",
        refusal="Enter why the partners are asked again",
        submit="Ask the partners again",
    )
    return do(
        request,
        opened,
        form,
        lambda said: actions.redecide(opened, by=request.by, **said),
        title="Ask the partners to decide again",
        said="The partners have been asked to decide again",
        refused={actions.NotReady: None},
        note="The first decision is kept. If they now initiate a local review, its six months count from the new date.",
    )


@DOING
def conclude_again(request, pk):
    opened = open_part(request, RapidReview, pk)
    rights.REDECIDE.require(request.by, opened)
    form = ConcludeForm(request.POST or None, today=request.by.today, initial=_initial(opened.redecision, request.by))
    return do(
        request,
        opened,
        form,
        lambda said: actions.conclude_again(opened, by=request.by, **said),
        title="Conclude what the partners decided again",
        said="The new decision has been recorded",
        refused={actions.NotReady: "outcome", actions.DateOutOfOrder: "decided_on"},
        template="rapid_reviews/conclude.html",
        decision=opened.redecision,
    )
