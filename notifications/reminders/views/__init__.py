from .messages import duty, life, news, send_again, settle, settle_trouble, undelivered
from .preferences import preferences
from .schedules import ahead, forget_schedule, schedule, schedules
from .wordings import forget_wording, wording, wordings

__all__ = [
    "ahead",
    "duty",
    "forget_schedule",
    "forget_wording",
    "life",
    "news",
    "preferences",
    "schedule",
    "schedules",
    "send_again",
    "settle",
    "settle_trouble",
    "undelivered",
    "wording",
    "wordings",
]
