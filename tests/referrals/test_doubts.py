"""Answers that cannot all be right are pointed out, and stop nothing."""

import pytest

from referrals import actions
from referrals.doubts import doubts
from tests.referrals.addresses import url

HAPPENED = {"when": {"incident_on": "2026-09-05"}}
SERIOUS, LOOKED_AFTER, LEAVER = "serious_incident", "looked_after_death", "care_leaver_death"


def born(day, **more):
    return {"child-1-identity": {"born": "born", "born_on": day, **more}}


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (SERIOUS, born("2008-09-05"), "Child 1 was 18 or over"),
        (SERIOUS, born("2007"), "Child 1 was 18 or over"),
        (LOOKED_AFTER, born("2000-01-01"), "Child 1 was 18 or over"),
        (LEAVER, born("2001-09-05"), "Child 1 was not aged 18 to 24"),
        (LEAVER, born("2008-09-06"), "Child 1 was not aged 18 to 24"),
        (LEAVER, {**born("2004"), "child-1-care": {"care_leaver": "no"}}, "not to be a care leaver"),
        (LOOKED_AFTER, {**born("2014"), "child-1-care": {"looked_after": "no"}}, "not to be looked after"),
        (SERIOUS, born("2026-10"), "Child 1 was born after the date of the incident."),
        (SERIOUS, {**born("2020"), "child-1-safety": {"harm": "death", "died_on": "2026-08"}}, "Child 1 died before"),
        (SERIOUS, {"awareness": {"agency_aware_on": "2026-09-04"}}, "The referring agency became aware before"),
        (
            SERIOUS,
            {"told": {"told": ["social_care"], "social_care_told_on": "2025"}},
            "Children’s social care was told",
        ),
    ],
)
def test_what_cannot_be_is_pointed_out_to_author_lead_and_coordinator(
    draft, cast, standing, signed_in, kind, given, said
):
    by = standing(cast.referrer)
    if kind != draft.kind:
        actions.change_kind(draft, kind, by=by)
    for page, answers in {**HAPPENED, **given}.items():
        actions.save_page(draft, page, answers, by=by)
    assert said in signed_in(cast.referrer).get(url("check", draft.pk)).text
    actions.send_for_approval(draft, by=by)
    assert said in signed_in(cast.lead).get(url("approve", draft.pk)).text
    actions.approve(draft, by=standing(cast.lead))
    assert said in signed_in(cast.coordinator).get(url("triage", draft.pk)).text


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (SERIOUS, born("2008-09-06")),
        (SERIOUS, born("2008")),
        (SERIOUS, born("1990", subject="sibling")),
        (SERIOUS, born("unknown")),
        (SERIOUS, {"child-1-identity": {"born": "unborn", "expected_on": "2027-01"}}),
        (LEAVER, born("2001-09-06")),
        (LEAVER, born("2008-09")),
        ("learning", born("1990")),
        (SERIOUS, {"awareness": {"agency_aware_on": "2026-09"}}),
    ],
)
def test_what_may_be_right_is_not_doubted(draft, cast, standing, kind, given):
    for page, answers in {**HAPPENED, **given}.items():
        actions.save_page(draft, page, answers, by=standing(cast.referrer))
    assert doubts(kind, draft.answers()) == []
