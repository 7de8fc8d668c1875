from accounts.rights import NotPermitted, Right
from accounts.roles import Role

BANK_HOLIDAYS = Right("change the bank holidays", held_by={Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR}, unseen=True)
REPIN = Right("count a clock by another edition of the guidance", held_by={Role.COORDINATOR})
CORRECT = Right("correct the day a clock is counted from", held_by={Role.COORDINATOR})
APPLY_PLAN = Right("apply the working plan to a case", held_by={Role.COORDINATOR})
CHANGE_PLAN = Right("change the working plan", held_by={Role.COORDINATOR}, unseen=True)
APPLIES = Right("say whether a duty applies", held_by={Role.COORDINATOR})
EXPLAIN = Right("record that the delay of a clock was explained", held_by={Role.COORDINATOR})
EDITIONS = Right(
    "change the editions of the guidance", held_by={Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR}, unseen=True
)
EXPLAIN_LATENESS = Right(
    "say why a clock was met late", held_by={Role.COORDINATOR, Role.LA_NOTIFIER, Role.LA_APPROVER, Role.PARTNER}
)

__all__ = [
    "APPLIES",
    "APPLY_PLAN",
    "BANK_HOLIDAYS",
    "CHANGE_PLAN",
    "CORRECT",
    "EDITIONS",
    "EXPLAIN",
    "EXPLAIN_LATENESS",
    "REPIN",
    "NotPermitted",
]
