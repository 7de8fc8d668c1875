"""Verbs on a referral. Each checks its right, holds the chain, changes, and records."""

from .approval import return_to_author, send_for_approval, withdraw
from .authorities import settle_authorities
from .drafts import add_one, attach, change_kind, detach, remove_one, save_page, start_draft
from .joining import join, undo_join
from .keeping import change_keeping, tend_drafts
from .linking import link, unlink
from .submission import approve
from .triage import add_information, answer, ask, begin_triage, conclude, decide_again, open_decision
from .unsaved import drop_unsaved, keep_unsaved, pass_for

# Approving sends it: there is no state between the two.
submit = approve

__all__ = [
    "add_information",
    "add_one",
    "answer",
    "approve",
    "ask",
    "attach",
    "begin_triage",
    "change_keeping",
    "change_kind",
    "conclude",
    "decide_again",
    "detach",
    "drop_unsaved",
    "join",
    "keep_unsaved",
    "link",
    "open_decision",
    "pass_for",
    "remove_one",
    "return_to_author",
    "save_page",
    "send_for_approval",
    "settle_authorities",
    "start_draft",
    "submit",
    "tend_drafts",
    "undo_join",
    "unlink",
    "withdraw",
]
