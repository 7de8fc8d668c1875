"""The people of the partnership: finding them, seeing one, letting somebody in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from accounts import invitations
from accounts.actions import AlreadyHeld, ClosedAccount, OutsideDomains, add_membership, invite
from accounts.filters import PeopleFilter
from accounts.forms.people import GiveRole, Invite
from accounts.letters import NotSent
from accounts.models import Agency, Cover, Membership, User
from accounts.requests import PersonRequest
from accounts.rights import ARRANGE_COVER, MANAGE_PEOPLE, SEE_PEOPLE
from accounts.roles import MANAGING, Role
from accounts.standing import Standing
from audit.access import open_part
from audit.events import AlreadySubmitted, key_of
from audit.models import Event

PER_PAGE = 25
SOUGHT = "people_sought"
TO_CONFIRM = "access_to_confirm"


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everyone, 25 to a page. A name is sought by POST and kept in the session, never in an address."""
    by = cast(PersonRequest, request).by
    SEE_PEOPLE.require(by)
    if request.method == "POST":
        request.session[SOUGHT] = request.POST.get("sought", "").strip()[:100]
        return redirect("accounts:people")
    sought = request.session.get(SOUGHT, "")
    rows = User.objects.visible_to(by).order_by("name", "email")
    if sought:
        rows = rows.filter(Q(name__icontains=sought) | Q(email__icontains=sought))
    found = PeopleFilter(request.GET, queryset=rows, on=by.today)
    memberships = Membership.objects.filter(refused_at=None).select_related("agency").order_by("agency__name", "role")
    page = Paginator(found.qs.prefetch_related(Prefetch("memberships", memberships)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "accounts/people.html",
        {
            "page": page,
            "lines": [line_of(user, by.today) for user in page],
            "filter_form": found.form,
            "chips": found.chips(),
            "sought": sought,
            "waiting": Membership.objects.visible_to(by).waiting().count(),
        },
    )


def line_of(user: User, day: date) -> dict[str, Any]:
    """One line of the list, ready to draw."""
    memberships = list(user.memberships.all())
    held = [str(one) for one in memberships if one.in_force(on=day)]
    waiting = [str(one) for one in memberships if one.is_waiting]
    state, colour = state_of(user, bool(held), bool(waiting))
    return {
        "user": user,
        "address": breakable(user.email),
        "held": held,
        "waiting": waiting,
        # Most people have a role and that is all there is to say.
        "state": "" if state == "Active" else state,
        "colour": colour,
    }


def breakable(address: str) -> SafeString:
    """An address that may break after the @ and after dots, so that it fits a narrow column."""
    parts = re.split(r"(?<=[@.])", address)
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in parts))


def state_of(user: User, holds: bool, waits: bool) -> tuple[str, str]:
    if not user.is_active:
        return "Closed", "grey"
    if waits:
        return "Waiting", "yellow"
    if user.correspondent:
        return "Code", "light-blue"
    if not user.has_usable_password():
        return "Invited", "purple"
    return ("Active", "green") if holds else ("No role", "grey")


