from accounts.rights import NotPermitted, Right
from accounts.roles import Role

BANK_HOLIDAYS = Right("change the bank holidays", held_by={Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR}, unseen=True)
REPIN = Right("count a clock by another edition of the guidance", held_by={Role.COORDINATOR})

__all__ = ["BANK_HOLIDAYS", "REPIN", "NotPermitted"]
