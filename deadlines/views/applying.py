"""The page that says whether a duty arises at all."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from audit.access import open_part
from audit.lifecycle import AlreadyDone
from deadlines import actions, rights
from deadlines.forms import AppliesForm, DoesNotApplyForm
from deadlines.models import Deadline

from .doing import do


@require_http_methods(["GET", "HEAD", "POST"])
def applies(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that a duty does not arise on this occasion; where that was said, that it does after all."""
    clock = open_part(request, Deadline, pk)
    rights.APPLIES.require(request.by, clock)
    if actions.may_apply_again(clock):
        return _after_all(request, clock)
    if request.method != "POST" and not actions.may_not_apply(clock):
        raise AlreadyDone("It cannot be said here that this duty does not apply.")

    def act(said: dict[str, Any]) -> None:
        actions.not_applicable(
            clock,
            by=request.by,
            reason=said["reason"],
            said_by=said["said_by"],
            seen_version=said["seen_version"],
            token=said["token"],
        )

    return do(
        request,
        clock,
        DoesNotApplyForm(request.POST or None, initial={"seen_version": clock.version}),
        act,
        title="Say that it does not apply",
        said="It was recorded that this duty does not apply. Those it concerns will be told.",
        intro="The clock stops and nobody is reminded of it. It stays to be read, with who said so and why.",
        refused={},
    )


def _after_all(request: PersonRequest, clock: Deadline) -> HttpResponse:
    return do(
        request,
        clock,
        AppliesForm(request.POST or None),
        lambda said: actions.applies_after_all(clock, by=request.by, reason=said["reason"], token=said["token"]),
        title="Say that it applies after all",
        said="The clock runs again from the day it was counted from. Those it concerns will be told.",
        intro=f"{clock.not_applicable_said_by} said that it does not apply: {clock.not_applicable_reason}",
        refused={},
    )
