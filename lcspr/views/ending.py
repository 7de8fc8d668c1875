"""Sign-off, notices, delay and publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.access import open_part
from deadlines.actions.clocks import LateReasonNeeded
from decisions.actions import NotReady
from documents.serve import download
from lcspr import actions, forms, rights
from lcspr.actions.commissioning import RECIPIENTS as TOLD_OF_THE_REVIEW
from lcspr.actions.publishing import RECIPIENTS as HAVE_THE_REPORT
from lcspr.models import Review, Reviewer
from notifications.register.recipients import name_of

from .doing import do

DOING = require_http_methods(["GET", "POST"])


@DOING
def open_sign_off(request, pk):
    review = open_part(request, Review, pk)
    rights.CHECK.require(request.by, review)
    if request.method == "POST":
        decision = actions.open_sign_off(review, by=request.by)
        messages.success(request, "Each partner has been asked to sign the report off.")
        return redirect("decisions:decision", pk=decision.pk)
    return render(request, "lcspr/open_sign_off.html", {"review": review})


@DOING
def conclude(request, pk):
    def act(review, bound):
        actions.conclude_sign_off(review, by=request.by, **bound.cleaned_data)
        return "The sign-off has been concluded."

    return do(
        request,
        pk,
        rights.CONCLUDE,
        form=lambda review: forms.ConcludeForm(request.POST or None),
        act=act,
        title="Conclude the sign-off",
        button="Conclude sign-off",
        refused=(NotReady,),
        on_refusal=lambda bound, error: bound.add_error("outcome", str(error)),
    )


def _recipient(recipient, known):
    if recipient not in known:
        raise Http404
    return name_of(recipient)


@DOING
def decision_notice(request, pk, recipient):
    """One recipient was told that there will be a local review."""
    name = _recipient(recipient, TOLD_OF_THE_REVIEW)

    def act(review, bound):
        actions.record_decision_notice(review, recipient, by=request.by, **bound.cleaned_data)
        return f"Recorded: {name} has been told of the review."

    return _notice(request, pk, f"Told of the review: {name}", act)


@DOING
def reviewer_notice(request, pk, reviewer, recipient):
    """One recipient was told the name of a reviewer."""
    name = _recipient(recipient, TOLD_OF_THE_REVIEW)

    def form(review):
        get_object_or_404(Reviewer, pk=reviewer, review=review)
        return forms.NoticeForm(request.POST or None, by=request.by)

    def act(review, bound):
        appointed = review.reviewers.get(pk=reviewer)
        actions.record_reviewer_notice(appointed, recipient, by=request.by, **bound.cleaned_data)
        return f"Recorded: {name} has been told the reviewer's name."

    return _notice(request, pk, f"Told the reviewer's name: {name}", act, form)


@DOING
def copy_sent(request, pk, recipient):
    """One recipient was sent the full report before publication."""
    name = _recipient(recipient, HAVE_THE_REPORT)

    def act(review, bound):
        actions.record_copy_sent(review, recipient, by=request.by, **bound.cleaned_data)
        return f"Recorded: {name} has the full report."

    return _notice(request, pk, f"Full report sent: {name}", act)


def _notice(request, pk, title, act, form=None):
    return do(
        request,
        pk,
        rights.NOTIFY,
        form=form or (lambda review: forms.NoticeForm(request.POST or None, by=request.by)),
        act=act,
        title=title,
        button="Record that it was sent",
    )


@DOING
def plan_publication(request, pk):
    def form(review):
        initial = {"public_title": review.public_title, "on": review.planned_publication_on}
        return forms.PlanForm(request.POST or None, initial=initial, by=request.by)

    def act(review, bound):
        said = bound.cleaned_data
        actions.plan_publication(
            review, said["on"], by=request.by, public_title=said["public_title"], token=said["token"]
        )
        return "Publication is planned. The full report is now due to the Panel, the Secretary of State and Ofsted."

    return do(
        request,
        pk,
        rights.PLAN_PUBLICATION,
        form=form,
        act=act,
        title="Plan the publication",
        button="Plan publication",
    )


def _why_not(bound, error):
    if isinstance(error, actions.NoticeTooShort):
        names = ", ".join(name_of(recipient) for recipient in error.missing)
        bound.add_error(
            "early_reason",
            f"Enter why the report is published before {names} have had it for seven working days",
        )
    elif isinstance(error, actions.NamesFound):
        where = ", ".join(error.where)
        bound.add_error(
            "names_checked",
            f"A name of a person of the case stands in: {where}. Take it out, or enter why it may stay",
        )
    else:
        bound.add_error("late_reason", "Enter why the report is published after the six months")


@DOING
def publish(request, pk):
    def act(review, bound):
        actions.publish(review, by=request.by, **bound.cleaned_data)
        return "The report is published."

    return do(
        request,
        pk,
        rights.PUBLISH,
        form=lambda review: forms.PublishForm(request.POST or None),
        act=act,
        title="Publish the report",
        button="Publish report",
        refused=(actions.NoticeTooShort, actions.NamesFound, LateReasonNeeded),
        on_refusal=_why_not,
    )


@DOING
def improvements_only(request, pk):
    def act(review, bound):
        actions.publish_improvements_only(review, by=request.by, **bound.cleaned_data)
        return "The information about improvements is published."

    return do(
        request,
        pk,
        rights.PUBLISH,
        form=lambda review: forms.ImprovementsOnlyForm(request.POST or None),
        act=act,
        title="Publish the improvements only",
        button="Publish improvements",
    )


@DOING
def delay(request, pk):
    def act(review, bound):
        actions.give_delay_notice(review, by=request.by, **bound.cleaned_data)
        return "The notice of delay is recorded. The statutory date stays as it is."

    return do(
        request,
        pk,
        rights.NOTIFY,
        form=lambda review: forms.DelayForm(request.POST or None),
        act=act,
        title="Record a notice of delay",
        button="Record notice",
    )


@DOING
def monitor(request, pk):
    def act(review, bound):
        actions.monitor(review, by=request.by, **bound.cleaned_data)
        return "Progress and quality have been recorded."

    return do(
        request,
        pk,
        rights.MONITOR,
        form=lambda review: forms.MonitorForm(request.POST or None),
        act=act,
        title="Record progress and quality",
        button="Record",
    )


@DOING
def family(request, pk):
    def act(review, bound):
        actions.record_family_contact(review, by=request.by, **bound.cleaned_data)
        return "The contact with the family has been recorded."

    return do(
        request,
        pk,
        rights.ENGAGE_FAMILY,
        form=lambda review: forms.FamilyForm(request.POST or None),
        act=act,
        title="Record contact with the family",
        button="Record contact",
    )


@require_GET
def paper(request, pk, ending):
    review = open_part(request, Review, pk, verb="downloaded")
    if review.report is None:
        raise Http404
    return download(review.report, ending)
