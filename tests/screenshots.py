"""`python -m tests.screenshots`: take the pictures in docs/screenshots again, from a demonstration of their own.

The server is started on a free port with fictional data in a temporary folder, the people sign in by one click, and the
pages are found as a person finds them: by their links.
"""

import io
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import QUIET
from tests.servers import PROJECT, Ours

FOLDER = PROJECT / "docs" / "screenshots"
DESK, PHONE = 1280, 320
# A page that goes on for longer is cut: what matters is at its top.
TALLEST = {DESK: 1500, PHONE: 1400}
COLOURS = 96


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it. `find` leads there from the first page after signing in."""

    name: str
    who: str
    find: Callable[[Page], object]
    width: int = DESK


def cases_at(stage: str) -> Callable[[Page], object]:
    """The page of the first case in the list that is at this stage."""

    def find(page: Page) -> None:
        page.goto("/cases/")
        page.get_by_role("row").filter(has_text=stage).first.get_by_role("link").first.click()

    return find


def stage_of(case: Callable[[Page], object], name: str) -> Callable[[Page], object]:
    """The page of a stage, by the heading of its panel on the case page."""

    def find(page: Page) -> None:
        case(page)
        page.get_by_role("heading").get_by_role("link", name=name, exact=True).click()

    return find


def desk_item(words: str) -> Callable[[Page], object]:
    """What the desk says is to be done."""
    return lambda page: page.get_by_role("link", name=words).first.click()


def here(page: Page) -> None:
    """The page after signing in."""


def start(page: Page) -> None:
    page.goto("/")


def sign_in_page(page: Page) -> None:
    page.goto("/account/login/")


def report(page: Page) -> None:
    page.goto("/library/")
    page.locator("main").get_by_role("heading", level=2).get_by_role("link").first.click()


def editor(page: Page) -> None:
    desk_item("Write the report")(page)
    page.get_by_role("link", name="Write").first.click()
    expect(page.locator("[contenteditable=true]")).to_be_visible()


def calculator(page: Page) -> None:
    page.goto("/calculator/")
    page.get_by_label("Time limit").select_option("T05")
    for name, number in (("Day", "21"), ("Month", "12"), ("Year", "2026")):
        page.get_by_label(name, exact=True).fill(number)
    page.get_by_role("button", name="Work out").click()


PICTURES = (
    Picture("start", "", start),
    Picture("sign-in", "", sign_in_page),
    Picture("calculator", "", calculator),
    Picture("public-report", "", report),
    Picture("desk", "Cora Finch", here),
    Picture("case", "Cora Finch", cases_at("Rapid review: being signed")),
    Picture("rapid-review", "Cora Finch", stage_of(cases_at("Rapid review: being signed"), "Rapid review")),
    Picture("referral-tasks", "Ada Quill", desk_item("Finish your referral")),
    Picture("decision", "Paul Beck", desk_item("Record your position: whether the case meets the criteria")),
    Picture(
        "notification",
        "Nia Thorne",
        stage_of(cases_at("Notification: being prepared"), "Serious incident notification"),
    ),
    Picture("report-editor", "Rhea Moss", editor),
    Picture("desk-phone", "Cora Finch", here, PHONE),
    Picture("referral-tasks-phone", "Ada Quill", desk_item("Finish your referral"), PHONE),
)


def signed_in(browser: Browser, address: str, who: str, width: int) -> Page:
    """That person's browser, after the one click of the demonstration."""
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 800}, locale="en-GB", timezone_id="Europe/London"
    )
    page = context.new_page()
    if who:
        page.goto("/account/login/")
        page.get_by_role("button", name=f"Sign in as {who}").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def take(page: Page, picture: Picture) -> Path:
    """Save the page as a PNG of few colours."""
    page.wait_for_load_state("networkidle")
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST[picture.width])
    page.set_viewport_size({"width": picture.width, "height": height})
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    file = FOLDER / f"{picture.name}.png"
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    return file


def main(wanted: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        server = Ours("manage.py", "serve", "--demo", environment={}, ready_when="Open http://127.0.0.1:{port}")
        stack.callback(server.remove)
        server.start()
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        for picture in PICTURES:
            if wanted and picture.name not in wanted:
                continue
            page = signed_in(browser, f"http://127.0.0.1:{server.port}", picture.who, picture.width)
            picture.find(page)
            file = take(page, picture)
            page.context.close()
            print(f"{file.relative_to(PROJECT)}  {file.stat().st_size // 1024} KB", flush=True)
        browser.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    main(sys.argv[1:])
