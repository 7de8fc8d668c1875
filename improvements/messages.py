from audit.telling import Telling

TELLINGS = (
    Telling("action planned", "improvements/mail/planned", ("subject:owner",)),
    Telling("target date changed", "improvements/mail/target_changed", ("subject:owner",)),
    Telling("action completed", "improvements/mail/completed", ("subject:owner",)),
    Telling("action taken up again", "improvements/mail/taken_up_again", ("subject:owner",)),
    Telling("evidence given", "improvements/mail/evidence_given", ("whole_case:coordinator",)),
)
