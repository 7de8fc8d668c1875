from accounts.rights import Right
from accounts.roles import Role

EDIT_PAGES = Right("edit the public pages", held_by={Role.COORDINATOR})
READ_FEEDBACK = Right("read what people had to say", held_by={Role.COORDINATOR})
WITHDRAW = Right("take a publication down", held_by={Role.COORDINATOR})
PUBLISH_OTHER = Right("publish a briefing or yearly report", held_by={Role.COORDINATOR})
