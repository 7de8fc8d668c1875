from audit.telling import Telling

TELLINGS = (
    Telling("reviewer appointed", "lcspr/mail/appointed", ("subject:reviewer",), urgent=True),
    Telling("draft report handed in", "lcspr/mail/handed_in", ("whole_case:coordinator", "review_papers:panel_chair")),
    Telling("draft report handed back", "lcspr/mail/handed_back", ("subject:reviewers",), urgent=True),
    Telling("report approved", "lcspr/mail/approved", ("subject:reviewers", "whole_case:coordinator")),
    Telling("publication planned", "lcspr/mail/publication_planned", ("whole_case", "subject:reviewers")),
    Telling("report published", "lcspr/mail/published", ("whole_case", "review_papers")),
)
