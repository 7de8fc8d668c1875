"""A local variant of the guidance, as a partnership adds one."""

from __future__ import annotations

from dataclasses import replace

from accounts.standing import Standing
from deadlines.actions import add_editions
from deadlines.editions import Edition, written
from deadlines.models import Limit

NAME = "Wrenshire and the Fell Isles 2026"


def chase_the_panel_sooner(by: Standing) -> None:
    """From today this partnership asks after the Panel's answer a week sooner. What runs stays as it is."""
    base = Limit.objects.in_force("T08", by.today).as_time_limit()
    note = "Agreed by the partners: ask after 15 working days"
    limit = replace(
        base,
        edition=NAME,
        amount=15,
        in_force_from=by.today,
        in_force_to=None,
        variant_of=base.edition,
        edition_note=note,
    )
    variant = Edition(NAME, by.today, None, base.edition, note, (limit,))
    add_editions(written([variant]), by=by)
