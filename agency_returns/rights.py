from typing import Any

from accounts.rights import NotPermitted, Right
from accounts.roles import Role
from accounts.standing import Standing

from .models import AgencyReturn


def _own(by: Standing, agency_return: Any) -> bool:
    return agency_return is None or AgencyReturn.objects.own(by).filter(pk=agency_return.pk).exists()


def _answers_for_the_agency(by: Standing, agency_return: Any) -> bool:
    """Its safeguarding lead, or the correspondent to whom the request was sent."""
    if agency_return is None:
        return True
    leads = by.holds_in(agency_return.request.agency_id, Role.AGENCY_LEAD)
    return (leads or by.is_correspondent) and _own(by, agency_return)


def _may_approve(by: Standing, agency_return: Any) -> bool:
    """The lead who wrote none of it; a correspondent names the senior lead who approved it."""
    if agency_return is None:
        return True
    if not _answers_for_the_agency(by, agency_return):
        return False
    return by.is_correspondent or not agency_return.was_written_by(by.user)


AGENCY = {Role.AGENCY_LEAD, Role.REFERRER}

ASK = Right("ask an agency for information", held_by={Role.COORDINATOR})
FOLLOW_UP = Right("follow up a request for information", held_by={Role.COORDINATOR})
JUDGE = Right("accept an agency's return or send it back", held_by={Role.COORDINATOR})
RELEASE = Right("release an agency's return to the review group", held_by={Role.COORDINATOR})
# `where` has looked at what is the agency's own, which is narrower than what may be seen.
WRITE = Right("write an agency's return", held_by=AGENCY, where=_own, unseen=True)
LOOK_UP = Right("see whom to search the records for", held_by=AGENCY, where=_own, unseen=True)
ANSWER = Right("answer for an agency", held_by=AGENCY, where=_answers_for_the_agency, unseen=True)
APPROVE = Right("approve an agency's return", held_by=AGENCY, where=_may_approve, unseen=True)

__all__ = ["ANSWER", "APPROVE", "ASK", "FOLLOW_UP", "JUDGE", "LOOK_UP", "RELEASE", "WRITE", "NotPermitted"]
