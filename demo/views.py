"""Pages that exist only in demo mode: one-click sign-in, and the letters that would have been sent."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User

from . import letters
from .people import PEOPLE

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _demo_only():
    if not settings.DEMO:
        raise Http404


@login_not_required
@require_POST
def sign_in(request):
    """Sign in as one of the people of the demonstration."""
    _demo_only()
    known = {person.email for person in PEOPLE}
    email = request.POST.get("email", "")
    if email not in known:
        raise Http404
    login(request, get_object_or_404(User, email=email), backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_GET
def mail(request):
    """The letters, newest first."""
    _demo_only()
    return render(request, "demo/mail.html", {"letters": letters.newest(200)})


@login_not_required
@require_GET
def letter(request, name):
    """One letter as it was written."""
    _demo_only()
    found = letters.named(name)
    if found is None:
        raise Http404
    return render(request, "demo/letter.html", {"letter": found})
