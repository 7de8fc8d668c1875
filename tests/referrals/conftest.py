"""A referral as agencies write them: from the first page to sent, by people of the named cast."""

import pytest

from referrals import actions
from referrals.models import Referral
from tests.referrals.addresses import url

NAME, BIRTH, NHS_NUMBER, STREET = "Zephyrine Quillfeather", "2026-03-02", "9434765919", "12 Gannet Steps"


def answers(agencies):
    """The pages of a referral about a baby who was seriously harmed, with a sister and an unborn child."""
    return {
        "awareness": {"agency_aware_on": "2026-09-07", "agency_aware_at": "09:15"},
        "told": {"told": ["social_care", "police"], "social_care_told_on": "2026-09-07"},
        "when": {"incident_on": "2026-09-05", "incident_at": "17:30"},
        "where": {"location": "family_home", "outside_england": "no"},
        "authorities": {"incident_la": str(agencies.westmoor.pk), "home_la": str(agencies.fell_isles.pk)},
        "harm": {"harm": "serious_harm", "harm_types": ["NAI_HEAD"]},
        "description": {"description": "The child was brought to hospital with a head injury."},
        "abuse": {"abuse": "suspected"},
        "abuse-details": {"abuse_types": ["physical"], "abuse_why": "The injury has no explanation."},
        "child-1-identity": {"subject": "subject", "born": "born", "born_on": BIRTH, "full_name": NAME},
        "child-1-numbers": {"nhs_known": "yes", "nhs_number": NHS_NUMBER, "upn_known": "not_asked"},
        "child-1-address": {"address_known": "yes", "address": STREET, "postcode": "TR1 3AY"},
        "child-1-about": {"sex": "female", "ethnicity": "WBRI", "disability": "not_known"},
        "child-1-care": {"looked_after": "no", "care_leaver": "no", "legal_status": "NONE"},
        "child-1-plans": {"child_protection": "current", "child_protection_category": "NEG"},
        "child-1-safety": {"harm": "serious_harm", "safety": "The child is in hospital with one-to-one care."},
        "child-2-identity": {
            "subject": "sibling",
            "born": "born",
            "born_on": "2022",
            "full_name": "Ottoline Quillfeather",
        },
        "child-3-identity": {"subject": "other", "born": "unborn", "expected_on": "2027-01"},
        "person-1-who": {"relationship": "mother", "full_name": "Marigold Quillfeather", "born_on": "1999-05-06"},
        "person-1-part": {"in_household": "yes", "suspected_of_harm": "not_known", "parental_responsibility": "yes"},
        "agency-1-involvement": {"agency": str(agencies.hospital.pk), "involved": "current"},
        "process-1-process": {"kind": "criminal", "lead": "Detective inspector", "next_on": "2026-10-01"},
        "criteria": {"criteria": ["REG11_C"], "why_REG11_C": "Two agencies held half of the picture."},
        "concerns": {"good_practice": "The health visitor came back the same evening."},
        "media": {"media": "no"},
    }


@pytest.fixture
def past_the_first_question(signed_in):
    """`past_the_first_question(user)`: their client, once they have said that no child is at risk now."""

    def of(user):
        client = signed_in(user)
        client.post(url("start"), {"at_risk_now": "no"})
        return client

    return of


@pytest.fixture
def draft(cast, standing) -> Referral:
    """Ada's draft for Harbour Lane Academy, with nothing on it but her own details."""
    return actions.start_draft(by=standing(cast.referrer), agency=cast.agencies.school)


@pytest.fixture
def written(cast, standing, draft) -> Referral:
    """The draft with every section answered."""
    for page, given in answers(cast.agencies).items():
        actions.save_page(draft, page, given, by=standing(cast.referrer))
    return draft


@pytest.fixture
def waiting(cast, standing, written) -> Referral:
    """The written draft, waiting for Lena to approve it."""
    actions.send_for_approval(written, by=standing(cast.referrer))
    return written


@pytest.fixture
def sent(cast, standing, waiting) -> Referral:
    """The referral as it was approved and sent."""
    return actions.approve(waiting, by=standing(cast.lead))
