from agency_returns.lifecycle import ReturnStatus

from .attachments import Attachment
from .chronology import CaseChronology, ChronologyEntry
from .requests import InformationRequest
from .returns import READERS, SYSTEM_FACTORS, AgencyReturn
from .sections import SECTIONS, Section, section_named

__all__ = [
    "READERS",
    "SECTIONS",
    "SYSTEM_FACTORS",
    "AgencyReturn",
    "Attachment",
    "CaseChronology",
    "ChronologyEntry",
    "InformationRequest",
    "ReturnStatus",
    "Section",
    "section_named",
]
