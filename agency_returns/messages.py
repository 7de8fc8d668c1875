"""Who is told of what happens to a request and its return."""

from audit.telling import Telling

TELLINGS = (
    Telling("information requested", "agency_returns/mail/requested", ("subject:agency",), urgent=True),
    Telling("information request chased", "agency_returns/mail/chased", ("subject:agency",), urgent=True),
    Telling("return sent back for clarification", "agency_returns/mail/sent_back", ("subject:agency",), urgent=True),
    Telling("information request withdrawn", "agency_returns/mail/withdrawn", ("subject:agency",)),
    Telling("return ready for approval", "agency_returns/mail/ready", ("subject:leads",), urgent=True),
    Telling("colleague asked to write", "agency_returns/mail/asked_to_write", ("subject:writers",), urgent=True),
    Telling("return submitted", "agency_returns/mail/submitted", ("whole_case:coordinator",)),
    Telling("nil return sent", "agency_returns/mail/nil", ("whole_case:coordinator",)),
)
