"""The layouts and the pages of refusal, from the templates alone."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms as django_forms
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory, override_settings

from govuk import forms
from tests.govuk.markup import find

TEMPLATES = Path(__file__).parents[2] / "templates"
REFUSALS = ["400", "403", "404", "405", "409", "413", "429", "500", "503", "csrf_failure"]

pytestmark = pytest.mark.usefixtures("plain_static_files")


@pytest.fixture
def plain_static_files():
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={"staticfiles": plain}):
        yield


@pytest.fixture
def request_():
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)
    return request


def page(layout, content="", **context):
    """A page of this layout, without what the context processors of the other rooms would add."""
    source = "{% extends '" + layout + "' %}{% block page_title %}Agencies{% endblock %}{% block content %}"
    template = engines["django"].engine.from_string(source + content + "{% endblock %}")
    from django.template import Context

    return template.render(Context(context))


class Naming(forms.Form):
    name = django_forms.CharField(label="Name")


SIGNED_IN = {
    "partnership": SimpleNamespace(name="Anywhere Partnership", service_name="Reviews"),
    "by": SimpleNamespace(user=SimpleNamespace(get_full_name="Priya Nair")),
    "navigation": [SimpleNamespace(text="My work", url="/desk/", active=True)],
    "session_limit_seconds": 900,
}


def test_a_page_is_titled_with_its_name_and_the_service():
    assert find(page("base.html", **SIGNED_IN), "//title/text()") == ["Agencies - Reviews"]


def test_a_refused_form_says_so_in_the_title_and_above_the_heading():
    markup = page("base.html", "<h1>Agencies</h1>", form=Naming({}), **SIGNED_IN)
    assert find(markup, "//title/text()") == ["Error: Agencies - Reviews"]
    order = [one.text_content() for one in find(markup, "//main//h2 | //main//h1")]
    assert order == ["There is a problem", "Agencies"]


def test_success_is_told_once_and_never_beside_a_problem(request_):
    request_._messages.add(25, "Referral sent")
    assert "Referral sent" not in page("base.html", form=Naming({}), request=request_, **SIGNED_IN)
    assert "Referral sent" in page("base.html", request=request_, **SIGNED_IN)


def test_signed_in_pages_carry_the_marking_on_screen_and_on_paper():
    markup = page("base.html", **SIGNED_IN)
    assert len(find(markup, "//*[normalize-space(text())='OFFICIAL-SENSITIVE']")) == 3
    assert "OFFICIAL-SENSITIVE" not in page("base.html", **SIGNED_IN | {"by": None})


def test_public_pages_have_a_way_out_that_staff_pages_have_not():
    assert find(page("public_base.html"), "//*[@data-module='govuk-exit-this-page']")
    assert not find(page("base.html", **SIGNED_IN), "//*[@data-module='govuk-exit-this-page']")


def test_where_you_are_is_said_to_screen_readers():
    markup = page("base.html", **SIGNED_IN)
    assert find(markup, "//nav//a[@aria-current]//text()") == ["My work"]
    assert find(markup, "//html/@lang") == ["en-GB"]
    assert find(markup, "//a[contains(@class, 'govuk-skip-link')]/@href") == ["#main-content"]


def test_what_a_partnership_calls_itself_is_escaped():
    nasty = SimpleNamespace(name="<script>x</script>", service_name="<script>y</script>")
    assert "<script>" not in page("base.html", **SIGNED_IN | {"partnership": nasty})


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_one_heading_in_plain_words(name):
    markup = get_template(f"{name}.html").template.render(_nothing())
    assert len(find(markup, "//h1")) == 1
    assert not re.search(r"invalid|please|forbidden|csrf", find(markup, "//main")[0].text_content(), re.IGNORECASE)
    assert find(markup, "//h1")[0].text_content().strip() in find(markup, "//title")[0].text


@pytest.mark.parametrize("name", ["400", "500", "503"])
def test_what_is_shown_when_things_are_broken_needs_nothing_that_can_break(name):
    source = (TEMPLATES / f"{name}.html").read_text() + (TEMPLATES / "govuk" / "_plain.html").read_text()
    assert not re.search(r"{%\s*(load|url|static|include)", source)
    assert "{{" not in source


def _nothing():
    from django.template import Context

    return Context()


def test_no_template_of_the_look_has_style_or_script_of_its_own():
    places = [*TEMPLATES.glob("*.html"), *(TEMPLATES / "govuk").rglob("*.html")]
    assert len(places) > 40
    for place in places:
        source = place.read_text()
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)", source), place.name
        assert not re.search(r"(src|href)=\"(https?:)?//", source), place.name


def test_the_built_styles_name_no_other_file_and_no_crown():
    built = TEMPLATES.parent / "static" / "build"
    for name in ("app.css", "editor.css"):
        styles = (built / name).read_text()
        assert not re.search(r"url\(|@import|GDS Transport|crest|crown", styles)
    for name in ("app.js", "editor.js", "js-enabled.js"):
        script = (built / name).read_text()
        assert not re.search(r"sourceMappingURL|\beval\(|new Function\(", script)


def test_the_built_files_carry_their_licences():
    licences = (TEMPLATES.parent / "static" / "build" / "licences.txt").read_text()
    parts = [part.strip() for part in licences.split("-" * 72)]
    assert any(part.startswith("govuk-frontend") for part in parts)
    assert not [part.splitlines()[0] for part in parts if "Permission is hereby granted" not in part]
