"""What is asked about the children and people of a case, its processes and its team."""

from .people import AboutChild, AboutPerson, NewChild, NewPerson, WhoTheyAre, WhyReveal
from .processes import AboutProcess, NewProcess
from .team import GivePart, OwnConflict, SomeonesConflict, Why

__all__ = [
    "AboutChild",
    "AboutPerson",
    "AboutProcess",
    "GivePart",
    "NewChild",
    "NewPerson",
    "NewProcess",
    "OwnConflict",
    "SomeonesConflict",
    "WhoTheyAre",
    "Why",
    "WhyReveal",
]
