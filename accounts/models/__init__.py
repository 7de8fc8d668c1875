from .agencies import Agency, AgencyType, Body, EmailDomain
from .codes import EmailedCode, RecoveryCode
from .memberships import Cover, Membership
from .partnership import Partnership
from .users import User, normal_address

__all__ = [
    "Agency",
    "AgencyType",
    "Body",
    "Cover",
    "EmailDomain",
    "EmailedCode",
    "Membership",
    "Partnership",
    "RecoveryCode",
    "User",
    "normal_address",
]
