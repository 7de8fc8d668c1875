"""What the partners are told, and what is never in a message."""

import pytest
from django.template.loader import render_to_string

from accounts.models import Cover, Membership
from decisions.messages import TELLINGS


@pytest.mark.parametrize("telling", TELLINGS, ids=lambda telling: telling.verb)
def test_a_message_is_the_reference_and_a_link(telling, partnership):
    context = {"reference": "CIOS-2026-0003", "link": "https://example.org/decisions/1/", "partnership": partnership}
    subject = render_to_string(f"{telling.template}.subject.txt", context).strip()
    text = render_to_string(f"{telling.template}.txt", context)
    assert "CIOS-2026-0003" in subject and "\n" not in subject
    assert "CIOS-2026-0003" in text and "https://example.org/decisions/1/" in text


def test_those_in_a_seat_that_day_are_told_and_their_deputies_too(decision, sign, cast, standing):
    day = standing(cast.partner_la).today
    everyone = {cast.partner_la, cast.partner_icb, cast.partner_police}
    assert set(decision.recipients("seat_holders", day)) == everyone
    Cover.objects.create(
        membership=Membership.objects.get(user=cast.partner_icb),
        deputy=cast.senior_partner,
        starts_on=day,
        ends_on=day,
    )
    assert set(decision.recipients("seat_holders", day)) == everyone | {cast.senior_partner}
    Membership.objects.filter(user=cast.partner_police).update(ends_on="2021-01-01")
    sign(cast.partner_la)
    assert set(decision.recipients("waiting", day)) == {cast.partner_icb, cast.senior_partner}
