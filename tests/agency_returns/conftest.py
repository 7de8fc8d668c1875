"""Case one, about which the school and the hospital have been asked."""

from datetime import timedelta

import pytest

from agency_returns import actions
from agency_returns.models import section_named
from audit.events import key_of


@pytest.fixture
def ask(case_one, cast, standing):
    """`ask(agency)`: the coordinator asks it; gives its return."""

    def of(agency, case=None, **more):
        by = standing(cast.coordinator)
        case = case or case_one
        asked = {"occasion": key_of(case), "due_on": by.today + timedelta(days=9), **more}
        return actions.send_request(case, agency, by=by, **asked).agency_return

    return of


@pytest.fixture
def school_return(ask, cast):
    return ask(cast.agencies.school)


@pytest.fixture
def hospital_return(ask, cast):
    return ask(cast.agencies.hospital)


@pytest.fixture
def written(school_return, cast, standing):
    """The school's return as Ada wrote it, asked by Lena; Lena has written nothing."""
    actions.ask_to_write(school_return, cast.referrer.memberships.get(), by=standing(cast.lead))
    actions.save_section(
        school_return,
        section_named("involvement"),
        by=standing(cast.referrer),
        seen_version=school_return.version,
        involvement_summary="Two meetings with the family in spring.",
    )
    school_return.refresh_from_db()
    return school_return


@pytest.fixture
def sent(written, cast, standing):
    """The same, approved and sent by Lena."""
    actions.submit(written, by=standing(cast.lead))
    return written


@pytest.fixture
def accepted(sent, cast, standing):
    actions.accept(sent, by=standing(cast.coordinator))
    return sent


@pytest.fixture
def panel_papers(case_one, cast, standing):
    """Gail of the review group and Chidi who chairs it hold the review papers of case one."""
    from cases.actions import admit
    from cases.parts import Part

    for user in (cast.group_member, cast.panel_chair, cast.other_lead):
        admit(case_one, Part.REVIEW_PAPERS, by=standing(cast.coordinator), membership=user.memberships.get())
