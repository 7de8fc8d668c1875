"""What was typed when the session was over: held for its writer until they have signed in again."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing
from django.db import transaction

from accounts.models import User
from accounts.standing import Standing
from audit.events import hold, record
from referrals import rights
from referrals.answers import UnknownPage, place_of
from referrals.models import Referral, Unsaved

_SALT = "referrals.unsaved"
DATE_PARTS = ("day", "month", "year", "unknown")


def pass_for(referral: Referral, page: str, *, writer: Standing) -> str:
    """A pass that stands in the form of a page: with it, what is typed there may be held for `writer`.

    It opens nothing, shows nothing and changes no draft.
    """
    return signing.dumps([writer.user.pk, referral.pk, page], salt=_SALT)


@transaction.atomic
def keep_unsaved(
    given: str, pk: int, page: str, typed: Mapping[str, list[str]], *, visitor: Standing, longest: int
) -> Unsaved | None:
    """Hold what was typed on a page for the person the pass was made out to. None where the pass is not good for it.

    `longest` is how many seconds a pass is good for: as long as a session can last. The person must still be able to
    write the draft. What was held of the same page before is replaced.
    """
    try:
        user_pk, referral_pk, named = signing.loads(given, salt=_SALT, max_age=longest)
        place = place_of(page)
    except (signing.BadSignature, UnknownPage, TypeError, ValueError):
        return None
    if (referral_pk, named) != (pk, page):
        return None
    referral = Referral.objects.filter(pk=pk).first()
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if referral is None or user is None:
        return None
    if not rights.WRITE.allows(Standing.of(user, visitor.at), referral):
        return None
    hold(referral.trail)
    referral.refresh_from_db()
    if not referral.can_be_written:
        return None
    own = set(place.page.names) | {f"{name}-{part}" for name in place.page.names for part in DATE_PARTS}
    kept = {key: [one.replace("\x00", "") for one in values] for key, values in typed.items() if key in own}
    seen = (typed.get("seen_version") or ["0"])[0]
    row, made = Unsaved.objects.update_or_create(
        referral=referral,
        page=page,
        user=user,
        defaults={
            "typed": kept,
            "seen_version": int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
            "kept_at": visitor.at,
        },
    )
    if made:
        record(referral.chain, "unsaved page held", by=visitor, subject=referral, changed=[page])
    return row


def drop_unsaved(referral: Referral, page: str, *, writer: Standing) -> None:
    """Let go of what was held of a page for `writer`: it has been saved, or is not wanted."""
    Unsaved.objects.filter(referral=referral, page=page, user=writer.user).delete()
