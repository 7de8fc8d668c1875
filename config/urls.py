"""The switchboard: which room answers which address."""

from django.conf import settings
from django.urls import include, path

from accounts.views.brand import brand_css
from config.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("brand.css", brand_css, name="brand_css"),
    path("", include("publications.urls")),
    path("", include("deadlines.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("accounts.signing_in")),
    path("referrals/", include("referrals.urls")),
    path("decisions/", include("decisions.urls")),
    path("notifications/", include("notifications.incident.urls")),
    path("register/", include("notifications.register.urls")),
    path("messages/", include("notifications.reminders.urls")),
    path("rapid-reviews/", include("rapid_reviews.urls")),
    path("agency-returns/", include("agency_returns.urls")),
    path("reviews/", include("lcspr.urls")),
    path("actions/", include("improvements.urls")),
    path("cases/", include("cases.urls")),
    path("", include("caseload.urls")),
]
handler400 = "accounts.refusals.bad_request"
handler403 = "accounts.refusals.not_permitted"
handler404 = "accounts.refusals.not_found"
handler429 = "accounts.refusals.too_many"
handler500 = "accounts.refusals.failed"

if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))
