"""Small differences from allauth's own views."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse


class SignIn(account.LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way in through an organisation's own accounts, where there is one."""
        said: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.SOCIALACCOUNT_ENABLED:
            one = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
            said["organisation_name"] = one["name"]
            said["organisation_button"] = f"Sign in with {one['name']}"
            said["organisation_url"] = reverse("openid_connect_login", kwargs={"provider_id": one["provider_id"]})
        return said


class EnterSecondFactor(second_factor.AuthenticateView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offers a passkey only to somebody who has one."""
        said: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        said["has_passkey"] = user.factors.filter(type="webauthn").exists()
        return said


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Who has none yet (they sign in through their organisation) chooses one by a link."""
        user: Any = request.user
        if user.is_authenticated and not user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)
