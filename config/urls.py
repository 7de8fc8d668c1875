"""The switchboard: which room answers which address."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from accounts.views.brand import brand_css


def room(prefix, module):
    """The room's pages, if it has any yet."""
    try:
        return [path(prefix, include(module))] if find_spec(module) else []
    except ImportError as error:  # TEMPORARY while the rooms land
        print("room not ready:", module, error)
        return []


urlpatterns = [
    path("brand.css", brand_css, name="brand_css"),
    *room("", "publications.urls"),
    *room("", "deadlines.urls"),
    *room("account/", "accounts.urls"),
    path("account/", include("accounts.signing_in")),
    *room("referrals/", "referrals.urls"),
    *room("decisions/", "decisions.urls"),
    *room("notifications/", "notifications.incident.urls"),
    *room("register/", "notifications.register.urls"),
    *room("messages/", "notifications.reminders.urls"),
    *room("rapid-reviews/", "rapid_reviews.urls"),
    *room("agency-returns/", "agency_returns.urls"),
    *room("reviews/", "lcspr.urls"),
    *room("actions/", "improvements.urls"),
    *room("papers/", "documents.urls"),
    *room("cases/", "cases.urls"),
    *room("", "caseload.urls"),
]
handler400 = "accounts.refusals.bad_request"
handler403 = "accounts.refusals.not_permitted"
handler404 = "accounts.refusals.not_found"
handler429 = "accounts.refusals.too_many"
handler500 = "accounts.refusals.failed"

if find_spec("config.health"):
    health = import_module("config.health")
    urlpatterns += [path("healthz", health.healthz, name="healthz"), path("readyz", health.readyz, name="readyz")]
if settings.DEMO:
    urlpatterns += room("demo/", "demo.urls")
