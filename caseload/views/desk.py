"""My work."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.rights import only_looking
from agency_returns.actions import tell_contact
from agency_returns.models import AgencyReturn
from audit.access import open_part
from caseload import actions, rights
from caseload import desk as work
from caseload.items import MOST, is_cut
from caseload.lines import case_lines
from caseload.waiting import CHASED, waiting_on_others


@require_GET
def desk(request):
    """What this person must do, by when, and what they are waiting for."""
    by = request.by
    with only_looking():
        dated, undated = work.to_do(by)
        waiting = waiting_on_others(by)
        shown = {
            "owed": dated,
            "tasks": undated,
            "waiting": waiting,
            "most": MOST if any(map(is_cut, (dated, undated, waiting))) else 0,
            "lines": case_lines(work.recent(by), on=by.today),
            "may_see_statistics": rights.SEE_STATISTICS.allows(by),
        }
    return render(request, "caseload/desk.html", shown)


@require_POST
def chase(request, code, pk):
    """Remind whoever owes this, once a day."""
    if code not in CHASED:
        raise Http404
    thing = open_part(request, CHASED[code], pk)
    try:
        actions.chase(thing, by=request.by)
    except actions.AlreadyReminded as already:
        messages.info(request, str(already))
        return redirect("caseload:desk")
    if isinstance(thing, AgencyReturn):
        tell_contact(thing.request, by=request.by)
    messages.success(request, "They will be reminded by email.")
    return redirect("caseload:desk")
