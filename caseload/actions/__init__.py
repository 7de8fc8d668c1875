from .chasing import AlreadyReminded, chase
from .feeds import make_feed, note_reading, revoke_feed
from .lists import keep_columns, remove_list, save_list
from .timeliness import export_timeliness

__all__ = [
    "AlreadyReminded",
    "chase",
    "export_timeliness",
    "keep_columns",
    "make_feed",
    "note_reading",
    "remove_list",
    "revoke_feed",
    "save_list",
]
