from .bank_holidays import BankHoliday, KnownYear
from .clocks import Deadline, Secondary
from .limits import Limit, LimitInUse

__all__ = ["BankHoliday", "Deadline", "KnownYear", "Limit", "LimitInUse", "Secondary"]
