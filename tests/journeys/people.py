"""A person at a real browser: goes to pages, fills forms by the names of their fields, presses buttons by their words.

Every page visited is looked over by axe (WCAG 2.2 AA, target size on), once for each kind of page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Browser, Locator, Page

AXE = Axe()
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
}


class Person:
    """One person in a browser of their own, already signed in."""

    def __init__(
        self,
        browser: Browser,
        base: str,
        cookies: Iterable[dict[str, Any]],
        seen: dict[str, list[str]],
        *,
        scripts: bool = True,
        width: int = 1280,
    ) -> None:
        self.base, self.seen, self.scripts = base, seen, scripts
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, accept_downloads=True
        )
        self.context.add_cookies(list(cookies))  # type: ignore[arg-type]
        self.violations: list[str] = []
        self.page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", self._heard)
        return page

    def another_tab(self) -> Person:
        """The same person in a second tab of the same browser."""
        tab = copy(self)
        tab.page = self._new_page()
        return tab

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.violations.append(message.text)

    def close(self) -> None:
        self.context.close()

    # --- moving about -------------------------------------------------------------------------------------------
    def goes_to(self, path: str, *, expect: int = 200) -> Person:
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status == expect, f"{path} answered {answer.status}, not {expect}"
        return self._arrived()

    def follows(self, words: str, *, nth: int = 0) -> Person:
        """Follow the link of these words (screen-reader words count too)."""
        found = self.page.locator("main a").filter(has_text=words)
        if not found.count():
            raise AssertionError(
                f"{self.path}: no link “{words}” among {self.page.locator('main a').all_inner_texts()}"
            )
        found.nth(nth).click()
        return self._arrived()

    def presses(self, words: str, *, nth: int = 0) -> Person:
        """Press the button of these words, and arrive without a complaint."""
        self._button(words, nth).click()
        self._arrived()
        complaint = self.page.locator(".govuk-error-summary")
        assert complaint.count() == 0, f"{self.path}: {complaint.first.inner_text()}"
        return self

    def is_refused(self, words: str, *, nth: int = 0) -> Person:
        """Press the button, and be told what is wrong."""
        self._button(words, nth).click()
        self._arrived()
        assert self.page.locator(".govuk-error-summary").count() == 1, f"{self.path}: no error summary"
        if "Error:" not in self.page.title():
            raise AssertionError(f"{self.path}: the title does not begin with Error")
        return self

    def _button(self, words: str, nth: int) -> Locator:
        found = self.page.locator("main button:not([type=button])").filter(has_text=words)
        if not found.count():
            names = [button.inner_text() for button in self.page.locator("main button").all()]
            raise AssertionError(f"{self.path}: no button “{words}” among {names}")
        return found.nth(nth)

    # --- filling in ---------------------------------------------------------------------------------------------
    def opens(self, words: str) -> Person:
        """Open what is folded away under these words."""
        self.page.locator("main summary", has_text=words).click()
        return self

    def fills(self, **values: Any) -> Person:
        """Fill fields by name. Dates take a date, choices their value, several choices a list."""
        for name, value in values.items():
            self._fill(name, value)
        return self

    def _fill(self, name: str, value: Any) -> None:
        main = self.page.locator("main")
        if isinstance(value, date):
            for part, number in (("day", value.day), ("month", value.month), ("year", value.year)):
                main.locator(f"[name='{name}-{part}']").fill(str(number))
            return
        field = main.locator(f"[name='{name}']")
        if not field.count():
            names = [one.get_attribute("name") for one in main.locator("input, select, textarea").all()]
            raise AssertionError(f"{self.path}: no field {name} among {names}")
        kind = field.first.get_attribute("type")
        if isinstance(value, list):
            for one in value:
                main.locator(f"[name='{name}'][value='{one}']").check()
        elif kind in {"radio", "checkbox"}:
            main.locator(f"[name='{name}'][value='{value}']").check() if value is not True else field.first.check()
        elif field.first.evaluate("field => field.tagName") == "SELECT" if self.scripts else self._is_select(field):
            field.first.select_option(value=str(value))
        elif field.first.is_visible():
            field.first.fill(str(value))
        else:
            # The editor stands in for its textarea.
            main.locator("[contenteditable=true]").first.fill(str(value))

    def _is_select(self, field: Locator) -> bool:
        return field.first.and_(self.page.locator("select")).count() == 1

    # --- looking ------------------------------------------------------------------------------------------------
    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def number(self) -> int:
        """The last number in the address: the key of the row whose page this is."""
        return int(re.findall(r"/(\d+)/", self.path + "/")[-1])

    def reads(self, words: str) -> Person:
        text = self.page.locator("body").inner_text()
        assert words.casefold() in text.casefold(), f"{self.path} does not say “{words}”:\n{text[:3000]}"
        return self

    def does_not_read(self, words: str) -> Person:
        assert words.casefold() not in self.page.content().casefold(), f"{self.path} says “{words}”"
        return self

    def _arrived(self) -> Person:
        self.page.wait_for_load_state()
        kind = resolve(self.path).view_name or self.path
        if not self.scripts or kind in self.seen:
            return self
        results = AXE.run(self.page, options=RULES)
        self.seen[kind] = [
            f"{found['id']}: {found['help']} at {found['nodes'][0]['target']} {found['nodes'][0]['html'][:200]}"
            for found in results.response["violations"]
        ]
        return self
