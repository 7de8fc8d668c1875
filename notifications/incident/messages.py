"""Who is told of what happens to a notification."""

from audit.telling import Telling

TELLINGS = (
    Telling(
        "notification opened", "incident/mail/opened", ("subject:notifiers", "whole_case:coordinator"), urgent=True
    ),
    Telling(
        "notification recorded as sent",
        "incident/mail/sent",
        ("subject:notifiers", "whole_case:coordinator", "whole_case:partner"),
        urgent=True,
    ),
    Telling("notification corrected", "incident/mail/corrected", ("whole_case:coordinator", "whole_case:partner")),
    Telling(
        "notification withdrawn",
        "incident/mail/withdrawn",
        ("subject:notifiers", "whole_case:coordinator", "whole_case:partner"),
        urgent=True,
    ),
)
