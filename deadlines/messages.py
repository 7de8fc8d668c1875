"""Who is told when a date of a clock is another than before, or the duty falls away: once, with the day's letter."""

from audit.telling import Telling

# The coordinators answer for the dates; the owners may have been reminded of the old one.
AFFECTED = ("whole_case:coordinator", "subject:owners")

TELLINGS = (
    Telling("clock corrected", "deadlines/mail/corrected", AFFECTED),
    Telling("clock confirmed", "deadlines/mail/confirmed", AFFECTED),
    Telling("clock moved", "deadlines/mail/moved", AFFECTED),
    Telling("clock does not apply", "deadlines/mail/does_not_apply", AFFECTED),
    Telling("clock applies after all", "deadlines/mail/applies", AFFECTED),
    Telling("clock counted by another edition", "deadlines/mail/repinned", AFFECTED),
)
