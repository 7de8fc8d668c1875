"""The sign-in pages of allauth, asking in our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.contrib.auth.tokens import default_token_generator
from django.utils.http import base36_to_int, int_to_base36

from accounts.letters import NotSent, send_letter
from accounts.models import User, normal_address
from govuk.forms import Form

GUIDANCE = (
    "At least 12 characters. Three words that do not belong together work well. "
    "A password manager can make and keep one for you."
)


def worded(fields: dict[str, forms.Field], labels: dict[str, str], hints: dict[str, str] | None = None) -> None:
    """Labels and hints of ours, and no placeholder."""
    for name, label in labels.items():
        fields[name].label = label
        fields[name].help_text = (hints or {}).get(name, "")
        fields[name].widget.attrs.pop("placeholder", None)


class _SignIn(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields, {"login": "Email address", "password": "Password"})
        self.fields["login"].widget.attrs.update(autocomplete="username", spellcheck="false")

    def clean(self) -> Any:
        """What is wrong stands by the first box, so that the summary leads there."""
        try:
            return super().clean()
        except forms.ValidationError as refused:
            self.add_error("login", refused)
            return self.cleaned_data


class SignIn(Form, _SignIn):
    shapes = {"login": {"width": "two-thirds"}}
    submit = "Sign in"


class _ProveAgain(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields, {"password": "Password"})


class ProveAgain(Form, _ProveAgain):
    submit = "Continue"


class AskForReset(Form):
    """Sends the same page to everyone; what the letter says depends on whose address it is."""

    email = forms.EmailField(
        label="Email address",
        help_text="The one you sign in with.",
        widget=forms.EmailInput({"autocomplete": "username", "spellcheck": "false"}),
    )
    submit = "Send the link"

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])

    def save(self, request: Any, **kwargs: Any) -> str:
        address: str = self.cleaned_data["email"]
        user = User.objects.filter(email=address, is_active=True).first()
        try:
            if user is None:
                send_letter("account/email/unknown_account", address)
            elif user.correspondent:
                send_letter("account/email/no_password", address)
            else:
                key = f"{int_to_base36(user.pk)}-{default_token_generator.make_token(user)}"
                url = get_adapter().get_reset_password_from_key_url(key)
                send_letter("account/email/password_reset_key", address, {"url": url})
        except NotSent:
            # The same page for everyone, whether the letter left or not.
            pass
        return address


class ResetLink(account.UserTokenForm):  # type: ignore[misc]
    """The link in a letter. It opens nothing for a person who has been deactivated since."""

    def _get_user(self, uidb36: str) -> User | None:
        try:
            return User.objects.filter(pk=base36_to_int(uidb36), is_active=True, correspondent=False).first()
        except ValueError:
            return None


class _ChooseNewPassword(account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]  # shown with "Show", so that it need not be typed twice
        worded(self.fields, {"password1": "New password"}, {"password1": GUIDANCE})


class ChooseNewPassword(Form, _ChooseNewPassword):
    submit = "Save the new password"


class _ChangePassword(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        labels = {"oldpassword": "Current password", "password1": "New password"}
        worded(self.fields, labels, {"password1": GUIDANCE})


class ChangePassword(Form, _ChangePassword):
    submit = "Change password"

    def clean_oldpassword(self) -> str:
        """Counted like attempts to sign in: a session left open must not be a place to guess."""
        typed: str = self.cleaned_data["oldpassword"]
        user = self.user
        if user is None or not get_adapter(context.request).reauthenticate(user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed
