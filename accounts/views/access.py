"""What is done with somebody's access: a page for each."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import (
    CannotDeputise,
    approve,
    arrange_cover,
    close_account,
    end_cover,
    end_membership,
    open_account_again,
    refuse,
    remove_second_factors,
    sign_out_everywhere,
)
from accounts.forms import people as forms
from accounts.models import Cover, Membership, User
from accounts.requests import PersonRequest
from accounts.rights import ARRANGE_COVER, MANAGE_PEOPLE, NotPermitted
from audit.access import open_part

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody asked for access."""
    by = cast(PersonRequest, request).by
    membership = open_part(request, Membership, pk)
    MANAGE_PEOPLE.require(by, membership)
    form = forms.Decide(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["decision"] == "yes":
            approve(membership, by=by, token=said["token"])
            messages.success(request, "The access is approved. The person will be told by email")
        else:
            refuse(membership, by=by, reason=said["reason"], token=said["token"])
            messages.success(request, "The access is not approved. The person will be told by email")
        return redirect(membership.get_absolute_url())
    outside = not membership.agency.approves(membership.user.email)
    return render(
        request,
        "accounts/decide.html",
        {
            "form": form,
            "membership": membership,
            "person": membership.user,
            "outside": outside,
            "is_waiting": membership.is_waiting,
        },
    )


@require_http_methods(GET_OR_POST)
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    by = cast(PersonRequest, request).by
    membership = open_part(request, Membership, pk)
    MANAGE_PEOPLE.require(by, membership)
    form = forms.EndRole(request.POST or None, today=by.today)
    if request.method == "POST" and form.is_valid():
        try:
            end_membership(membership, last_day=form.chosen_day(by.today), by=by, reason=form.cleaned_data["reason"])
        except NotPermitted as refused:
            form.add_error("when", str(refused))
        else:
            messages.success(request, "The role has been ended")
            return redirect(membership.get_absolute_url())
    return render(
        request, "accounts/end_role.html", {"form": form, "membership": membership, "person": membership.user}
    )


@require_http_methods(GET_OR_POST)
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands in for a role: arranged by its holder, or by those who manage people."""
    by = cast(PersonRequest, request).by
    membership = open_part(request, Membership, pk)
    ARRANGE_COVER.require(by, membership)
    form = forms.Cover(request.POST or None, today=by.today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            arrange_cover(
                membership,
                deputy=said["deputy"],
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
                by=by,
                token=said["token"],
            )
        except (CannotDeputise, NotPermitted) as refused:
            form.add_error("deputy", str(refused))
        else:
            messages.success(request, f"{said['deputy']} stands in on those days")
            return redirect(membership.get_absolute_url())
    return render(request, "accounts/cover.html", {"form": form, "membership": membership, "person": membership.user})


@require_POST
def take_back_cover(request: HttpRequest, pk: int) -> HttpResponse:
    by = cast(PersonRequest, request).by
    row = open_part(request, Cover, pk)
    back = row.get_absolute_url()
    end_cover(row, by=by)
    messages.success(request, "The cover has ended")
    return redirect(back)


@require_http_methods(GET_OR_POST)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate somebody who has left."""
    by = cast(PersonRequest, request).by
    user = open_part(request, User, pk)
    MANAGE_PEOPLE.require(by, user)
    form = forms.GiveReason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(user, by=by, reason=form.cleaned_data["reason"])
        except NotPermitted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The account has been closed")
            return redirect(user.get_absolute_url())
    return render(request, "accounts/close.html", {"form": form, "person": user})


@require_http_methods(GET_OR_POST)
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    by = cast(PersonRequest, request).by
    user = open_part(request, User, pk)
    MANAGE_PEOPLE.require(by, user)
    form = forms.GiveReason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        open_account_again(user, by=by, reason=form.cleaned_data["reason"])
        messages.success(request, "The account is open again")
        return redirect(user.get_absolute_url())
    return render(request, "accounts/open_again.html", {"form": form, "person": user})


@require_http_methods(GET_OR_POST)
def lost_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who lost phone, passkey and recovery codes."""
    by = cast(PersonRequest, request).by
    user = open_part(request, User, pk)
    MANAGE_PEOPLE.require(by, user)
    form = forms.GiveReason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove_second_factors(user, by=by, reason=form.cleaned_data["reason"])
        messages.success(request, "The second factor has been removed. They set up a new one when they next sign in")
        return redirect(user.get_absolute_url())
    return render(request, "accounts/lost_second_factor.html", {"form": form, "person": user})


@require_POST
def sign_out_person(request: HttpRequest, pk: int) -> HttpResponse:
    by = cast(PersonRequest, request).by
    user = open_part(request, User, pk)
    MANAGE_PEOPLE.require(by, user)
    sign_out_everywhere(user, by=by)
    messages.success(request, "They have been signed out everywhere")
    return redirect(user.get_absolute_url())
