from .chasing import Chase, Round, owing
from .exports import ReturnExport
from .feeds import CalendarFeed
from .lists import KeptColumns, SavedList

__all__ = ["CalendarFeed", "Chase", "KeptColumns", "ReturnExport", "Round", "SavedList", "owing"]
