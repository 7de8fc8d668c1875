"""Who is told what happens to a team: the reference and a link, and nothing of a child."""

import pytest
from django.template.loader import render_to_string

from accounts.models import Membership
from cases.actions import admit, assign
from cases.messages import TELLINGS
from cases.parts import Part


@pytest.mark.parametrize("telling", TELLINGS, ids=lambda telling: telling.verb)
def test_a_message_says_the_reference_and_leads_to_the_page(telling):
    context = {"reference": "CIOS-2026-0003", "link": "http://127.0.0.1:8000/cases/x/"}
    subject = render_to_string(f"{telling.template}.subject.txt", context)
    assert "CIOS-2026-0003" in subject
    assert subject.strip().count("\n") == 0
    assert context["link"] in render_to_string(f"{telling.template}.txt", context)


def test_the_person_who_is_given_a_part_is_told_and_a_role_is_not(cast, standing, case_one):
    by = standing(cast.coordinator)
    given = assign(case_one, Part.REVIEW_PAPERS, Membership.objects.get(user=cast.reviewer), by=by)
    assert list(given.recipients("holder", by.today)) == [cast.reviewer]
    to_role = admit(case_one, Part.REVIEW_PAPERS, by=by, role="scrutineer", agency=cast.agencies.independent)
    assert not to_role.recipients("holder", by.today).exists()
