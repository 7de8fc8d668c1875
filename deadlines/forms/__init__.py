from .bank_holidays import BankHolidayForm, DeclareYearForm, RemoveBankHolidayForm
from .calculator import CalculatorForm
from .correcting import CorrectForm, DelayForm, LatenessForm, RepinForm
from .editions import AddEditionForm, ConfirmEditionsForm, ImportForm, edition_from

__all__ = [
    "AddEditionForm",
    "BankHolidayForm",
    "CalculatorForm",
    "ConfirmEditionsForm",
    "CorrectForm",
    "DeclareYearForm",
    "DelayForm",
    "ImportForm",
    "LatenessForm",
    "RemoveBankHolidayForm",
    "RepinForm",
    "edition_from",
]
