from .chasing import Chase
from .exports import ReturnExport
from .feeds import CalendarFeed
from .lists import KeptColumns, SavedList

__all__ = ["CalendarFeed", "Chase", "KeptColumns", "ReturnExport", "SavedList"]
