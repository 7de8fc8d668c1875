"""Who is told of what happens to a person's access."""

from __future__ import annotations

from audit.telling import Telling

TELLINGS: tuple[Telling, ...] = (
    Telling("access asked for", "accounts/mail/access_asked_for", to=("subject:approvers",)),
    Telling("access approved", "accounts/mail/access_approved", to=("subject:person",), urgent=True),
    Telling("access refused", "accounts/mail/access_refused", to=("subject:person",), urgent=True),
    Telling("opened too many cases", "accounts/mail/too_many_opened", to=("subject:coordinators",), urgent=True),
    Telling("cover arranged", "accounts/mail/cover_arranged", to=("subject:deputy", "subject:person")),
)
