"""Sign-off, notices, delay, progress, and the family."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from audit.events import AlreadySubmitted
from decisions.actions import NotReady
from lcspr import actions, forms, rights
from lcspr.actions.commissioning import RECIPIENTS as TOLD_OF_THE_REVIEW
from lcspr.actions.publishing import RECIPIENTS as HAVE_THE_REPORT
from lcspr.models import Reviewer
from notifications.register.recipients import Recipient, name_of

from .doing import DOING, do, opened_for


@DOING
def open_sign_off(request, pk):
    """Freeze the report and ask the partners."""
    review = opened_for(request, pk, rights.CHECK)
    form = forms.TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decision = actions.open_sign_off(review, by=request.by, token=form.cleaned_data["token"])
        except AlreadySubmitted:
            return redirect(review)
        except NotReady as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Each partner has been asked to sign the report off.")
            return redirect("decisions:decision", pk=decision.pk)
    return render(request, "lcspr/open_sign_off.html", {"review": review, "case": review.case, "form": form})


@DOING
def conclude(request, pk):
    review = opened_for(request, pk, rights.CONCLUDE)
    form = forms.ConcludeForm(request.POST or None)
    return do(
        request,
        review,
        form,
        lambda said: actions.conclude_sign_off(review, by=request.by, **said),
        title="Conclude the sign-off",
        said="The sign-off has been concluded.",
        refused={NotReady: "outcome"},
        positions=reverse("decisions:decision", args=[review.sign_off_id]) if review.sign_off_id else "",
    )


@DOING
def reopen_report(request, pk):
    review = opened_for(request, pk, rights.REOPEN_REPORT)
    form = forms.ReasonForm(request.POST or None, asks="Why the report is taken back", submit="Take report back")
    return do(
        request,
        review,
        form,
        lambda said: actions.reopen_report(review, by=request.by, **said),
        title="Take the approved report back",
        said="The report can be changed again. The partners sign it anew.",
        note="What was signed is kept. The partners sign the changed report anew, and its publication is planned anew.",
    )


def _recipient(recipient, known):
    if recipient not in known:
        raise Http404("Nothing is sent to such a recipient.")
    return name_of(recipient)


def _notice(request, review, act, *, title, said):
    return do(
        request,
        review,
        forms.NoticeForm(request.POST or None, today=request.by.today),
        act,
        title=title,
        said=said,
        refused={actions.DateOutOfOrder: "sent_at"},
        note="Send it first. This page records that you did.",
    )


@DOING
def decision_notice(request, pk, recipient):
    """One recipient was told that there will be a local review."""
    name = _recipient(recipient, TOLD_OF_THE_REVIEW)
    review = opened_for(request, pk, rights.NOTIFY)
    return _notice(
        request,
        review,
        lambda said: actions.record_decision_notice(review, recipient, by=request.by, **said),
        title=f"Told of the review: {name}",
        said=f"Recorded: {name} has been told of the review.",
    )


@DOING
def reviewer_notice(request, pk, reviewer, recipient):
    """One recipient was told the name of a reviewer."""
    name = _recipient(recipient, TOLD_OF_THE_REVIEW)
    review = opened_for(request, pk, rights.NOTIFY)
    appointed = get_object_or_404(Reviewer, pk=reviewer, review=review)
    return _notice(
        request,
        review,
        lambda said: actions.record_reviewer_notice(appointed, recipient, by=request.by, **said),
        title=f"Told the reviewer's name: {name}",
        said=f"Recorded: {name} has been told the reviewer's name.",
    )


@DOING
def copy_sent(request, pk, recipient):
    """One recipient was sent the full report before publication."""
    name = _recipient(recipient, HAVE_THE_REPORT)
    review = opened_for(request, pk, rights.NOTIFY)
    return _notice(
        request,
        review,
        lambda said: actions.record_copy_sent(review, recipient, by=request.by, **said),
        title=f"Full report sent: {name}",
        said=f"Recorded: {name} has the full report.",
    )


@DOING
def repository_copy(request, pk):
    """The national repository was sent the published report."""
    review = opened_for(request, pk, rights.NOTIFY)
    return _notice(
        request,
        review,
        lambda said: actions.record_repository_copy(review, by=request.by, **said),
        title=f"Published report sent: {name_of(Recipient.NSPCC)}",
        said="Recorded: the repository has the published report.",
    )


@DOING
def delay(request, pk):
    review = opened_for(request, pk, rights.NOTIFY)
    return do(
        request,
        review,
        forms.DelayForm(request.POST or None, today=request.by.today),
        lambda said: actions.give_delay_notice(review, by=request.by, **said),
        title="Record a notice of delay",
        said="The notice of delay is recorded. The statutory date stays as it is.",
        refused={actions.DateOutOfOrder: "sent_at"},
        note="A notice explains why six months will not be met. It does not move the date by which the review was due.",
    )


@DOING
def monitor(request, pk):
    review = opened_for(request, pk, rights.MONITOR)
    return do(
        request,
        review,
        forms.MonitorForm(request.POST or None),
        lambda said: actions.monitor(review, by=request.by, **said),
        title="Record progress and quality",
        said="Progress and quality have been recorded.",
    )


@DOING
def family(request, pk):
    review = opened_for(request, pk, rights.ENGAGE_FAMILY)
    return do(
        request,
        review,
        forms.FamilyForm(request.POST or None, today=request.by.today),
        lambda said: actions.record_family_contact(review, by=request.by, **said),
        title="Record contact with the family",
        said="The contact with the family has been recorded.",
        refused={actions.DateOutOfOrder: "on"},
    )
