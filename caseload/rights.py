from accounts.rights import Right
from accounts.roles import Role

SEE_HISTORY = Right("read the history of a case", held_by={Role.COORDINATOR, Role.PARTNER, Role.AUDITOR})
EXPORT_RETURNS = Right("export returns to the national body", held_by={Role.COORDINATOR})
SEE_STATISTICS = Right(
    "see how often duties were met in time",
    held_by={Role.COORDINATOR, Role.PARTNER, Role.SENIOR_PARTNER, Role.SCRUTINEER, Role.AUDITOR},
)
# Of those, the ones who also read the reasons that people gave.
READ_REASONS = (Role.COORDINATOR, Role.PARTNER, Role.LEGAL_ADVISER)
