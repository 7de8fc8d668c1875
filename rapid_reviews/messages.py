"""Who is told of what happens to a rapid review. The partners' being asked to sign is told by `decisions`."""

from audit.telling import Telling

TELLINGS = (
    Telling(
        "rapid review started",
        "rapid_reviews/mail/started",
        ("whole_case:coordinator", "whole_case:partner"),
        urgent=True,
    ),
    Telling("rapid review before the panel", "rapid_reviews/mail/before_the_panel", ("review_papers",)),
    Telling("rapid review back with the panel", "rapid_reviews/mail/back", ("whole_case:partner", "review_papers")),
    Telling("rapid review signed", "rapid_reviews/mail/signed", ("whole_case:coordinator",), urgent=True),
    Telling(
        "rapid review sent",
        "rapid_reviews/mail/sent",
        ("whole_case:partner", "whole_case:la_notifier", "review_papers"),
    ),
    Telling(
        "answer to the rapid review recorded",
        "rapid_reviews/mail/answered",
        ("whole_case:partner", "whole_case:coordinator"),
        urgent=True,
    ),
    Telling("rapid review decided again", "rapid_reviews/mail/decided_again", ("whole_case:coordinator",), urgent=True),
    Telling("rapid review released to the agencies", "rapid_reviews/mail/released", ("subject:agencies",)),
    Telling(
        "rapid review void",
        "rapid_reviews/mail/void",
        ("whole_case:coordinator", "whole_case:partner", "review_papers"),
        urgent=True,
    ),
)
