"""Who is told of what happens to a decision. Nothing of what a partner thinks is ever in a message."""

from audit.telling import Telling

from .actions import chase_positions, pass_on_what_is_late

COORDINATOR = "whole_case:coordinator"

TELLINGS = (
    Telling("decision opened", "decisions/mail/asked", ("subject:seat_holders",), urgent=True),
    Telling("position due soon", "decisions/mail/due_soon", ("subject:holders",), urgent=True),
    Telling("position overdue", "decisions/mail/overdue", ("subject:holders", COORDINATOR), urgent=True),
    Telling(
        "position overdue, senior partner told",
        "decisions/mail/overdue_senior",
        ("subject:senior_partner", "subject:holders", COORDINATOR),
        urgent=True,
    ),
    Telling("positions revealed", "decisions/mail/revealed", ("subject:seat_holders", COORDINATOR)),
    Telling("decision concluded", "decisions/mail/concluded", ("subject:seat_holders", COORDINATOR)),
    Telling(
        "disagreement raised",
        "decisions/mail/disagreement",
        ("whole_case:panel_chair", "review_papers:panel_chair", COORDINATOR, "subject:seat_holders"),
        urgent=True,
    ),
    Telling(
        "disagreement passed to the partners",
        "decisions/mail/disagreement_partners",
        ("subject:seat_holders", COORDINATOR),
        urgent=True,
    ),
    Telling(
        "disagreement passed to the senior partners",
        "decisions/mail/disagreement_seniors",
        ("subject:senior_partners", "review_papers:scrutineer", COORDINATOR),
        urgent=True,
    ),
    Telling("disagreement settled", "decisions/mail/disagreement_over", ("subject:seat_holders", COORDINATOR)),
    Telling("disagreement not settled", "decisions/mail/disagreement_over", ("subject:seat_holders", COORDINATOR)),
)

# Done at every pass of the sweep.
CHORES = (chase_positions, pass_on_what_is_late)
