"""Entering, adding and removing a second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, JSONField

from accounts import recovery
from govuk.forms import Form

from .sign_in import worded


class _Code(base.BaseAuthenticateForm):  # type: ignore[misc]
    """A code from the app, or one of the recovery codes."""

    reauthenticated = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "The 6 digits your authenticator app shows now, or one of your recovery codes."
        worded(self.fields, {"code": "Code"}, {"code": hint})
        self.fields["code"].widget.attrs.update(inputmode="text", spellcheck="false")
        self.authenticator = None

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if not recovery.looks_like_one(typed):
            return str(super().clean_code())
        forget_tries = check_rate_limit(self.user)
        if not recovery.use(self.user, typed, at=context.request.at):
            self._emit_authentication_failed(None)
            raise get_adapter().validation_error("incorrect_code")
        forget_tries()
        return typed

    def save(self) -> None:
        if self.authenticator is not None:
            base.post_authentication(context.request, self.authenticator, reauthenticated=self.reauthenticated)
            return
        again = {"reauthenticated": True} if self.reauthenticated else {}
        record_authentication(context.request, self.user, "mfa", type="recovery_codes", **again)


class EnterCode(Form, _Code):
    shapes = {"code": {"width": 20}}
    submit = "Continue"


class EnterCodeAgain(EnterCode):
    reauthenticated = True


class _ConfirmApp(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields, {"code": "Code from the app"}, {"code": "6 digits. It changes every 30 seconds."})
        self.fields["code"].widget.attrs.update(inputmode="numeric", spellcheck="false")


class ConfirmApp(Form, _ConfirmApp):
    shapes = {"code": {"width": 10}}
    submit = "Confirm and continue"


class RemoveApp(Form, totp.DeactivateTOTPForm):  # type: ignore[misc]
    submit = ""


class _Credential(JSONField):
    """What a browser answers for a passkey. What no browser would answer is a mistake, not a failure."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class _AddPasskey(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(
            self.fields, {"name": "Name of the passkey"}, {"name": "So that you know it again, such as Work laptop."}
        )
        self.fields["name"].max_length = 60
        self.fields["credential"] = _Credential(widget=HiddenInput)
        self.fields["credential"].error_messages["required"] = "Follow the steps your browser shows to make the passkey"


class AddPasskey(Form, _AddPasskey):
    shapes = {"name": {"width": 20}}
    submit = ""


class NewCodes(Form):
    """Nothing to fill in: the button says it."""

    submit = "Make recovery codes"


__all__ = ["AddPasskey", "ConfirmApp", "EnterCode", "EnterCodeAgain", "NewCodes", "RemoveApp"]
