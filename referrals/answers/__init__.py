"""What a referral asks, and the shape of what is answered.

Answers are kept page by page. A page has a key, such as "when", or for what is asked several times "child-1-identity"
(group, number, page); numbers begin at 1 and are never used twice in a referral. The answers of a page are a
dictionary from the names of its questions to JSON:

    TEXT, LONG, EMAIL, PHONE       text
    DATE                           "2026-03-27"
    APPROXIMATE_DATE               "2026-03-27", "2026-03", "2026" or "unknown"
    TIME                           "17:30"
    ONE, ONE_OF_MANY               the code of a choice
    SEVERAL                        a list of codes
    NHS_NUMBER, UPN, POSTCODE      as text, without spaces but for the one inside a postcode

A question left out, or answered "" or [], has no answer; that is not the same as "not_known", "not_asked" or
"withheld". No question has to be answered. For a question whose `names` is "authorities" or "agencies" the code is
the agency's id as text (`str(agency.pk)`), "other" (then the name is asked too) or "not_known". Where it is
OTHER_CHILDREN the codes are the numbers of children as text.

The pages, with their most telling questions:

    referrer       contact_name, contact_role, contact_phone, contact_email (filled in when the draft is started)
    awareness      agency_aware_on, agency_aware_at
    told           told (social_care, police, coroner, child_death, ofsted, nobody, not_known), social_care_told_on
    when           incident_on, incident_at
    where          location (cases.codes.LOCATION), place, outside_england (yes, no, not_known), country
    authorities    incident_la, incident_la_name, home_la, home_la_name
    harm           harm (cases Harm), harm_types (cases.codes.HARM_TYPE)
    description    description
    abuse          abuse (known, suspected, no, not_known)
    abuse-details  abuse_types, abuse_contexts, abuse_suspected_on, abuse_why, perpetrators (after known, suspected)
    child-N-identity   subject (subject, sibling, other, not_known), born (born, unborn), born_on, expected_on,
                       full_name, other_names, siblings (saved on the pages of both children)
    child-N-numbers    nhs_known (yes, not_known, not_asked, withheld), nhs_number, upn_known, upn, local_id
    child-N-address    address_known (yes, no_fixed, not_known, withheld), address, postcode
    child-N-about      sex, ethnicity, ethnicity_described, disability, disabilities
    child-N-services   gp, education, school
    child-N-care       looked_after, responsible_la, care_leaver, legal_status, placement
    child-N-plans      child_in_need, child_protection, child_protection_category, known_to_agency
    child-N-safety     harm (cases Harm, or none), died_on, safety
    person-N-who       relationship, relationship_described, full_name, other_names, born_on
    person-N-part      in_household, address, parental_responsibility, suspected_of_harm, note
    agency-N-involvement   agency, agency_name, involved (current, previous, not_known), involvement
    process-N-process  kind (cases.codes.PARALLEL_PROCESS), lead, process_reference, state, next_on
    criteria       criteria (codes of decisions.criteria, none, not_known), why_REG11_A ... why_REG11_D
    circumstances  circumstances, why_WT_SINGLE ... why_WT_INSTITUTION
    concerns       concerns, good_practice
    media          media (yes, no, not_known), media_details
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .around import AGENCIES, PEOPLE, PROCESSES
from .children import CHILDREN
from .incident import ABUSE, ABUSE_DETAILS, AUTHORITIES, AWARENESS, DESCRIPTION, HARM, REFERRER, TOLD, WHEN, WHERE
from .questions import OTHER_CHILDREN, Group, Kind, Page, Question, Section
from .reasons import CIRCUMSTANCES, CONCERNS, CRITERIA, MEDIA

SECTIONS = (
    Section("Who is referring", (("Contact", (REFERRER,)), ("When your agency found out", (AWARENESS, TOLD)))),
    Section(
        "The incident",
        (
            ("When and where it happened", (WHEN, WHERE, AUTHORITIES)),
            ("What happened", (HARM, DESCRIPTION)),
            ("Abuse or neglect", (ABUSE, ABUSE_DETAILS)),
        ),
    ),
    Section("Children", group=CHILDREN),
    Section("Household and significant people", group=PEOPLE),
    Section("Agencies known to be involved", group=AGENCIES),
    Section("Other processes under way", group=PROCESSES),
    Section(
        "Why a review may be needed",
        (
            ("Criteria for a review", (CRITERIA, CIRCUMSTANCES)),
            ("How agencies worked together", (CONCERNS,)),
            ("Media interest", (MEDIA,)),
        ),
    ),
)
GROUPS = {section.group.key: section.group for section in SECTIONS if section.group}
SINGLE = {page.key: page for section in SECTIONS for _, pages in section.tasks for page in pages}
MOST_OF_A_GROUP = 30

_REPEATED = re.compile(r"([a-z]+)-([1-9][0-9]{0,3})-([a-z]+)")


class UnknownPage(LookupError):
    """There is no page of this key."""


@dataclass(frozen=True)
class Place:
    """Where a page stands: the page, and for one that is asked several times its group and number."""

    key: str
    page: Page
    group: Group | None = None
    number: int = 0

    @property
    def stem(self) -> str:
        """What the keys of the pages of this child or person begin with; empty for a page that is asked once."""
        return f"{self.group.key}-{self.number}-" if self.group else ""


def key_of_page(group: Group, number: int, page: Page) -> str:
    return f"{group.key}-{number}-{page.key}"


def place_of(key: str) -> Place:
    """Raises UnknownPage for a key that names none."""
    if key in SINGLE:
        return Place(key, SINGLE[key])
    match = _REPEATED.fullmatch(key)
    group = GROUPS.get(match[1]) if match else None
    page = next((page for page in group.pages if match and page.key == match[3]), None) if group else None
    if match is None or group is None or page is None:
        raise UnknownPage(key)
    return Place(key, page, group, int(match[2]))


def numbers_of(group: Group, keys: Iterable[str]) -> list[int]:
    """The numbers in use of a group, in their order, among these keys of pages."""
    matches = (_REPEATED.fullmatch(key) for key in keys)
    return sorted({int(match[2]) for match in matches if match and match[1] == group.key})


__all__ = [
    "GROUPS",
    "MOST_OF_A_GROUP",
    "OTHER_CHILDREN",
    "SECTIONS",
    "SINGLE",
    "Group",
    "Kind",
    "Page",
    "Place",
    "Question",
    "Section",
    "UnknownPage",
    "key_of_page",
    "numbers_of",
    "place_of",
]
