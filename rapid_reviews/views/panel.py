"""What the panel records: its meetings, the criteria, learning and immediate actions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from agency_returns.presenter import both_texts
from audit.access import open_part
from audit.lifecycle import StaleEdit
from decisions.criteria import BY_CODE
from rapid_reviews import actions, presenter, rights
from rapid_reviews.forms import (
    ActionForm,
    AttendanceForm,
    CriterionForm,
    LearningPointForm,
    MeetingForm,
)
from rapid_reviews.models import Attendance, ImmediateAction, LearningPoint, Meeting, RapidReview

from .doing import DOING, do


def _readable(request, pk):
    opened = open_part(request, RapidReview, pk)
    rights.READ_ALL.require(request.by, opened)
    return opened


def _editable(request, pk):
    opened = open_part(request, RapidReview, pk)
    rights.EDIT.require(request.by, opened)
    return opened


def _edit(request, review, form, act, *, title, said, to, template="rapid_reviews/form.html", **shown):
    """An edit: as `do`, and a stale one is shown with both texts."""
    try:
        return do(request, review, form, act, title=title, said=said, to=to, template=template, **shown)
    except StaleEdit as stale:
        texts = both_texts(form, {name: now for name, now in stale.theirs.items() if name in form.fields})
        form.has_seen(stale.version)
        context = {"review": review, "case": review.case, "form": form, "title": title, "texts": texts, **shown}
        return render(request, template, context, status=409)


@require_GET
def meetings(request, pk):
    opened = _readable(request, pk)
    return render(
        request,
        "rapid_reviews/meetings.html",
        {
            "review": opened,
            "case": opened.case,
            "meetings": opened.meetings.prefetch_related("attendance__agency"),
            "may": presenter.may(opened, request.by),
        },
    )


@DOING
def add_meeting(request, pk):
    opened = _editable(request, pk)
    form = MeetingForm(request.POST or None, by=request.by)
    return do(
        request,
        opened,
        form,
        lambda said: actions.record_meeting(opened, by=request.by, token=said["token"], **form.facts()),
        title="Record a meeting",
        said="The meeting has been recorded. Now add who was there.",
        to=reverse("rapid_reviews:meetings", args=[pk]),
        back=reverse("rapid_reviews:meetings", args=[pk]),
    )


@DOING
def edit_meeting(request, pk):
    meeting = open_part(request, Meeting, pk)
    rights.EDIT.require(request.by, meeting.review)
    form = MeetingForm(request.POST or None, instance=meeting, by=request.by, initial={"seen_version": meeting.version})
    return _edit(
        request,
        meeting.review,
        form,
        lambda said: actions.change_meeting(meeting, by=request.by, seen_version=form.seen, **form.facts()),
        title="Change the meeting",
        said="The meeting has been changed",
        to=reverse("rapid_reviews:meetings", args=[meeting.review_id]),
        back=reverse("rapid_reviews:meetings", args=[meeting.review_id]),
    )


@DOING
def add_attendance(request, pk):
    meeting = open_part(request, Meeting, pk)
    rights.EDIT.require(request.by, meeting.review)
    form = AttendanceForm(request.POST or None, by=request.by)
    back = reverse("rapid_reviews:meetings", args=[meeting.review_id])
    return do(
        request,
        meeting.review,
        form,
        lambda said: actions.add_attendance(meeting, by=request.by, token=said["token"], **form.facts()),
        title="Who was at the meeting",
        said="The person has been added",
        to=reverse("rapid_reviews:attendance", args=[pk]),
        template="rapid_reviews/attendance.html",
        back=back,
        meeting=meeting,
        people=meeting.attendance.select_related("agency"),
    )


@require_POST
def remove_attendance(request, pk):
    row = open_part(request, Attendance, pk)
    actions.remove_attendance(row, by=request.by)
    messages.success(request, "The person has been removed")
    return redirect("rapid_reviews:attendance", pk=row.meeting_id)


@require_GET
def criteria(request, pk):
    opened = _readable(request, pk)
    return render(
        request,
        "rapid_reviews/criteria.html",
        {
            "review": opened,
            "case": opened.case,
            "criteria": presenter.criteria(opened),
            "may": presenter.may(opened, request.by),
        },
    )


@DOING
def criterion(request, pk, code):
    """One criterion, on a page of its own."""
    opened = _editable(request, pk)
    if code not in {shown.code for shown in presenter.criteria(opened)}:
        raise Http404
    finding = opened.findings.filter(code=code).first()
    known = (
        {"answer": finding.answer, "narrative": finding.narrative, "seen_version": finding.version} if finding else {}
    )
    form = CriterionForm(request.POST or None, initial=known)
    back = reverse("rapid_reviews:criteria", args=[pk])
    return _edit(
        request,
        opened,
        form,
        lambda said: actions.answer_criterion(
            opened,
            code,
            by=request.by,
            answer=said["answer"],
            narrative=said["narrative"],
            seen_version=said["seen_version"] or 0,
        ),
        title="Criterion",
        said="The answer has been saved",
        to=back,
        template="rapid_reviews/criterion.html",
        back=back,
        criterion=BY_CODE[code],
    )


@require_GET
def learning(request, pk):
    opened = _readable(request, pk)
    return render(
        request,
        "rapid_reviews/learning.html",
        {
            "review": opened,
            "case": opened.case,
            "points": opened.learning_points.filter(removed_at=None),
            "planned": opened.immediate_actions.filter(removed_at=None).select_related("owner"),
            "may": presenter.may(opened, request.by),
        },
    )


@DOING
def add_point(request, pk):
    opened = _editable(request, pk)
    form = LearningPointForm(request.POST or None)
    back = reverse("rapid_reviews:learning", args=[pk])
    return do(
        request,
        opened,
        form,
        lambda said: actions.add_learning_point(opened, by=request.by, token=said["token"], **form.facts()),
        title="Add a learning point",
        said="The learning point has been added",
        to=back,
        back=back,
    )


@DOING
def edit_point(request, pk):
    point = open_part(request, LearningPoint, pk, removed_at=None)
    rights.EDIT.require(request.by, point.review)
    form = LearningPointForm(request.POST or None, instance=point, initial={"seen_version": point.version})
    back = reverse("rapid_reviews:learning", args=[point.review_id])
    return _edit(
        request,
        point.review,
        form,
        lambda said: actions.change_learning_point(point, by=request.by, seen_version=form.seen, **form.facts()),
        title="Change the learning point",
        said="The learning point has been changed",
        to=back,
        back=back,
    )


@require_POST
def remove_point(request, pk):
    point = open_part(request, LearningPoint, pk, removed_at=None)
    actions.remove_learning_point(point, by=request.by)
    messages.success(request, "The learning point has been removed")
    return redirect("rapid_reviews:learning", pk=point.review_id)


@DOING
def add_action(request, pk):
    opened = _editable(request, pk)
    form = ActionForm(request.POST or None, by=request.by)
    back = reverse("rapid_reviews:learning", args=[pk])
    return do(
        request,
        opened,
        form,
        lambda said: actions.add_action(opened, by=request.by, token=said["token"], **form.facts()),
        title="Add an immediate action",
        said="The action has been added",
        to=back,
        back=back,
    )


@DOING
def edit_action(request, pk):
    action = open_part(request, ImmediateAction, pk, removed_at=None)
    rights.EDIT.require(request.by, action.review)
    form = ActionForm(request.POST or None, instance=action, by=request.by, initial={"seen_version": action.version})
    back = reverse("rapid_reviews:learning", args=[action.review_id])
    return _edit(
        request,
        action.review,
        form,
        lambda said: actions.change_action(action, by=request.by, seen_version=form.seen, **form.facts()),
        title="Change the immediate action",
        said="The action has been changed",
        to=back,
        back=back,
    )


@require_POST
def remove_action(request, pk):
    action = open_part(request, ImmediateAction, pk, removed_at=None)
    actions.remove_action(action, by=request.by)
    messages.success(request, "The action has been removed")
    return redirect("rapid_reviews:learning", pk=action.review_id)
