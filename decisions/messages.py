"""Who is told of what happens to a decision. Nothing of what a partner thinks is ever in a message."""

from audit.telling import Telling

TELLINGS = (
    Telling("decision opened", "decisions/mail/asked", ("subject:seat_holders",), urgent=True),
    Telling("positions revealed", "decisions/mail/revealed", ("subject:seat_holders", "whole_case:coordinator")),
    Telling("decision concluded", "decisions/mail/concluded", ("subject:seat_holders", "whole_case:coordinator")),
)
