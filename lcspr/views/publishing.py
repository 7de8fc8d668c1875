"""Planning the publication, publishing, and the pack for whoever looks after it."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.access import open_part
from deadlines.actions import LateReasonNeeded
from documents.serve import download
from govuk.words import listed
from lcspr import actions, forms, presenter, rights
from lcspr.models import PublicationPack
from notifications.register.recipients import name_of

from .doing import DOING, Refused, do, opened_for

WHOSE = "the Panel, the Secretary of State or Ofsted"
WHOSE_REASONS = "the Panel and the Secretary of State"


@DOING
def plan_publication(request, pk):
    review = opened_for(request, pk, rights.PLAN_PUBLICATION)
    initial = {
        "public_title": review.public_title,
        "on": review.planned_publication_on,
        "communications": review.communications,
    }
    form = forms.PlanForm(request.POST or None, initial=initial, today=request.by.today)
    return do(
        request,
        review,
        form,
        lambda said: actions.plan_publication(review, said.pop("on"), by=request.by, **said),
        title="Plan the publication",
        said="Publication is planned. The full report is now due to the Panel, the Secretary of State and Ofsted.",
        refused={actions.DateOutOfOrder: "on", actions.NamesFound: _title_names},
        note="They have the full report no later than seven working days before the planned day.",
    )


def _title_names(form, error):
    form.add_error("public_title", "Title for the public must not say who anybody of the case is")


def _too_short(form, error):
    names = listed([name_of(recipient) for recipient in error.missing])
    form.add_error("early_reason", f"Enter why it is published before {names} have had it for seven working days")


def _names_stand(form, error):
    form.add_error(
        "names_checked",
        "A name, date of birth, number or address of a person of the case stands in: "
        f"{listed(error.where)}. Take the report back and change it, or enter why it may stay",
    )


def _too_late(form, error):
    form.add_error("late_reason", "Enter why it is published after the six months")


REFUSED: Refused = {actions.NoticeTooShort: _too_short, actions.NamesFound: _names_stand, LateReasonNeeded: _too_late}


@DOING
def publish(request, pk):
    review = opened_for(request, pk, rights.PUBLISH)
    form = forms.PublishForm(request.POST or None, due_on=presenter.six_months_end(review), whose=WHOSE)
    return do(
        request,
        review,
        form,
        lambda said: actions.publish(review, by=request.by, **said),
        title="Publish the report",
        said="The report is published.",
        refused=REFUSED,
        template="lcspr/publish.html",
        waiting=presenter.waiting_for_notice(review, on=request.by.today),
    )


@DOING
def improvements_only(request, pk):
    review = opened_for(request, pk, rights.PUBLISH)
    form = forms.ImprovementsOnlyForm(
        request.POST or None, today=request.by.today, due_on=presenter.six_months_end(review), whose=WHOSE_REASONS
    )
    return do(
        request,
        review,
        form,
        lambda said: actions.publish_improvements_only(review, by=request.by, **said),
        title="Publish the improvements only",
        said="The information about improvements is published.",
        refused={**REFUSED, actions.DateOutOfOrder: "sent_at"},
        note="Where publishing the report would not be right, what is to be improved is published instead, and the "
        "Panel and the Secretary of State are told why.",
    )


@require_GET
def pack(request, pk):
    """What the communications officer needs: the signed report, its title and its day. Never a draft."""
    opened = open_part(request, PublicationPack, pk)
    return render(
        request,
        "lcspr/pack.html",
        {
            "pack": opened,
            "case": opened.case,
            "rows": presenter.pack_rows(opened),
            "paper_url": reverse("lcspr:pack_paper", args=[pk]),
        },
    )


@require_GET
def pack_paper(request, pk):
    opened = open_part(request, PublicationPack, pk, verb="downloaded")
    if opened.report is None:
        raise Http404("There is no such paper yet.")
    return download(opened.report, request.GET.get("as"))
