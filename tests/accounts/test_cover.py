"""Who may arrange that somebody stands in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import actions, codes
from accounts.models import Cover
from accounts.rights import NotPermitted
from accounts.roles import Role
from audit.lifecycle import AlreadyDone
from audit.models import Event


def arrange(membership, deputy, by, days=(0, 3)):
    return actions.arrange_cover(
        membership,
        deputy=deputy,
        starts_on=by.today + timedelta(days=days[0]),
        ends_on=by.today + timedelta(days=days[1]),
        by=by,
    )


def test_a_person_arranges_who_stands_in_for_them(cast, standing):
    arrange(cast.la_approver.memberships.get(), cast.la_notifier, standing(cast.la_approver))
    assert standing(cast.la_notifier).holds(Role.LA_APPROVER)
    cover = Cover.objects.get()
    event = Event.objects.get(verb="cover arranged")
    assert event.subject == f"accounts.Cover:{cover.pk}"
    assert set(cover.recipients("deputy", cover.starts_on)) == {cast.la_notifier}


def test_a_coordinator_may_do_it_for_others(cast, standing):
    arrange(cast.la_approver.memberships.get(), cast.la_notifier, standing(cast.coordinator))
    assert standing(cast.la_notifier).holds(Role.LA_APPROVER)


@pytest.mark.parametrize("attribute", ["la_notifier", "partner_la", "lead"])
def test_nobody_else_may(cast, standing, signed_in, attribute):
    somebody = getattr(cast, attribute)
    with pytest.raises(NotPermitted):
        arrange(cast.la_approver.memberships.get(), cast.scrutineer, standing(somebody))
    page = reverse("accounts:cover", args=[cast.la_approver.memberships.get().pk])
    assert signed_in(somebody).get(page).status_code == 404


@pytest.mark.parametrize("attribute", ["coordinator", "system_administrator"])
def test_nobody_gives_themselves_anothers_access(cast, standing, attribute):
    somebody = getattr(cast, attribute)
    with pytest.raises(NotPermitted):
        arrange(cast.partner_police.memberships.get(), somebody, standing(somebody))
    assert not standing(somebody).holds(Role.PARTNER)


def test_a_deputy_is_somebody_else_with_an_open_account(cast, standing):
    by = standing(cast.coordinator)
    mine = cast.la_approver.memberships.get()
    correspondent = codes.correspondent_for("gp@surgery.example.org", cast.agencies.school, at=by.at)
    cast.lead.is_active = False
    cast.lead.save()
    for nobody in (cast.la_approver, correspondent, cast.lead):
        with pytest.raises(actions.CannotDeputise):
            arrange(mine, nobody, by)


def test_a_correspondent_stands_for_nobody_else_and_nobody_for_them(cast, standing, signed_in):
    user = codes.correspondent_for("gp@surgery.example.org", cast.agencies.school, at=standing(cast.lead).at)
    with pytest.raises(NotPermitted):
        arrange(user.memberships.get(), cast.lead, standing(user))
    page = signed_in(user).get(reverse("accounts:profile")).content.decode()
    assert reverse("accounts:cover", args=[user.memberships.get().pk]) not in page


def test_a_deputy_does_not_pass_the_role_on(cast, standing, signed_in):
    membership = cast.la_approver.memberships.get()
    arrange(membership, cast.la_notifier, standing(cast.la_approver))
    with pytest.raises(NotPermitted):
        arrange(membership, cast.isles_notifier, standing(cast.la_notifier))


def test_cover_that_runs_is_ended_and_cover_to_come_is_taken_back(cast, standing):
    by = standing(cast.la_approver)
    membership = cast.la_approver.memberships.get()
    running = arrange(membership, cast.la_notifier, by, days=(-2, 3))
    to_come = arrange(membership, cast.isles_notifier, by, days=(5, 6))
    actions.end_cover(running, by=by)
    assert not standing(cast.la_notifier).holds(Role.LA_APPROVER)
    actions.end_cover(to_come, by=by)
    assert Cover.objects.count() == 1, "what took place stays on record"
    with pytest.raises(AlreadyDone):
        actions.end_cover(running, by=by)


def test_arranging_it_on_the_page(cast, signed_in, standing):
    client = signed_in(cast.la_approver)
    page = reverse("accounts:cover", args=[cast.la_approver.memberships.get().pk])
    day = standing(cast.la_approver).today
    dates = {
        f"{name}-{part}": getattr(day, part) for name in ("starts_on", "ends_on") for part in ("day", "month", "year")
    }
    token = client.get(page).context["form"]["token"].value()
    unknown = client.post(page, {**dates, "token": token, "deputy": "nobody@example.org"})
    assert b"Enter the email address of somebody who has an account here" in unknown.content
    answer = client.post(page, {**dates, "token": token, "deputy": cast.la_notifier.email})
    assert answer.status_code == 302
    assert standing(cast.la_notifier).holds(Role.LA_APPROVER)
    profile = client.get(reverse("accounts:profile")).content.decode()
    assert "Nia Notifier stands in for Alma Approver" in profile


def test_a_deputy_sees_the_cover_but_cannot_end_it(cast, signed_in, standing):
    cover = arrange(cast.la_approver.memberships.get(), cast.la_notifier, standing(cast.la_approver))
    client = signed_in(cast.la_notifier)
    page = client.get(reverse("accounts:profile")).content.decode()
    end = reverse("accounts:take_back_cover", args=[cover.pk])
    assert "Nia Notifier stands in" in page
    assert end not in page
    assert client.post(end).status_code == 403
    assert standing(cast.la_notifier).holds(Role.LA_APPROVER)
