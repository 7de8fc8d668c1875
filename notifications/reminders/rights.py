from accounts.rights import Right
from accounts.roles import MANAGING, Role

SEE_MESSAGES = Right("see which messages could not be delivered", held_by={Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR})
SETTLE = Right("settle a message that could not be delivered", held_by={Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR})
SCHEDULE = Right("change when people are reminded", held_by=MANAGING, unseen=True)
# Only the lines of cases that whoever asks may see.
FORESEE = Right("see what would be sent", held_by=MANAGING, unseen=True)
WORD = Right("change what messages say", held_by=MANAGING, unseen=True)
PREFER = Right("choose when to be written to", held_by=Role, where=lambda by, subject: not by.is_correspondent)
