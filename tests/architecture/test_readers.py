"""The readers themselves: each must see the fault it is for, and leave the innocent alone."""

import pytest

from tests.architecture import reading


@pytest.mark.parametrize(
    "fault",
    [
        "referral.status = Status.ACCEPTED",
        "first.status, second.status = 'a', 'b'",
        "referral.status += 'x'",
        "referral.status: str = 'accepted'",
        "setattr(referral, 'status', 'accepted')",
        "Referral.objects.filter(pk=1).update(status='accepted')",
        "Referral.objects.filter(pk=1).update(**{'status': 'accepted'})",
        "Referral.objects.create(case=case, status='accepted')",
        "Referral.objects.update_or_create(pk=1, defaults={'status': 'accepted'})",
        "Referral.objects.bulk_update(rows, ['status'])",
        "referral.save(update_fields=['status', 'version'])",
    ],
)
def test_writing_a_status_is_seen(fault):
    assert reading.status_written(fault) == [1]


@pytest.mark.parametrize(
    "innocent",
    [
        "class Referral:\n    status = models.CharField(max_length=20)",
        "was = referral.status",
        "Referral.objects.filter(status='accepted').update(closed_on=today)",
        "render(request, '404.html', status=404)",
        "transition(referral, Status.ACCEPTED, by=partner, verb='accept')",
        "reminder.state = 'sent'",
    ],
)
def test_reading_a_status_is_left_alone(innocent):
    assert reading.status_written(innocent) == []


@pytest.mark.parametrize(
    "fault",
    [
        "due = date.today()",
        "due = datetime.date.today()",
        "at = datetime.now(UTC)",
        "at = timezone.now()",
        "at = django.utils.timezone.now()",
        "today = timezone.localdate()",
        "today = localdate()",
        "at = timezone.localtime()",
        "at = time.time()",
        "at = models.DateTimeField(default=timezone.now)",
        "at = models.DateTimeField(auto_now_add=True)",
        "rows.filter(due_on__lt=Now())",
    ],
)
def test_reading_the_clock_is_seen(fault):
    assert reading.clocks_read(fault) == [1]


@pytest.mark.parametrize(
    "innocent",
    ["today = by.today", "at = timezone.localtime(by.at)", "day = timezone.localdate(at)", "time.monotonic()"],
)
def test_an_instant_that_is_given_is_left_alone(innocent):
    assert reading.clocks_read(innocent) == []


def test_a_room_named_in_a_string_is_seen():
    names = {"rapid_reviews": "rapid_reviews", "incident": "notifications"}
    text = 'key = ForeignKey("rapid_reviews.RapidReview")\nverb = "incident.Notification"\ntitle = "one. Two"'
    assert reading.rooms_named(text, names) == [(1, "rapid_reviews"), (2, "notifications")]


@pytest.mark.parametrize(
    "fault",
    [
        "{% if case.status == 'open' %}",
        "{% elif a != b %}",
        "{% if days < 5 %}",
        "{% if role in roles %}",
        "{% if not case.closed and days > 3 %}",
    ],
)
def test_a_template_that_compares_is_seen(fault):
    assert reading.comparisons(fault) == [fault]


@pytest.mark.parametrize(
    "innocent", ["{% if case.is_open and not case.overdue %}", "{% for role in roles %}", "<p>a == b"]
)
def test_a_template_that_asks_is_left_alone(innocent):
    assert reading.comparisons(innocent) == []


@pytest.mark.parametrize(
    "fault",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<style>p { }</style>",
        '<p class="a" style="color: red">',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_code_in_a_page_is_seen(fault):
    assert len(reading.inline_code(fault)) == 1


@pytest.mark.parametrize(
    "innocent",
    [
        '<script src="{% static \'build/app.js\' %}" type="module"></script>',
        '<link rel="stylesheet" href="a.css">',
        '<p class="style">Once = twice</p>',
        "{# <script>explained</script> #}",
    ],
)
def test_code_in_a_file_is_left_alone(innocent):
    assert reading.inline_code(innocent) == []


def test_a_form_without_its_token_is_seen():
    assert reading.unprotected_forms('<form method="post"><button>Send</button></form>')
    assert not reading.unprotected_forms('<form method="post">{% csrf_token %}<button>Send</button></form>')
    assert not reading.unprotected_forms('<form method="get"><button>Find</button></form>')


def test_a_later_stage_stands_higher_than_an_earlier_one():
    assert (
        reading.height("lcspr")
        > reading.height("rapid_reviews")
        > reading.height("referrals")
        > reading.height("cases")
    )
    assert reading.height("decisions") == reading.height("publications")
