"""Recovery codes: how a person gets in when the second factor is lost. Kept as hashes, shown once, used once."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import transaction

from audit.events import record
from audit.models import Trail

from .models import RecoveryCode, User
from .standing import Standing

HOW_MANY = 10
_SHAPE = re.compile(r"(\d{1,2})-?(\d{5})-?(\d{5})")
# By name, not the first hasher of the settings: ten hashes are made at once, and a slow one would keep a page waiting.
_hasher = ScryptPasswordHasher()


def _plain(typed: str) -> str:
    return re.sub(r"[\s\u2010-\u2015]+", "", typed)


def looks_like_one(typed: str) -> bool:
    """Whether this has the shape of a recovery code; a code from an app has six digits."""
    return _SHAPE.fullmatch(_plain(typed)) is not None


def make(user: User, *, by: Standing) -> list[str]:
    """Ten new codes, such as `4-81219-04173`. The older ones end. They can never be shown again."""
    codes = []
    rows = []
    for number in range(HOW_MANY):
        digits = f"{secrets.randbelow(10**10):010}"
        codes.append(f"{number}-{digits[:5]}-{digits[5:]}")
        digest = _hasher.encode(digits, _hasher.salt())
        rows.append(RecoveryCode(user=user, number=number, digest=digest, made_at=by.at))
    with transaction.atomic():
        user.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(rows)
        record(Trail.of_the_house(), "recovery codes made", by=by, subject=user)
    return codes


def use(user: User, typed: str, *, at: datetime) -> bool:
    """Whether the code is one of this person's that has not been used; it is used up by this."""
    match = _SHAPE.fullmatch(_plain(typed))
    if match is None:
        return False
    found = user.recovery_codes.filter(number=int(match[1]), used_at=None).first()
    if found is None or not _hasher.verify(match[2] + match[3], found.digest):
        return False
    with transaction.atomic():
        # Compare-and-swap: two tries at the same time use it once.
        if not user.recovery_codes.filter(pk=found.pk, used_at=None).update(used_at=at):
            return False
        record(Trail.of_the_house(), "recovery code used", by=Standing.of(user, at), subject=user)
    return True


def unused(user: User) -> int:
    return user.recovery_codes.filter(used_at=None).count()
