"""How a room says who is told of what. The rooms declare; `config` gathers; `notifications.reminders` tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Telling:
    """When `verb` is recorded, `to` are told with `template`.

    `verb` is the Event's verb. `template` is a stem: `<stem>.subject.txt`, `<stem>.txt` and `<stem>.html`.
    `to` names parts of the team ("whole_case:coordinator"), "author", "subject_agency:agency_lead"
    or the owner of a deadline ("owner:T05"), in strings, worked out when the message is made.
    `urgent` ones go at once, the others in the daily digest.
    """

    verb: str
    template: str
    to: tuple[str, ...]
    urgent: bool = False
