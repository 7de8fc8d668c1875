"""One's own account."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import codes, recovery
from accounts.actions import AddressTaken, change_own_address, change_own_details, sign_out_everywhere
from accounts.forms.codes import EnterEmailedCode, NewAddress
from accounts.forms.people import OwnDetails
from accounts.letters import NotSent, send_letter
from accounts.models import EmailDomain, User
from accounts.requests import PersonRequest
from govuk.rows import Row

from . import proving
from .people import covers_of, membership_line

ASKED = "address_asked"
GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Details, roles, cover, how one signs in."""
    asked = cast(PersonRequest, request)
    by, user = asked.by, asked.user
    details = reverse("accounts:my_details")
    rows = [
        Row("Full name", user.name, details),
        Row("Job title", user.job_title, details),
        Row("Telephone number", user.phone, details),
    ]
    if user.correspondent:
        rows.append(Row("Email address", user.email))
    else:
        rows.append(Row("Email address", user.email, reverse("accounts:my_address")))
    factors = user.factors.count()
    signing_in = [
        Row("Password", "Set" if user.has_usable_password() else "Not set", reverse("account_change_password")),
        Row("Second factor", _how_many(factors, "way", "ways"), reverse("mfa_index")),
        Row("Recovery codes", f"{recovery.unused(user)} unused", reverse("mfa_index")),
    ]
    memberships = user.memberships.select_related("agency", "user").order_by("-starts_on", "pk")
    return render(
        request,
        "accounts/profile.html",
        {
            "person": user,
            "rows": rows,
            "signing_in": [] if user.correspondent else signing_in,
            "memberships": [membership_line(one, by) for one in memberships],
            "covers": covers_of(user, by),
        },
    )


def _how_many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else "Not set up"


@require_http_methods(GET_OR_POST)
def my_details(request: HttpRequest) -> HttpResponse:
    by = cast(PersonRequest, request).by
    form = OwnDetails(request.POST or None, instance=User.objects.get(pk=by.user.pk))
    if request.method == "POST" and form.is_valid():
        change_own_details(by=by, **form.cleaned_data)
        messages.success(request, "Your details have been saved")
        return redirect("accounts:profile")
    return render(request, "accounts/my_details.html", {"form": form})


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
@require_http_methods(GET_OR_POST)
def my_address(request: HttpRequest) -> HttpResponse:
    """A new address to sign in with: one of an agency one holds a role in. A code goes to it first."""
    asked = cast(PersonRequest, request)
    _not_for_correspondents(asked)
    form = NewAddress(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        domains = EmailDomain.objects.filter(agency__in=asked.by.agencies(), domain=address.rpartition("@")[2])
        if not domains.exists():
            form.add_error("email", "Email address must be one your agency gave you. Ask the partnership if it is new")
        elif proving.send(request, form, address, lambda: codes.send_code(address, _purpose(asked), at=asked.at)):
            proving.remember(request, ASKED, email=address)
            return redirect("accounts:my_address_code")
    return render(request, "accounts/my_address.html", {"form": form})


@require_http_methods(GET_OR_POST)
def my_address_code(request: HttpRequest) -> HttpResponse:
    asked = cast(PersonRequest, request)
    _not_for_correspondents(asked)
    facts = proving.remembered(request, ASKED)
    if facts is None:
        return redirect("accounts:my_address")
    form = EnterEmailedCode(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and proving.is_right(request, form, facts["email"], _purpose(asked))
    ):
        try:
            old = change_own_address(facts["email"], by=asked.by)
        except AddressTaken as refused:
            form.add_error("code", str(refused))
        else:
            del request.session[ASKED]
            messages.success(request, "Your email address has been changed")
            try:
                send_letter("accounts/mail/address_changed", old, {"at": asked.at})
            except NotSent:
                messages.warning(request, "The email to your old address could not be sent")
            return redirect("accounts:profile")
    return render(request, "accounts/my_address_code.html", {"form": form, "address": facts["email"]})


def _purpose(asked: PersonRequest) -> str:
    return f"new address:{asked.user.pk}"


def _not_for_correspondents(asked: PersonRequest) -> None:
    if asked.by.is_correspondent:
        raise Http404("The address is all that says who a correspondent is.")


@require_POST
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    asked = cast(PersonRequest, request)
    sign_out_everywhere(asked.user, by=asked.by)
    update_session_auth_hash(request, User.objects.get(pk=asked.user.pk))
    messages.success(request, "You have been signed out everywhere else")
    return redirect("accounts:profile")
