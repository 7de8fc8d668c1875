from .answering import accept, acknowledge, clarify, nil, ready, release, submit
from .asking import ask, chase, listing, withdraw
from .chronology import add_entry, chronology, edit_entry, remove_entry
from .replying import reply, reply_code
from .writing import agency_return, attach, attachment, colleague, detach, section, who

__all__ = [
    "accept",
    "acknowledge",
    "add_entry",
    "agency_return",
    "ask",
    "attach",
    "attachment",
    "chase",
    "chronology",
    "clarify",
    "colleague",
    "detach",
    "edit_entry",
    "listing",
    "nil",
    "ready",
    "release",
    "remove_entry",
    "reply",
    "reply_code",
    "section",
    "submit",
    "who",
    "withdraw",
]
