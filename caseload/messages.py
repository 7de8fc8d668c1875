"""Who is told of what is done from the desk."""

from audit.telling import Telling

TELLINGS = (
    Telling("reminded by hand", "caseload/mail/reminded", ("subject:those_who_owe",), urgent=True),
    Telling("several reminded by hand", "caseload/mail/reminded_of_several", ("subject:those_who_owe",), urgent=True),
)
