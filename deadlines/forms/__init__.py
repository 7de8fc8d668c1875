from .bank_holidays import BankHolidayForm, DeclareYearForm, RemoveBankHolidayForm
from .calculator import CalculatorForm
from .correcting import AppliesForm, CorrectForm, DelayForm, DoesNotApplyForm, LatenessForm, RepinForm
from .editions import AddEditionForm, ConfirmEditionsForm, ImportForm, edition_from
from .plan import ApplyPlanForm, FinishStepForm, WorkingPlanForm
from .what_if import WhatIfForm

__all__ = [
    "AddEditionForm",
    "AppliesForm",
    "ApplyPlanForm",
    "BankHolidayForm",
    "CalculatorForm",
    "ConfirmEditionsForm",
    "CorrectForm",
    "DeclareYearForm",
    "DelayForm",
    "DoesNotApplyForm",
    "FinishStepForm",
    "ImportForm",
    "LatenessForm",
    "RemoveBankHolidayForm",
    "RepinForm",
    "WhatIfForm",
    "WorkingPlanForm",
    "edition_from",
]
