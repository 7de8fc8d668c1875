"""Messages out of the door: claimed with a lease, marked sent only after the mail server has accepted them."""

from __future__ import annotations

import secrets
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q

from . import troubles
from .models import Message

LEASE = timedelta(minutes=2)
AT_A_TIME = 100
# A slow mail server must not keep one pass going into the next ones.
ONE_PASS = timedelta(minutes=2)
TRIES = 8
# Minutes to wait after each failed try.
BACK_OFF = (1, 2, 5, 15, 60, 180, 360, 720)
PERMANENT = 500
# The server is asked again at least this often (minutes) while it is away altogether, and for this long.
AWAY_AGAIN = 15
AWAY_AT_MOST = timedelta(days=1)
NOT_AVAILABLE = 421
MAIL_SERVER = "the mail server"


def deliver(*, clock: Callable[[], datetime]) -> int:
    """Send what waits. Returns how many were accepted.

    `clock` gives the instant (UTC) of each claim and acceptance. A process that dies between the server's
    acceptance and our commit leaves the message to be sent again, with the same Message-ID.
    """
    accepted = 0
    until = clock() + ONE_PASS
    for _ in range(AT_A_TIME):
        now = clock()
        if now > until:
            break
        message = _claim(now)
        if message is None:
            break
        try:
            accepted += _send(message, clock)
        except _Away as away:
            # The other letters would meet the same; they wait for the next pass and lose no try.
            troubles.report(MAIL_SERVER, away.why, at=clock())
            break
    if accepted:
        troubles.over(MAIL_SERVER, at=clock())
    return accepted


class _Away(Exception):
    """There is no server that could say yes or no."""

    def __init__(self, why: Exception) -> None:
        self.why = why


def _claim(at: datetime) -> Message | None:
    waiting = Message.objects.filter(state=Message.State.WAITING, next_try_at__lte=at).filter(
        Q(claimed_until=None) | Q(claimed_until__lte=at)
    )
    while (pk := waiting.order_by("next_try_at", "pk").values_list("pk", flat=True).first()) is not None:
        claim = secrets.token_hex(16)
        # Compare-and-swap: another sweep that got here first leaves nothing to update.
        if waiting.filter(pk=pk).update(claim=claim, claimed_until=at + LEASE):
            return Message.objects.get(pk=pk)
    return None


def _send(message: Message, clock: Callable[[], datetime]) -> int:
    mine = Message.objects.filter(pk=message.pk, claim=message.claim, state=Message.State.WAITING)
    letter = EmailMultiAlternatives(
        subject=" ".join(message.subject.split()),
        body=message.text,
        to=[message.address],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )
    if message.html:
        letter.attach_alternative(message.html, "text/html")
    try:
        letter.send()
    except Exception as error:
        _failed(mine, message, error, clock())
        if _is_away(error):
            raise _Away(error) from error
        return 0
    return mine.update(state=Message.State.SENT, sent_at=clock(), claim="", claimed_until=None, failure="")


def _failed(mine, message: Message, error: Exception, at: datetime) -> None:
    """Wait and try again; give up, visibly, when the server refuses for good or too often."""
    code = _code_of(error)
    final = code >= PERMANENT or message.tries + 1 >= TRIES
    wait = BACK_OFF[min(message.tries, len(BACK_OFF) - 1)]
    if _is_away(error):
        final = final and at - message.made_at > AWAY_AT_MOST
        wait = min(wait, AWAY_AGAIN)
    mine.update(
        state=Message.State.FAILED if final else Message.State.WAITING,
        tries=F("tries") + 1,
        next_try_at=at + timedelta(minutes=wait),
        claim="",
        claimed_until=None,
        failure=f"{type(error).__name__} {code or ''}".strip(),
    )


def _code_of(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((answer[0] for answer in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _is_away(error: Exception) -> bool:
    """Whether it says something of the server and nothing of this letter."""
    code = _code_of(error)
    if isinstance(error, smtplib.SMTPConnectError) or code == NOT_AVAILABLE:
        return True
    return isinstance(error, OSError) and not code
