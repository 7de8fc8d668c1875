"""The agencies of the partnership."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import add_agency, approve_domain, change_agency, end_agency, withdraw_domain
from accounts.forms.house import AddDomain, AgencyDetails, EndAgency
from accounts.models import Agency
from accounts.requests import PersonRequest
from accounts.rights import MANAGE_AGENCIES
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit

from .stale import differences, seen_again

GET_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE = 50
TAKEN = "There is an agency of this name from that day already. Enter another name or first day"


@require_http_methods(["GET", "HEAD"])
def agencies(request: HttpRequest) -> HttpResponse:
    by = cast(PersonRequest, request).by
    MANAGE_AGENCIES.require(by)
    rows = Agency.objects.visible_to(by).prefetch_related("domains").order_by("name", "valid_from")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "agency": agency,
            "domains": [one.domain for one in agency.domains.all()],
            "is_over": agency.valid_until is not None and agency.valid_until < by.today,
        }
        for agency in page
    ]
    return render(request, "accounts/agencies.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD"])
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    by = cast(PersonRequest, request).by
    MANAGE_AGENCIES.require(by)
    return _agency_page(request, open_part(request, Agency, pk), AddDomain())


def _agency_page(request: HttpRequest, row: Agency, form: AddDomain) -> HttpResponse:
    by = cast(PersonRequest, request).by
    rows: list[tuple[str, Any]] = [
        ("Type", row.get_kind_display()),
        ("Safeguarding partner", row.get_body_display() if row.body else "No"),
        ("Area", "Outside this partnership's area" if row.out_of_area else "This partnership's area"),
        ("ONS code", row.ons_code),
        ("How to report a child at risk to it", row.front_door),
    ]
    return render(
        request,
        "accounts/agency.html",
        {
            "agency": row,
            "rows": rows,
            "domains": row.domains.order_by("domain"),
            "form": form,
            "is_over": row.valid_until is not None and row.valid_until < by.today,
        },
    )


@require_http_methods(GET_OR_POST)
def new_agency(request: HttpRequest) -> HttpResponse:
    by = cast(PersonRequest, request).by
    MANAGE_AGENCIES.require(by)
    form = AgencyDetails(request.POST or None, today=by.today)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                row = add_agency(by=by, token=form.cleaned_data["token"] or None, **form.facts())
        except AlreadySubmitted as done:
            return redirect("accounts:agency", pk=done.event.subject.rpartition(":")[2])
        except IntegrityError:
            form.add_error("name", TAKEN)
        else:
            messages.success(request, f"{row} has been added. Approve its email domains")
            return redirect("accounts:agency", pk=row.pk)
    return render(request, "accounts/agency_edit.html", {"form": form, "agency": None})


@require_http_methods(GET_OR_POST)
def edit_agency(request: HttpRequest, pk: int) -> HttpResponse:
    by = cast(PersonRequest, request).by
    row = open_part(request, Agency, pk)
    MANAGE_AGENCIES.require(by, row)
    stale: list[Any] = []
    form = AgencyDetails(request.POST or None, instance=Agency.objects.get(pk=row.pk), today=by.today)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                change_agency(row, by=by, seen_version=form.cleaned_data["seen_version"] or 0, **form.facts())
        except StaleEdit as edit:
            stale = differences(form, edit)
            seen_again(form, edit)
        except IntegrityError:
            form.add_error("name", TAKEN)
        else:
            messages.success(request, "The agency has been changed")
            return redirect("accounts:agency", pk=row.pk)
    return render(request, "accounts/agency_edit.html", {"form": form, "agency": row, "stale": stale})


@require_http_methods(GET_OR_POST)
def close_agency(request: HttpRequest, pk: int) -> HttpResponse:
    by = cast(PersonRequest, request).by
    row = open_part(request, Agency, pk)
    MANAGE_AGENCIES.require(by, row)
    form = EndAgency(request.POST or None, today=by.today)
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        if last_day < row.valid_from:
            form.add_error("last_day", "Last day must be the same as or after the first day")
        else:
            try:
                end_agency(row, last_day=last_day, by=by, reason=form.cleaned_data["reason"])
            except AlreadyDone:
                form.add_error("last_day", "This agency ends by then already")
            else:
                messages.success(request, "The agency's last day has been saved")
                return redirect("accounts:agency", pk=row.pk)
    holders = row.memberships.filter(user__is_active=True).exclude(approved_at=None).exclude(ends_on__lt=by.today)
    return render(request, "accounts/agency_end.html", {"form": form, "agency": row, "holders": holders.count()})


@require_POST
def add_domain(request: HttpRequest, pk: int) -> HttpResponse:
    by = cast(PersonRequest, request).by
    row = open_part(request, Agency, pk)
    MANAGE_AGENCIES.require(by, row)
    form = AddDomain(request.POST)
    if not form.is_valid():
        return _agency_page(request, row, form)
    approve_domain(row, form.cleaned_data["domain"], by=by)
    messages.success(request, "The email domain has been approved")
    return redirect("accounts:agency", pk=row.pk)


@require_POST
def remove_domain(request: HttpRequest, pk: int, domain: int) -> HttpResponse:
    by = cast(PersonRequest, request).by
    row = open_part(request, Agency, pk)
    withdraw_domain(get_object_or_404(row.domains, pk=domain), by=by)
    messages.success(request, "The email domain has been withdrawn. Whoever is in stays in")
    return redirect("accounts:agency", pk=row.pk)
