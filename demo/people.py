"""The fictional partnership: its agencies and the people who sign in to the demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import AgencyType, Body
from accounts.roles import Role

PASSWORD = "demonstration only"  # noqa: S105  # nosec B105 - the demo refuses to run outside demo mode

PARTNERSHIP = {
    "name": "Wrenshire and the Fell Isles Safeguarding Children Partnership",
    "short_name": "Wrenshire SCP",
    "service_name": "Safeguarding reviews",
    "reference_prefix": "WFI",
    "front_door": "Wrenshire Family Front Door, 01632 960100, at any hour.",
    "contact_email": "reviews@partnership.example.org",
    "contact_phone": "01632 960101",
}


@dataclass(frozen=True)
class DemoAgency:
    key: str
    name: str
    kind: str
    domain: str
    body: str = ""
    ons_code: str = ""


AGENCIES = (
    DemoAgency("westmoor", "Westmoor Council", AgencyType.LA_CSC, "westmoor.example.org", Body.LA, "E06999001"),
    DemoAgency(
        "fell_isles", "Council of the Fell Isles", AgencyType.LA_CSC, "fellisles.example.org", Body.LA, "E06999002"
    ),
    DemoAgency("icb", "Wrenshire Integrated Care Board", AgencyType.ICB, "icb.example.org", Body.ICB),
    DemoAgency("police", "Wrenshire Police", AgencyType.POLICE, "police.example.org", Body.POLICE),
    DemoAgency("business_unit", "Partnership Business Unit", AgencyType.BUSINESS_UNIT, "partnership.example.org"),
    DemoAgency("school", "Harbour Lane Academy", AgencyType.SCHOOL, "harbourlane.example.org"),
    DemoAgency("island_school", "Fell Isles Community School", AgencyType.SCHOOL, "islandschool.example.org"),
    DemoAgency("hospital", "Wrenshire Hospitals Trust", AgencyType.ACUTE, "hospitals.example.org"),
    DemoAgency("community", "Wrenshire Community Health Trust", AgencyType.COMMUNITY, "community.example.org"),
    DemoAgency("probation", "Wrenshire Probation", AgencyType.PROBATION, "probation.example.org"),
    DemoAgency("refuge", "Lantern Domestic Abuse Service", AgencyType.DOMESTIC_ABUSE, "lantern.example.org"),
    DemoAgency("independent", "Independent reviewers and advisers", AgencyType.OTHER, "independent.example.org"),
)


@dataclass(frozen=True)
class DemoPerson:
    key: str
    name: str
    role: str
    agency: str
    job: str

    @property
    def email(self) -> str:
        domain = next(agency.domain for agency in AGENCIES if agency.key == self.agency)
        return f"{self.name.lower().replace(' ', '.')}@{domain}"


PEOPLE = (
    DemoPerson("referrer", "Ada Quill", Role.REFERRER, "school", "Designated safeguarding officer"),
    DemoPerson("lead", "Lena Marsh", Role.AGENCY_LEAD, "school", "Designated safeguarding lead"),
    DemoPerson("hospital_referrer", "Bert Hollis", Role.REFERRER, "hospital", "Paediatric consultant"),
    DemoPerson("hospital_lead", "Berta Vane", Role.AGENCY_LEAD, "hospital", "Named nurse"),
    DemoPerson("community_lead", "Connie Reed", Role.AGENCY_LEAD, "community", "Named nurse, 0 to 19 service"),
    DemoPerson("police_lead", "Drew Fenn", Role.AGENCY_LEAD, "police", "Detective inspector, public protection"),
    DemoPerson("council_lead", "Edie Cross", Role.AGENCY_LEAD, "westmoor", "Head of safeguarding"),
    DemoPerson("refuge_lead", "Farah Stone", Role.AGENCY_LEAD, "refuge", "Service manager"),
    DemoPerson("coordinator", "Cora Finch", Role.COORDINATOR, "business_unit", "Review manager"),
    DemoPerson("second_coordinator", "Colm Hart", Role.COORDINATOR, "business_unit", "Business manager"),
    DemoPerson("la_notifier", "Nia Thorne", Role.LA_NOTIFIER, "westmoor", "Notifications officer"),
    DemoPerson("la_approver", "Alma Sedge", Role.LA_APPROVER, "westmoor", "Service director"),
    DemoPerson("isles_notifier", "Ivor Kell", Role.LA_NOTIFIER, "fell_isles", "Head of children's services"),
    DemoPerson("partner_la", "Petra Vale", Role.PARTNER, "westmoor", "Director of children's services"),
    DemoPerson("partner_isles", "Pia Strand", Role.PARTNER, "fell_isles", "Director of people"),
    DemoPerson("partner_icb", "Piers Loft", Role.PARTNER, "icb", "Chief nurse"),
    DemoPerson("partner_police", "Paul Beck", Role.PARTNER, "police", "Detective superintendent"),
    DemoPerson("senior_partner", "Sena Ward", Role.SENIOR_PARTNER, "westmoor", "Chief executive"),
    DemoPerson("group_member", "Gail Rowan", Role.GROUP_MEMBER, "hospital", "Designated doctor"),
    DemoPerson("panel_chair", "Chidi Lowe", Role.PANEL_CHAIR, "icb", "Chair of the review group"),
    DemoPerson("scrutineer", "Skye Alder", Role.SCRUTINEER, "independent", "Independent scrutineer"),
    DemoPerson("reviewer", "Rhea Moss", Role.REVIEWER, "independent", "Independent reviewer"),
    DemoPerson("legal_adviser", "Levi Croft", Role.LEGAL_ADVISER, "westmoor", "Solicitor"),
    DemoPerson("comms_officer", "Cleo Brook", Role.COMMS_OFFICER, "business_unit", "Communications officer"),
    DemoPerson("action_owner", "Otis Glen", Role.ACTION_OWNER, "hospital", "Head of paediatrics"),
    DemoPerson("auditor", "Asa Field", Role.AUDITOR, "independent", "Auditor"),
    DemoPerson("child_death_liaison", "Dara Pool", Role.CHILD_DEATH_LIAISON, "icb", "Child death review manager"),
    DemoPerson("system_administrator", "Sol Wick", Role.SYSTEM_ADMINISTRATOR, "business_unit", "Systems officer"),
)
