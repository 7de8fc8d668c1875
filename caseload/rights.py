from accounts.rights import Right
from accounts.roles import Role

SEE_HISTORY = Right("read the history of a case", held_by={Role.COORDINATOR, Role.PARTNER, Role.AUDITOR})
EXPORT_RETURNS = Right("export returns to the national body", held_by={Role.COORDINATOR})
CHASE = Right("remind those who owe something", held_by={Role.COORDINATOR, Role.PANEL_CHAIR})
EXPORT_CASES = Right(
    "take lines of the list of cases away", held_by={Role.COORDINATOR, Role.PARTNER, Role.PANEL_CHAIR, Role.AUDITOR}
)
# Somebody let in by an emailed code has one thing to do and nothing to subscribe to.
SUBSCRIBE = Right("subscribe to one's own dates", held_by=Role, where=lambda by, _: not by.is_correspondent)
KEEP_LISTS = Right("keep a list of cases", held_by=Role, where=lambda by, _: not by.is_correspondent)
# `where` is narrower than what may be seen.
REMOVE_LIST = Right(
    "remove a saved list",
    held_by=Role,
    where=lambda by, saved: (
        saved is None or saved.owner_id == by.user.pk or (saved.shared and by.holds(Role.COORDINATOR))
    ),
    unseen=True,
)
SEE_STATISTICS = Right(
    "see how often duties were met in time",
    held_by={Role.COORDINATOR, Role.PARTNER, Role.SENIOR_PARTNER, Role.SCRUTINEER, Role.AUDITOR},
)
# Of those, the ones who also read the reasons that people gave.
READ_REASONS = (Role.COORDINATOR, Role.PARTNER, Role.LEGAL_ADVISER)
