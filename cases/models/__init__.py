from .cases import Case, CaseInPart, CasePeople, CaseStatus, ReferenceSeries
from .children import Child, Identity, Person
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
]
