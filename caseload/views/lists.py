"""Saved lists of cases, and their columns."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseload import actions, rights
from caseload.filters import CaseFilter
from caseload.forms import ColumnsForm, SaveListForm
from caseload.listing import columns_for
from caseload.models import SavedList
from cases.models import Case


@require_GET
def saved(request):
    """One's own lists, and those that are shared."""
    lists = [(one, rights.REMOVE_LIST.allows(request.by, one)) for one in SavedList.objects.visible_to(request.by)]
    return render(request, "caseload/lists.html", {"lists": lists})


@require_http_methods(["GET", "POST"])
def save(request):
    """Keep the list as it is narrowed now, with the columns it shows."""
    rights.KEEP_LISTS.require(request.by)
    narrowed = CaseFilter(request.GET, queryset=Case.objects.none(), by=request.by)
    form = SaveListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_list(
            form.cleaned_data["name"],
            by=request.by,
            query=narrowed.query,
            columns=columns_for(request.by),
            shared=form.cleaned_data["shared"] == "yes",
        )
        messages.success(request, "The list is saved.")
        return redirect(saved)
    return render(request, "caseload/save_list.html", {"form": form, "narrowed_by": narrowed.words})


@require_http_methods(["GET", "POST"])
def columns(request):
    """Which columns the list of cases shows this person from now on."""
    rights.KEEP_LISTS.require(request.by)
    form = ColumnsForm(request.POST if request.method == "POST" else None, initial={"columns": columns_for(request.by)})
    if request.method == "POST" and form.is_valid():
        actions.keep_columns(form.cleaned_data["columns"], by=request.by)
        messages.success(request, "The list shows these columns from now on.")
        return redirect("caseload:cases")
    return render(request, "caseload/columns.html", {"form": form})


@require_POST
def remove(request, list_pk):
    """Remove a saved list. No case changes."""
    found = SavedList.objects.visible_to(request.by).filter(pk=list_pk).first()
    if found is None:
        raise Http404
    actions.remove_list(found, by=request.by)
    messages.success(request, "The list is removed.")
    return redirect("caseload:lists")
