from .cases import Case, CaseInPart, CasePeople, CaseStatus, ReferenceSeries
from .children import Child, Identity, Person
from .holding import held_now, part_held
from .processes import ParallelProcess
from .team import Conflict, TeamMember

__all__ = [
    "Case",
    "CaseInPart",
    "CasePeople",
    "CaseStatus",
    "Child",
    "Conflict",
    "Identity",
    "ParallelProcess",
    "Person",
    "ReferenceSeries",
    "TeamMember",
    "held_now",
    "part_held",
]
