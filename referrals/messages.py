"""Who is told what of a referral."""

from audit.telling import Telling

TELLINGS = (
    Telling("referral sent for approval", "referrals/mail/to_approve", ("subject:approvers",), urgent=True),
    Telling("referral returned", "referrals/mail/returned", ("subject:author",), urgent=True),
    Telling("referral submitted", "referrals/mail/acknowledgement", ("subject:author_and_leads",), urgent=True),
    Telling("referral submitted", "referrals/mail/received", ("whole_case:coordinator",), urgent=True),
    Telling("more information asked for", "referrals/mail/asked", ("subject:author_and_leads",), urgent=True),
    Telling("question answered", "referrals/mail/answered", ("whole_case:coordinator",), urgent=True),
    Telling("referral concluded", "referrals/mail/outcome", ("subject:author_and_leads",), urgent=True),
    Telling("referral joined", "referrals/mail/joined", ("subject:author_and_leads",)),
)
