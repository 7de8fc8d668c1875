"""Who is told of what happens to a case's team."""

from audit.telling import Telling

TELLINGS = (
    Telling("access given", "cases/mail/access_given", ("subject:holder",)),
    Telling("conflict declared", "cases/mail/conflict_declared", ("whole_case:coordinator",), urgent=True),
)
