from accounts.rights import Right
from accounts.roles import Role

SEE_MESSAGES = Right("see which messages could not be delivered", held_by={Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR})
SETTLE = Right("settle a message that could not be delivered", held_by={Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR})
