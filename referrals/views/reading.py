"""Reading a referral: what each may read of it, its paper and its files."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import PersonRequest
from audit.access import open_part
from cases.models import Case
from documents.serve import download
from referrals import presenting, rights
from referrals.actions.approval import WITHDRAWN
from referrals.models import Attachment, Question, Referral

from .opening import opened


@require_GET
def referral(request: PersonRequest, pk: int) -> HttpResponse:
    """Where it stands. Its agency reads status, paper, questions and outcome; the answers, whoever sees the case."""
    found = opened(request, pk)
    by = request.by
    may_write = rights.WRITE.allows(by, found)
    if found.can_be_written and may_write:
        return redirect("referrals:tasks", pk)
    may_approve = found.awaits_approval and rights.APPROVE.allows(by, found)
    if may_approve:
        return redirect("referrals:approve", pk)
    sees_case = found.case is not None and Case.objects.visible_to(by).filter(pk=found.case.pk).exists()
    decided = found.decided_in()
    context = {
        "referral": found,
        "next": presenting.what_happens_next(found),
        "decided": decided if decided is not None and decided.is_concluded else None,
        "questions": Question.objects.filter(referral=found).select_related("asked_by", "answered_by"),
        "may_answer": rights.ANSWER.allows(by, found),
        "may_add": found.takes_more and rights.ANSWER.allows(by, found),
        "approvers": found.recipients("approvers", by.today) if found.awaits_approval else (),
        "may_withdraw": found.is_in_the_agency and rights.WITHDRAW.allows(by, found),
        "may_triage": rights.TRIAGE.allows(by, found),
        "sees_case": sees_case,
        "own_agency": may_write,
        "paper_url": reverse("referrals:paper", args=[pk]),
    }
    if sees_case:
        answers = found.answers()
        context |= {
            "shown": presenting.shown_answers(answers, with_identities=False),
            "gaps": presenting.gaps(answers),
            "files": Attachment.objects.filter(referral=found).select_related("upload"),
        }
    elif may_write and not found.was_removed:
        answers = found.answers()
        if found.is_withdrawn:
            context["withdrawn"] = presenting.reasons_given(found, WITHDRAWN)
        else:
            context["gaps"] = presenting.gaps(answers)
        if not found.is_sent:
            context["shown"] = presenting.shown_answers(answers, with_identities=True)
    return render(request, "referrals/referral.html", context)


@require_GET
def paper(request: PersonRequest, pk: int) -> FileResponse:
    found = open_part(request, Referral, pk, verb="downloaded")
    if found.paper is None:
        raise Http404("It has not been sent.")
    return download(found.paper, request.GET.get("as") or None)


@require_GET
def attachment(request: PersonRequest, pk: int, attachment: int) -> FileResponse:
    found = open_part(request, Attachment, attachment, verb="downloaded", referral_id=pk)
    return download(found.upload)
