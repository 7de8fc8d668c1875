"""The scripts in a real browser, under the content policy of the product, on pages made from the templates alone."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms as django_forms
from django.template import Context, engines
from django.test import override_settings
from playwright.sync_api import expect

from govuk import fields, forms

ROOT = Path(__file__).parents[2]
HERE = "http://reviews.example.org"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = pytest.mark.browser


class Draft(forms.Form):
    findings = fields.RichTextField(label="Findings", help_text="What was found")
    injured = fields.YesNoField(label="Injured")
    injuries = django_forms.CharField(label="Injuries")
    papers = fields.MultipleFileField(label="Papers", required=False)
    reveals = {"injured": {"yes": ["injuries"]}}


@pytest.fixture
def site(chromium):
    """A page to look at, and everything the page asked the server for."""
    with chromium.new_context() as context:
        yield Site(context.new_page())


class Site:
    def __init__(self, page):
        self.page = page
        self.asked = []
        self.answers = {}
        self.out_of_reach = set()
        self.trouble = []
        page.on("console", lambda one: self.trouble.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.route("**/*", self.answer)

    def open(self, content, layout="base.html", **context):
        source = "{% extends '" + layout + "' %}{% load govuk crispy_forms_tags %}"
        source += "{% block page_title %}Draft{% endblock %}{% block content %}" + content + "{% endblock %}"
        plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
        with override_settings(STORAGES=plain):
            template = engines["django"].engine.from_string(source)
            about = {"partnership": SimpleNamespace(name="Anywhere Partnership", service_name="Reviews")}
            self.html = template.render(Context(about | context))
        self.page.goto(f"{HERE}/draft/")
        return self.page

    def answer(self, route):
        address = route.request.url
        path = address.removeprefix(HERE)
        if path.startswith("/static/"):
            return route.fulfill(path=ROOT / path.lstrip("/"))
        if path == "/draft/" and route.request.method == "GET":
            headers = {"Content-Security-Policy": POLICY}
            return route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=headers)
        self.asked.append((route.request.method, address, route.request.post_data or ""))
        if path in self.out_of_reach:
            return route.abort()
        status, body = self.answers.get(path, (200, {}))
        return route.fulfill(status=status, body=json.dumps(body), content_type="application/json")

    def posted(self, path):
        return [body for method, address, body in self.asked if (method, address) == ("POST", HERE + path)]

    def violations(self):
        rules = {"runOnly": {"type": "tag", "values": WCAG}, "rules": {"target-size": {"enabled": True}}}
        return [one["id"] for one in Axe().run(self.page, options=rules).response["violations"]]


def test_every_kind_of_field_is_usable_by_everyone(site):
    page = site.open("<h1>Draft</h1>{% crispy form %}", form=Draft())
    page.wait_for_selector("[role=toolbar]")
    assert site.violations() == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert site.violations() == []
    assert site.trouble == []


def test_a_revealed_question_appears_with_its_answer(site):
    page = site.open("<h1>Draft</h1>{% crispy form %}", form=Draft())
    assert not page.is_visible("[name=injuries]")
    page.check("#id_injured", force=True)
    assert page.is_visible("[name=injuries]")


def test_what_is_written_in_the_editor_is_what_is_sent(site):
    page = site.open("<h1>Draft</h1>{% crispy form %}", form=Draft())
    page.click("label:text-is('Findings')")
    page.keyboard.type("First ")
    page.click("button:text-is('Bold')")
    assert page.get_attribute("button:text-is('Bold')", "aria-pressed") == "true"
    page.keyboard.type("strong")
    page.click("button:text-is('Link')")
    page.fill("#id_findings-link", "javascript:alert(1)")
    page.keyboard.press("Enter")
    assert "Enter a web address" in page.inner_text("#id_findings-link-error")
    page.click("button:text-is('Cancel')")
    written = page.input_value("textarea[name=findings]")
    assert written == "<p>First <strong>strong</strong></p>"
    assert site.trouble == []


def test_the_error_summary_leads_into_the_editor(site):
    form = Draft({"findings": "", "injured": "no"})
    page = site.open("<h1>Draft</h1>{% crispy form %}", form=form)
    page.wait_for_selector("[role=toolbar]")
    assert "govuk-error-summary" in page.evaluate("document.activeElement.className")
    page.click("text=Enter findings >> nth=0")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "textbox"
    described = page.get_attribute("[role=textbox]", "aria-describedby")
    assert described == "id_findings-hint id_findings-error"


AUTOSAVED = """<h1>Draft</h1><form method="post" data-autosave="/save/">
<input type="hidden" name="seen_version" value="3"><label class="govuk-label" for="words">Words</label>
<textarea class="govuk-textarea" id="words" name="words"></textarea></form>"""


def test_a_draft_saves_itself_and_remembers_the_version(site):
    site.answers["/save/"] = (200, {"saved_at": "5:30pm", "version": 4})
    page = site.open(AUTOSAVED)
    page.fill("#words", "Hello")
    page.wait_for_selector("text=Saved at 5:30pm")
    assert ["Hello" in body for body in site.posted("/save/")] == [True]
    assert page.input_value("[name=seen_version]") == "4"


def test_a_draft_is_not_sent_into_nothing_without_a_connection(site):
    page = site.open(AUTOSAVED.replace("</form>", "<button>Send</button></form>"))
    site.out_of_reach = {"/save/"}
    page.fill("#words", "Typed in a lift")
    page.wait_for_selector("text=Check your connection")
    with page.expect_event("requestfailed"):
        page.click("text=Send")
    assert (site.posted("/draft/"), page.input_value("#words")) == ([], "Typed in a lift")
    site.out_of_reach = set()
    with page.expect_navigation():
        page.click("text=Send")
    assert "lift" in site.posted("/save/")[-1] and "lift" in site.posted("/draft/")[0]


@pytest.mark.parametrize(
    ("status", "said"),
    [(409, "Someone else has changed this"), (403, "What you typed is still on this page"), (500, "Not saved")],
)
def test_a_draft_that_could_not_be_saved_says_so(site, status, said):
    site.answers["/save/"] = (status, {})
    page = site.open(AUTOSAVED)
    page.fill("#words", "Hello")
    page.wait_for_selector(f"text={said}")
    assert page.input_value("#words") == "Hello"


def signed_in(seconds):
    return {"by": SimpleNamespace(user=SimpleNamespace(get_full_name="Priya Nair")), "session_limit_seconds": seconds}


def test_people_are_warned_two_minutes_before_their_session_ends_and_can_stay(site):
    site.answers["/account/session/"] = (200, {"seconds": 120})
    site.page.clock.install()
    page = site.open("<h1>Draft</h1>", **signed_in(900))
    page.clock.run_for("12:00")
    assert not page.is_visible("dialog")
    page.clock.run_for("01:02")
    page.wait_for_selector("dialog[open] >> text=2 minutes")
    assert site.violations() == []
    page.click("text=Stay signed in")
    page.wait_for_selector("dialog:not([open])", state="attached")
    assert len(site.posted("/account/session/stay/")) == 1


def test_nobody_is_warned_while_they_are_busy_in_another_window(site):
    site.answers["/account/session/"] = (200, {"seconds": 900})
    site.page.clock.install()
    page = site.open("<h1>Draft</h1>", **signed_in(900))
    with page.expect_response(f"{HERE}/account/session/"):
        page.clock.run_for("13:05")
    page.clock.run_for("05:00")
    assert not page.is_visible("dialog")


def test_a_page_does_not_outlive_its_session(site):
    site.answers["/account/session/"] = (200, {"seconds": 0})
    site.page.clock.install()
    page = site.open("<h1>Draft</h1>", **signed_in(900))
    page.clock.fast_forward("20:00")
    page.wait_for_url(f"{HERE}/account/session/ended/?next=%2Fdraft%2F")


def test_shift_three_times_leaves_at_once(site):
    page = site.open("<h1>Reviews</h1>", layout="public_base.html", exit_url="https://weather.example.org/")
    for _ in range(3):
        page.keyboard.press("Shift")
    # Left twice over, once for the way there and once for the history: the first is broken off.
    expect(page).to_have_url("https://weather.example.org/")


def test_without_scripts_nothing_is_offered_that_needs_them(chromium):
    with chromium.new_context(java_script_enabled=False) as context:
        page = Site(context.new_page()).open("{% print_button %}{% copy_button '#x' %}{% crispy form %}", form=Draft())
        assert not page.is_visible("[data-print], [data-copy-target], dialog")
        assert page.is_visible("textarea[name=findings]")
        assert page.is_visible("[name=injuries]")
