"""Codes sent by e-mail: how somebody without an account proves that an address is theirs.

Six digits, kept only as a keyed hash, for fifteen minutes, five tries and one use. They are sent at once, never by the
sweep, and stand in no event and no log.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from audit.events import record
from audit.models import Trail

from .letters import send_letter
from .models import Agency, EmailedCode, Membership, User, normal_address
from .roles import Role
from .standing import LONDON, Standing

LIFE = timedelta(minutes=15)
TRIES = 5
MOST_IN_AN_HOUR = 6


class TooManyCodes(Exception):
    """This address has been sent as many letters as it may be for now."""


class NotACorrespondent(Exception):
    """The address belongs to somebody who signs in with a password, or whose access has been ended."""


def send_code(email: str, purpose: str, *, at: datetime, letter: str = "accounts/mail/code") -> None:
    """Send a new code for this address and purpose; older ones for the same end.

    `letter` is the stem of the letter; it is given `code` and `minutes`.
    Raises TooManyCodes, or letters.NotSent when the mail server did not take it.
    """
    code = f"{secrets.randbelow(10**6):06}"
    _keep(normal_address(email), purpose, code, at=at)
    send_letter(letter, normal_address(email), {"code": code, "minutes": LIFE.seconds // 60})


def send_instead(email: str, purpose: str, letter: str, *, at: datetime) -> None:
    """Send a letter to an address that gets no code. It counts like one, and takes as long. Raises as `send_code`."""
    _keep(normal_address(email), purpose, secrets.token_hex(16), at=at)
    send_letter(letter, normal_address(email))


def check_code(email: str, purpose: str, code: str, *, at: datetime) -> bool:
    """Whether this is the code last sent for this address and purpose. The right one is used up by this.

    False also for a code that is too old, has been used, or was guessed at five times.
    """
    typed = "".join(letter for letter in code if letter.isdigit())
    with transaction.atomic():
        sent = (
            EmailedCode.objects.select_for_update()
            .filter(email=normal_address(email), purpose=purpose, used_at=None, expires_at__gt=at, tries__lt=TRIES)
            .order_by("-sent_at", "-pk")
            .first()
        )
        if sent is None:
            return False
        sent.tries += 1
        right = hmac.compare_digest(sent.digest, _digest(sent.email, purpose, typed, sent.digest.partition("$")[0]))
        if right:
            sent.used_at = at
        sent.save(update_fields=["tries", "used_at"])
        return right


def may_use_codes(email: str, agency: Agency) -> bool:
    """Whether whoever owns the address may sign in with a code for this agency, once it is proved theirs.

    Not somebody with a password, nor somebody whose access there was ended or whose account was closed.
    """
    user = User.objects.filter(email=normal_address(email)).first()
    if user is None:
        return True
    if not user.is_active or not user.correspondent:
        return False
    ended = user.memberships.filter(agency=agency).exclude(ends_on=None, refused_at=None)
    return not ended.exists()


def correspondent_for(email: str, agency: Agency, *, at: datetime) -> User:
    """The person behind an address that has just been proved: made now if they are new, with a part in the agency.

    Raises NotACorrespondent.
    """
    address = normal_address(email)
    with transaction.atomic():
        if not may_use_codes(address, agency):
            raise NotACorrespondent("This address cannot be used with a code.")
        user, is_new = User.objects.get_or_create(email=address, defaults={"correspondent": True, "password": "!"})
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        _, joins = Membership.objects.get_or_create(
            user=user,
            agency=agency,
            role=Role.REFERRER,
            defaults={"starts_on": at.astimezone(LONDON).date(), "approved_at": at},
        )
        if joins:
            by = Standing.of(user, at)
            record(Trail.of_the_house(), "address proved with a code", by=by, subject=user)
    return user


def _keep(email: str, purpose: str, code: str, *, at: datetime) -> None:
    EmailedCode.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()
    lately = EmailedCode.objects.filter(email=email, sent_at__gt=at - timedelta(hours=1)).count()
    if lately >= MOST_IN_AN_HOUR:
        raise TooManyCodes("Too many emails have been sent to this address. Wait an hour, then try again")
    with transaction.atomic():
        EmailedCode.objects.filter(email=email, purpose=purpose, used_at=None, expires_at__gt=at).update(expires_at=at)
        EmailedCode.objects.create(
            email=email,
            purpose=purpose,
            digest=_digest(email, purpose, code, secrets.token_hex(8)),
            sent_at=at,
            expires_at=at + LIFE,
        )


def _digest(email: str, purpose: str, code: str, salt: str) -> str:
    # Keyed, because there are only a million codes to try against a stolen table.
    return f"{salt}${salted_hmac('accounts.codes', f'{salt}|{email}|{purpose}|{code}', algorithm='sha256').hexdigest()}"
