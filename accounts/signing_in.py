"""The pages of allauth that are open, each by name: a new one of a later release stays closed."""

from __future__ import annotations

from importlib import import_module

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.conf import settings
from django.urls import URLPattern, URLResolver, path, re_path, reverse_lazy

from .views import sign_in
from .views.second_factor import overview

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", sign_in.SignIn.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", sign_in.ChangePassword.as_view(), name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,90})/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("second-factor/", overview, name="mfa_index"),
    path("second-factor/enter/", sign_in.EnterSecondFactor.as_view(), name="mfa_authenticate"),
    path("second-factor/again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/passkey/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("second-factor/passkey/again/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(
        "second-factor/passkey/<int:pk>/remove/",
        passkey.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index")),
        name="mfa_remove_webauthn",
    ),
]

if settings.SOCIALACCOUNT_ENABLED:
    organisation = import_module("allauth.socialaccount.providers.openid_connect.views")
    social = import_module("allauth.socialaccount.views")
    urlpatterns += [
        path("organisation/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
        path("organisation/error/", social.login_error, name="socialaccount_login_error"),
        path("organisation/closed/", social.signup, name="socialaccount_signup"),
        path("oidc/<str:provider_id>/login/", organisation.login, name="openid_connect_login"),
        path("oidc/<str:provider_id>/login/callback/", organisation.callback, name="openid_connect_callback"),
    ]
