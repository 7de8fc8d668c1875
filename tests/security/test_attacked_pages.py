"""Rows D1 and B12, in a real browser: everything anybody could have typed is an attack, and every page is opened."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from playwright.sync_api import Error

from tests.architecture.reading import ROOMS
from tests.permissions.world import Everything

from .crawling import READERS, addresses
from .test_leaving import SITE, Visit

pytestmark = pytest.mark.browser

# It closes what it stands in, runs if it is taken for HTML, and counts if it is taken for a template.
ATTACK = "\"'></textarea></script><svg/onload=fetch('/attacked')>{{7*7}}{% now %}\u202e javascript:fetch('/attacked') "
RICH = "<p>Read</p><script>fetch('/attacked')</script><img src=x onerror=fetch('/attacked')><a href=javascript:fetch(1)>x</a>"
# Rich text, and what holds it; the columns in which a text is a key, not what somebody typed.
RICH_TEXTS = {"html", "body", "sections"}
KEYS = {"occasion", "row", "subject", "made_by_review", "verb", "capacity", "digest", "head", "previous", "key"}
# Addresses that answer with a file to save, or with no page.
FILES = {
    "attachment", "brand_css", "evidence_file", "feed", "healthz", "json", "letter", "page_file", "paper",
    "paper_for_signing", "pdf", "session_left",
}  # fmt: skip
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    event => window.violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sample));
"""


def attack_on(value: Any, rich: bool) -> Any:
    """The same shape with every text that reads like words replaced."""
    if isinstance(value, dict):
        return {key: attack_on(one, rich) for key, one in value.items()}
    if isinstance(value, list):
        return [attack_on(one, rich) for one in value]
    if isinstance(value, str) and " " in value:
        return RICH if rich else ATTACK
    return value


def attack(row: models.Model) -> int:
    """Put the attack into every column of the row that holds words; returns how many."""
    changes: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value, rich = getattr(row, field.attname), field.name in RICH_TEXTS
        if field.name in KEYS or field.choices or not value:
            continue
        if isinstance(field, models.JSONField):
            changes[field.name] = attack_on(value, rich)
        elif isinstance(field, models.TextField) or (isinstance(field, models.CharField) and " " in value):
            words = RICH if rich else f"{ATTACK}{row.pk} "
            changes[field.name] = words[: field.max_length] if field.max_length else words
    changes = {name: value for name, value in changes.items() if value != getattr(row, name)}
    if changes:
        try:
            with transaction.atomic():
                models.QuerySet(type(row)).filter(pk=row.pk).update(**changes)
        except IntegrityError:
            return 0
    return len(changes)


def attack_everything() -> int:
    """Every row of every room but the record of what was done, which nobody types into."""
    count = 0
    for model in apps.get_models():
        ours = model.__module__.partition(".")[0] in ROOMS
        if (
            ours
            and model._meta.managed
            and not model._meta.proxy
            and model._meta.app_label not in ("audit", "deadlines")
        ):
            count += sum(attack(row) for row in models.QuerySet(model).all())
    return count


@pytest.fixture
def attacked(world) -> Everything:
    assert attack_everything() > 500
    return world


def test_d1_nothing_that_anybody_typed_runs_on_any_page(attacked, chromium):
    """And row B12: no page breaks its own content security policy."""
    faults, shown, seen = [], 0, set()
    for person in READERS:
        context = chromium.new_context()
        context.add_init_script(WATCH)
        window = Visit(context, attacked, person)
        for name, url in addresses(attacked, person):
            if name in seen or name.partition(" ")[0].rpartition(":")[2] in FILES:
                continue
            seen.add(name)
            try:
                window.page.goto(SITE + url, wait_until="load")
            except Error as refused:
                # A file is saved, not shown.
                assert "Download is starting" in str(refused), (name, refused)
                continue
            faults += [(name, violation) for violation in window.page.evaluate("window.violations")]
            hidden = window.page.evaluate(
                'document.querySelectorAll(\'svg[onload], [onerror], script:not([src], [type="application/json"]), a[href^="javascript:" i]\').length'
            )
            if hidden:
                faults.append((name, f"{hidden} elements of the attack"))
            text = window.page.locator("body").inner_text()
            shown += "{{7*7}}" in text
        faults += [*window.elsewhere, *(path for path in window.paths if "attacked" in path)]
        context.close()
    assert faults == []
    assert len(seen) > 150
    assert shown > 60
