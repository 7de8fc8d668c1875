import datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from govuk.approximate_date import ApproximateDate
from govuk.rows import Row, Task
from govuk.words import inside_sentence, listed
from tests.govuk.markup import find

NASTY = "<script>alert(1)</script>"


def drawn(source, **context):
    return Template("{% load govuk %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% summary_list rows title=nasty %}",
        "{% task_list tasks %}",
        "{% tag nasty nasty %}",
        "{% button nasty %}",
        "{% button nasty href=nasty %}",
        "{% back_link nasty nasty %}",
        "{% breadcrumbs nasty nasty nasty %}",
        "{% warning_text nasty %}",
        "{% notification_banner nasty %}",
        "{% details nasty %}{{ nasty }}{% enddetails %}",
        "{% panel nasty %}{{ nasty }}{% endpanel %}",
        "{% inset %}{{ nasty }}{% endinset %}",
        "{% sort_header nasty nasty %}",
        "{% copy_button nasty nasty nasty %}",
        "{% print_button nasty %}",
        "{{ nasty|rich_text }}",
        "{{ nasty|inside_sentence }}",
    ],
)
def test_what_a_page_is_given_is_escaped(source):
    markup = drawn(
        source,
        nasty=NASTY,
        rows=[Row(NASTY, [NASTY, NASTY], NASTY, NASTY, NASTY)],
        tasks=[Task(NASTY, NASTY, NASTY, NASTY, NASTY)],
    )
    assert "<script" not in markup


def test_a_summary_list_says_what_each_link_changes():
    rows = [Row("Date of birth", "1 May 2016", "/born"), ("NHS number", "", "/nhs"), ("School", ["A", "B"])]
    markup = drawn("{% summary_list rows %}", rows=rows)
    links = [" ".join(link.text_content().split()) for link in find(markup, "//a")]
    assert links == ["Change date of birth", "Change NHS number"]
    values = [value.text_content().strip() for value in find(markup, "//dd[contains(@class, 'value')]")]
    assert values == ["1 May 2016", "Not provided", "AB"]


def test_a_task_that_cannot_start_yet_is_not_a_link():
    markup = drawn("{% task_list tasks %}", tasks=[Task.completed("The child", "/1"), Task.cannot_start_yet("Send")])
    assert [link.text for link in find(markup, "//a")] == ["The child"]
    assert not find(markup, "//strong")


def test_only_a_problem_is_red_in_a_task_list():
    tasks = [Task.has_a_problem("A", "/a"), Task.in_progress("B", "/b"), Task.not_started("C", "/c")]
    markup = drawn("{% task_list tasks %}", tasks=tasks)
    assert [tag.text for tag in find(markup, "//strong[contains(@class, 'red')]")] == ["There is a problem"]


def test_pages_keep_the_filters():
    request = RequestFactory().get("/", {"stage": ["a", "b"], "page": "3"})
    markup = drawn("{% pagination page %}", page=Paginator(range(100), 10).get_page(3), request=request)
    assert find(markup, "//a[@rel='next']/@href") == ["?stage=a&stage=b&page=4"]
    assert find(markup, "//a[@aria-current='page']/@aria-label") == ["Page 3"]


def test_one_page_has_no_links_to_pages():
    assert drawn("{% pagination page %}", page=Paginator(range(5), 10).get_page(1)).strip() == ""


def test_a_list_too_long_to_count_has_only_next_and_previous():
    markup = drawn("{% pagination page %}", page=SimpleNamespace(previous_url="", next_url="?after=9"))
    assert find(markup, "//a/@href") == ["?after=9"]


@pytest.mark.parametrize(
    ("query", "order", "leads_to"),
    [("", "none", "?sort=due"), ("sort=due", "ascending", "?sort=-due"), ("sort=-due", "descending", "?sort=due")],
)
def test_a_heading_says_the_order_and_turns_it(query, order, leads_to):
    request = RequestFactory().get(f"/?{query}&page=4")
    heading = drawn('{% sort_header "Due" "due" %}', request=request)
    markup = f"<table><tr>{heading}</tr></table>"
    assert find(markup, "//th/@aria-sort") == [order]
    assert find(markup, "//th/a/@href") == [leads_to]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (datetime.date(2026, 3, 7), "7 March 2026"),
        (datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC), "1 July 2026"),
        (ApproximateDate("2026-03"), "March 2026"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_date_is_written_in_full(given, written):
    assert drawn("{{ day|gov_date }}", day=given) == written


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [
        (16, 30, "27 June 2026 at 5:30pm"),
        (8, 0, "27 June 2026 at 9am"),
        (11, 0, "27 June 2026 at midday"),
        (23, 0, "28 June 2026 at midnight"),
        (23, 5, "28 June 2026 at 12:05am"),
    ],
)
def test_an_instant_is_written_in_london(hour, minute, written):
    instant = datetime.datetime(2026, 6, 27, hour, minute, tzinfo=datetime.UTC)
    assert drawn("{{ instant|gov_datetime }}", instant=instant) == written


@pytest.mark.parametrize(
    ("size", "written"), [(0, "0 bytes"), (1023, "1023 bytes"), (2048, "2KB"), (1572864, "1.5MB"), (20971520, "20MB")]
)
def test_a_file_size_is_written_as_people_say_it(size, written):
    assert drawn("{{ size|file_size }}", size=size) == written


@pytest.mark.parametrize(
    ("label", "inside"),
    [("Date of birth", "date of birth"), ("NHS number", "NHS number"), ("GP", "GP"), ("A child", "A child"), ("", "")],
)
def test_a_label_is_turned_for_the_middle_of_a_sentence(label, inside):
    assert inside_sentence(label) == inside


def test_things_are_listed_with_one_last_joint():
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")] == ["a", "a and b", "a, b or c"]
