from .cases import Case, CaseStatus, ReferenceSeries
from .children import Child, Identity, Person
from .processes import ParallelProcess
from .team import Conflict, TeamMember

__all__ = [
    "Case",
    "CaseStatus",
    "Child",
    "Conflict",
    "Identity",
    "ParallelProcess",
    "Person",
    "ReferenceSeries",
    "TeamMember",
]
