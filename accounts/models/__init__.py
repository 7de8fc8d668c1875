from .agencies import Agency, AgencyType, Body, EmailDomain
from .codes import EmailedCode
from .memberships import Cover, Membership
from .partnership import Partnership
from .users import User

__all__ = [
    "Agency",
    "AgencyType",
    "Body",
    "Cover",
    "EmailDomain",
    "EmailedCode",
    "Membership",
    "Partnership",
    "User",
]
