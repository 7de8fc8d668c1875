from audit.telling import Telling

TELLINGS = (
    Telling("reviewer appointed", "lcspr/mail/appointed", ("subject:reviewer",), urgent=True),
    Telling("local review begun", "lcspr/mail/begun", ("subject:reviewers", "review_papers")),
    Telling("draft report handed in", "lcspr/mail/handed_in", ("whole_case:coordinator", "review_papers:panel_chair")),
    Telling("draft report handed back", "lcspr/mail/handed_back", ("subject:reviewers",), urgent=True),
    Telling("report not signed off", "lcspr/mail/not_signed_off", ("subject:reviewers", "whole_case:coordinator")),
    Telling("report approved", "lcspr/mail/approved", ("subject:reviewers", "whole_case:coordinator")),
    Telling("approved report taken back", "lcspr/mail/taken_back", ("whole_case", "subject:reviewers"), urgent=True),
    Telling("publication planned", "lcspr/mail/publication_planned", ("whole_case", "subject:reviewers")),
    Telling("publication planned again", "lcspr/mail/publication_planned", ("whole_case", "subject:reviewers")),
    Telling("publication pack ready", "lcspr/mail/pack_ready", ("publication_pack",)),
    Telling("report published", "lcspr/mail/published", ("whole_case", "review_papers")),
    Telling("improvements published instead of the report", "lcspr/mail/improvements", ("whole_case", "review_papers")),
    Telling("local review discontinued", "lcspr/mail/discontinued", ("whole_case", "subject:reviewers")),
)
