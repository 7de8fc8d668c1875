from .chasing import AlreadyReminded, chase, remind_in
from .choosing import export_cases, give_access
from .feeds import make_feed, note_reading, revoke_feed
from .lists import keep_columns, remove_list, save_list
from .timeliness import export_timeliness

__all__ = [
    "AlreadyReminded",
    "chase",
    "export_cases",
    "export_timeliness",
    "give_access",
    "keep_columns",
    "make_feed",
    "note_reading",
    "remind_in",
    "remove_list",
    "revoke_feed",
    "save_list",
]