@require_http_methods(["GET", "HEAD"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: details, roles, cover, and what may be done."""
    by = cast(PersonRequest, request).by
    user = open_part(request, User, pk)
    if not SEE_PEOPLE.allows(by) or user.pk == by.user.pk:
        return redirect("accounts:profile")
    manages = MANAGE_PEOPLE.allows(by, user)
    memberships = list(user.memberships.select_related("agency", "approved_by").order_by("-starts_on", "pk"))
    subjects = [key_of(user), *(key_of(one) for one in memberships)]
    return render(
        request,
        "accounts/person.html",
        {
            "person": user,
            "state": state_of(
                user, any(one.in_force(on=by.today) for one in memberships), any(one.is_waiting for one in memberships)
            ),
            "memberships": [membership_line(one, by) for one in memberships],
            "covers": covers_of(user, by),
            "may_manage": manages and user.is_active,
            "may_open": manages and not user.is_active,
            "has_second_factor": user.factors.exists(),
            "is_invited": user.is_active and not user.correspondent and not user.has_usable_password(),
            "events": Event.objects.filter(subject__in=subjects, reading=False)
            .select_related("actor", "reason")
            .order_by("-at", "-pk")[:30],
        },
    )


def membership_line(membership: Membership, by: Standing) -> dict[str, Any]:
    """How a role stands on the day, and what this reader may do with it."""
    day = by.today
    manages = MANAGE_PEOPLE.allows(by, membership)
    in_force = membership.in_force(on=day)
    if membership.refused_at:
        state, colour = "Not approved", "grey"
    elif membership.is_waiting:
        state, colour = "Waiting", "yellow"
    elif in_force:
        state, colour = "In force", "green"
    elif membership.starts_on > day:
        state, colour = "To come", "light-blue"
    else:
        state, colour = "Ended", "grey"
    live = in_force or (membership.approved_at is not None and membership.starts_on > day)
    return {
        "membership": membership,
        "state": state,
        "colour": colour,
        "may_decide": manages and membership.is_waiting,
        "may_end": manages and live,
        "may_cover": in_force and ARRANGE_COVER.allows(by, membership),
        "outside": manages and not membership.agency.approves(membership.user.email),
    }


def covers_of(user: User, by: Standing) -> list[dict[str, Any]]:
    """Cover that is not over yet, given to or by this person."""
    mine = Q(membership__user=user) | Q(deputy=user)
    rows = Cover.objects.visible_to(by).filter(mine, ends_on__gte=by.today)
    rows = rows.select_related("membership__agency", "membership__user", "deputy").order_by("starts_on")
    manages = by.holds(*MANAGING)
    return [{"cover": one, "may_end": manages or one.membership.user_id == by.user.pk} for one in rows]


@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: HttpRequest) -> HttpResponse:
    """Let somebody in who has not asked."""
    by = cast(PersonRequest, request).by
    MANAGE_PEOPLE.require(by)
    form = Invite(request.POST or None, today=by.today)
    if request.method == "POST" and form.is_valid():
        answer = _let_in(request, form, None)
        if answer is not None:
            return answer
    return render(request, "accounts/invite.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role for somebody who is known."""
    by = cast(PersonRequest, request).by
    user = open_part(request, User, pk)
    MANAGE_PEOPLE.require(by, user)
    form = GiveRole(request.POST or None, today=by.today)
    if request.method == "POST" and form.is_valid():
        answer = _let_in(request, form, user)
        if answer is not None:
            return answer
    return render(request, "accounts/give_role.html", {"form": form, "person": user})


def _let_in(request: HttpRequest, form: GiveRole, user: User | None) -> HttpResponse | None:
    """Do it, or go on to the second look; None when the form says why not."""
    said = form.cleaned_data
    facts = {
        "user": user.pk if user else None,
        "name": said.get("name") or str(user),
        "email": said.get("email") or (user.email if user else ""),
        "agency": said["agency"].pk,
        "role": said["role"],
        "starts_on": said["starts_on"].isoformat(),
        "ends_on": said["ends_on"].isoformat() if said["ends_on"] else "",
        "token": said["token"],
    }
    try:
        return _done(request, facts, confirmed=False)
    except OutsideDomains:
        request.session[TO_CONFIRM] = facts
        return redirect("accounts:confirm_access")
    except (AlreadyHeld, ClosedAccount) as refused:
        form.add_error("email" if user is None else "agency", str(refused))
    return None


def _done(request: HttpRequest, facts: dict[str, Any], *, confirmed: bool) -> HttpResponse:
    by = cast(PersonRequest, request).by
    terms: dict[str, Any] = {
        "agency": get_object_or_404(Agency, pk=facts["agency"]),
        "role": facts["role"],
        "starts_on": date.fromisoformat(facts["starts_on"]),
        "ends_on": date.fromisoformat(facts["ends_on"]) if facts["ends_on"] else None,
        "by": by,
        "outside_confirmed": confirmed,
        "token": facts["token"],
    }
    try:
        if facts["user"]:
            user = get_object_or_404(User.objects.visible_to(by), pk=facts["user"])
            membership = add_membership(user, **terms)
        else:
            membership = invite(facts["email"], name=facts["name"], **terms)
    except AlreadySubmitted as done:
        return redirect(_page_of(done.event))
    try:
        invitations.send(membership.user)
        messages.success(request, f"{membership.user} has been told by email")
    except NotSent:
        messages.warning(request, "The role is given, but the email could not be sent. Send it again from this page")
    return redirect(membership.get_absolute_url())


def _page_of(event: Event) -> str:
    """The person an earlier submit of the same form was about."""
    label, _, pk = event.subject.partition(":")
    if label == "accounts.Membership":
        membership = Membership.objects.filter(pk=pk).first()
        if membership is not None:
            return membership.get_absolute_url()
    return reverse("accounts:person", args=[pk]) if label == "accounts.User" else reverse("accounts:people")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_access(request: HttpRequest) -> HttpResponse:
    """The second look: the address is in none of the agency's approved domains."""
    by = cast(PersonRequest, request).by
    MANAGE_PEOPLE.require(by)
    facts = request.session.get(TO_CONFIRM)
    agency = Agency.objects.filter(pk=facts["agency"]).first() if facts else None
    if not facts or agency is None:
        return redirect("accounts:invite")
    back = reverse("accounts:give_role", args=[facts["user"]]) if facts["user"] else reverse("accounts:invite")
    problem = ""
    if request.method == "POST":
        del request.session[TO_CONFIRM]
        try:
            return _done(request, facts, confirmed=True)
        except (AlreadyHeld, ClosedAccount) as refused:
            messages.error(request, str(refused))
            return redirect(back)
    rows = [
        ("Full name", facts["name"]),
        ("Email address", facts["email"]),
        ("Agency", agency.name),
        ("Role", Role(facts["role"]).label),
    ]
    words = f"Yes, let in {facts['name']} of {agency.name}"
    return render(
        request,
        "accounts/confirm_access.html",
        {"rows": rows, "agency": agency, "words": words, "back": back, "problem": problem},
    )


@require_POST
def send_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter once more."""
    by = cast(PersonRequest, request).by
    user = open_part(request, User, pk)
    MANAGE_PEOPLE.require(by, user)
    try:
        invitations.send(user)
        messages.success(request, "The invitation has been sent again")
    except NotSent as refused:
        messages.warning(request, str(refused))
    return redirect(user.get_absolute_url())
