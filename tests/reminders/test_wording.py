"""What messages say: three parts, the partnership's own words, and never a person."""

import pytest

from audit.lifecycle import StaleEdit
from audit.models import Event
from notifications.reminders import gathered, parts
from notifications.reminders.actions import change_wording, forget_wording
from notifications.reminders.models import Trouble, Wording
from notifications.reminders.parts import BrokenWording, Parts

pytestmark = pytest.mark.django_db
WORDS = {
    "subject": "Please look: {reference}",
    "owed": "{duty}, by {due_on} ({days}).",
    "why": "Because you are the {role}.",
}


@pytest.fixture
def change(cast, standing):
    def to(name, version=0, **words):
        return change_wording(name, by=standing(cast.coordinator), seen_version=version, **(WORDS | words))

    return to


def test_a_message_says_what_is_owed_by_when_why_and_where(notification_clock, swept, at, mailoutbox):
    swept(at(2026, 10, 9))
    letter = mailoutbox[0]
    assert letter.subject == "Due: CIOS-2026-0001"
    assert "This is due on 12 October 2026, 1 working day from now." in letter.body
    assert "You are told because you act as local authority notifier, who owes it." in letter.body
    assert f"/messages/clock/{notification_clock.pk}/" in letter.body


def test_a_partnerships_own_words_are_used(notification_clock, change, swept, at, mailoutbox):
    change(parts.BEFORE)
    swept(at(2026, 10, 9))
    letter = mailoutbox[0]
    assert letter.subject == "Please look: CIOS-2026-0001"
    assert "by 12 October 2026 (1 working day)." in letter.body
    assert "Because you are the local authority notifier." in letter.body
    assert f"/messages/clock/{notification_clock.pk}/" in letter.body, "the link cannot be worded away"


@pytest.mark.parametrize("broken", ["{nobody}", "{", "{reference", "{0}", "{reference.case}", "{}"])
def test_words_that_cannot_be_used_fall_back_on_the_shipped_ones_and_say_so(
    notification_clock, change, swept, at, mailoutbox, broken
):
    change(parts.BEFORE)
    Wording.objects.update(owed=f"By {broken}")
    swept(at(2026, 10, 9))
    assert "This is due on 12 October 2026" in mailoutbox[0].body
    assert Trouble.objects.get(settled_at=None).subject == f"wording:{parts.BEFORE}"


def test_a_broken_letter_of_one_event_keeps_no_other_letter_waiting(quiet_case, cast, standing, swept, at, mailoutbox):
    from audit.events import record
    from audit.telling import Telling as Declared

    gathered.gather([Declared("it broke", "no/such/template", ("whole_case:coordinator",), urgent=True)])
    record(quiet_case.chain, "it broke", by=standing(cast.coordinator, at(2026, 10, 6)), subject=quiet_case)
    swept(at(2026, 10, 6))
    assert mailoutbox
    assert "Something has happened" in mailoutbox[0].body
    assert Trouble.objects.filter(subject="wording:no/such/template").exists()


def test_every_message_there_is_can_be_shown_and_reworded(cast, signed_in):
    client = signed_in(cast.coordinator)
    names = [
        *parts.CLOCKS,
        *sorted({telling.template for telling in gathered.every() if telling.template[:3] != "no/"}),
    ]
    assert len(names) > 30
    titles = set()
    for name in names:
        page = client.get(f"/messages/words/{name}/")
        titles.add(page.context["title"])
        shown = page.context["shown"]
        assert shown is not None, name
        assert shown.subject, name
        assert shown.owed, name
    assert len(titles) == len(names)


def test_each_shipped_wording_about_a_clock_fills_its_places():
    facts = dict.fromkeys(parts.OF_A_CLOCK, "x")
    for name, words in parts.CLOCKS.items():
        assert words.filled(facts).why, name


FORM = {"subject": "Look: {reference}", "owed": "By {due_on}.", "why": "Your role: {role}."}


def test_a_preview_shows_an_example_and_keeps_nothing(cast, signed_in):
    answer = signed_in(cast.coordinator).post("/messages/words/clock/today/", FORM | {"look": "1"})
    assert "Look: CIOS-2026-0001" in answer.content.decode()
    assert not Wording.objects.exists()


def test_a_coordinator_rewords_a_message_and_goes_back(cast, signed_in):
    client = signed_in(cast.coordinator)
    assert client.post("/messages/words/clock/today/", FORM | {"seen_version": "0"}).status_code == 302
    assert Wording.objects.get().subject == "Look: {reference}"
    assert Event.objects.get(verb="message reworded").changed == ["owed", "subject", "why"]
    assert client.post("/messages/words/clock/today/as-shipped/").status_code == 302
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    ("part", "typed", "said"),
    [
        ("owed", "Ring {name}", "there is no place called {name}"),
        ("owed", "Due {due_on", "a curly bracket has no other half"),
        ("owed", "Write to nia@example.org", "it must not hold an email address"),
        ("why", "NHS number 943 476 5919", "it must not hold a long number"),
        ("why", "Born 2/3/2026", "it must not hold a date written out"),
        ("why", "Lives at TR1 3AY", "it must not hold a postcode"),
        ("owed", "See https://example.org", "it must not hold an address of a website"),
        ("subject", "", "Enter subject"),
        ("why", "", "Enter why this person is told"),
    ],
)
def test_words_that_would_break_or_tell_too_much_are_refused(cast, signed_in, part, typed, said):
    answer = signed_in(cast.coordinator).post("/messages/words/clock/today/", FORM | {part: typed})
    assert said in answer.content.decode()
    assert not Wording.objects.exists()


def test_a_line_break_in_a_worded_subject_adds_no_header():
    said = Parts("Look\r\nBcc: spy", "Owed", "Why").filled({})
    assert said.subject == "Look Bcc: spy"


def test_a_wording_of_nothing_is_broken():
    with pytest.raises(BrokenWording):
        Parts(" ", "Owed", "Why").filled({})


def test_two_people_do_not_overwrite_each_others_words(change, cast, standing):
    change(parts.TODAY)
    with pytest.raises(StaleEdit):
        change(parts.TODAY, subject="Other: {reference}")
    forget_wording(Wording.objects.get(), by=standing(cast.coordinator))
    change(parts.TODAY, subject="Other: {reference}")
