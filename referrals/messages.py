"""Who is told what of a referral."""

from audit.telling import Telling

from .actions import tend_drafts

TELLINGS = (
    Telling("referral sent for approval", "referrals/mail/to_approve", ("subject:approvers",), urgent=True),
    Telling("referral returned", "referrals/mail/returned", ("subject:author",), urgent=True),
    Telling("referral submitted", "referrals/mail/acknowledgement", ("subject:author_and_leads",), urgent=True),
    Telling("referral submitted", "referrals/mail/received", ("whole_case:coordinator",), urgent=True),
    Telling("more information asked for", "referrals/mail/asked", ("subject:author_and_leads",), urgent=True),
    Telling("question answered", "referrals/mail/answered", ("whole_case:coordinator",), urgent=True),
    Telling("information added to referral", "referrals/mail/added", ("whole_case:coordinator",), urgent=True),
    Telling("referral concluded", "referrals/mail/outcome", ("subject:author_and_leads",), urgent=True),
    Telling("approval waited for", "referrals/mail/still_to_approve", ("subject:approvers",)),
    Telling("draft left alone", "referrals/mail/draft_left_alone", ("subject:keepers",)),
    Telling("removal of draft announced", "referrals/mail/draft_warning", ("subject:keepers",), urgent=True),
    Telling("draft removed", "referrals/mail/draft_removed", ("subject:keepers",)),
    Telling("referral considered with another", "referrals/mail/joined", ("subject:author_and_leads",)),
    Telling("joined referral concluded", "referrals/mail/outcome", ("subject:author_and_leads",), urgent=True),
)

# Done at every pass of the sweep.
CHORES = (tend_drafts,)
