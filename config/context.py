"""The navigation of signed-in pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from accounts.roles import Role


@dataclass(frozen=True)
class Link:
    text: str
    url: str
    active: bool = False


# Words, URL name, roles that see it (empty: everyone signed in).
MENU: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("My work", "caseload:desk", frozenset()),
    ("Referrals", "referrals:list", frozenset({Role.REFERRER, Role.AGENCY_LEAD, Role.COORDINATOR})),
    (
        "Cases",
        "caseload:cases",
        frozenset(set(Role) - {Role.REFERRER, Role.ACTION_OWNER, Role.SYSTEM_ADMINISTRATOR, Role.COMMS_OFFICER}),
    ),
    ("Notifications", "incident:list", frozenset({Role.LA_NOTIFIER, Role.LA_APPROVER})),
    (
        "Local reviews",
        "lcspr:list",
        frozenset({Role.REVIEWER, Role.GROUP_MEMBER, Role.PANEL_CHAIR, Role.SCRUTINEER, Role.LEGAL_ADVISER}),
    ),
    ("Information requests", "agency_returns:list", frozenset({Role.AGENCY_LEAD})),
    ("Actions", "improvements:list", frozenset({Role.COORDINATOR, Role.ACTION_OWNER, Role.AGENCY_LEAD, Role.PARTNER})),
    ("Returns", "caseload:returns", frozenset({Role.COORDINATOR})),
    ("Public pages", "publications:manage", frozenset({Role.COORDINATOR})),
    ("People", "accounts:people", frozenset({Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR})),
    ("Set up", "accounts:set_up", frozenset({Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR})),
)


def navigation(request):
    """The links this person's roles give them."""
    by = getattr(request, "by", None)
    if by is None or not getattr(request, "navigation", True):
        return {"navigation": []}
    links = []
    for text, name, roles in MENU:
        if roles and not by.holds(*roles):
            continue
        if by.is_correspondent and name != settings.CORRESPONDENT_HOME:
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:  # the room has no such page
            continue
        links.append(Link(text, url, active=request.path == url or (url != "/" and request.path.startswith(url))))
    return {"navigation": links}
