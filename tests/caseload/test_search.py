"""Searching: what may be seen, papers, and words that were misspelt."""

import itertools
import random
import string

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.standing import Standing
from caseload.search import closest, difference, find
from cases.models import Identity
from documents.models import Section
from rapid_reviews.models import RapidReview

from .test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(world):
    return lambda words, person="coordinator": find(words, by=Standing.of(world.people[person], timezone.now()))


def test_a_misspelt_name_is_found_and_said_by_those_who_may_see_names(notified, look, cora, world):
    # Robin Example in the story.
    found = look("Robbin")
    assert found.cases == [notified.case]
    assert found.instead == (("Robbin", ("robin",)),)
    assert 'Nothing is spelt "Robbin". These are the results for "robin".' in text_of(
        cora.post("/cases/search/", {"words": "Robbin"})
    )


def test_a_misspelt_name_gives_nothing_away_to_others(notified, look):
    for person in ("auditor", "isles_notifier", "lead", "system_administrator"):
        found = look("Robbin", person)
        assert found.cases == []
        assert found.instead == ()


def test_a_misspelt_word_of_the_description_is_found_by_everyone_on_the_case(notified, look):
    word = max(notified.case.title.split(), key=len)
    swapped = word[0] + word[2] + word[1] + word[3:]
    assert look(swapped, "la_notifier").cases == [notified.case]
    assert look(swapped, "isles_notifier").cases == []


def test_every_word_must_match(notified, look):
    assert look("Robin Nobody").cases == []
    assert look(f"Robin {notified.case.reference}").cases == [notified.case]


def test_the_text_of_a_report_is_searched_for_those_who_may_read_it(notified, look):
    review = RapidReview.objects.get(case=notified.case)
    Section.objects.filter(draft=review.draft).update(html="<p>A perambulator stood there.</p>")
    assert look("perambulator").cases == [notified.case]
    assert look("perambulator", "isles_notifier").cases == []


def test_the_marks_of_a_text_are_no_words_of_it(notified, look):
    review = RapidReview.objects.get(case=notified.case)
    text = "<ul><li>Bread &amp; butter, said O'Brien</li></ul><p><strong>Perambulator</strong></p>"
    Section.objects.filter(draft=review.draft).update(html=text)
    for mark in ("<li>", "strong>", "/ul"):
        assert notified.case not in look(f"{mark} butter").cases
    for word in ("&", "O'Brien", "O’Brien", '"butter,"', "(perambulator)"):
        assert look(word).cases == [notified.case], word
    for nothing in ('"', " . ", "% _", "\\", "[a-z]+"):
        assert look(nothing).cases == [], nothing


def test_names_with_accents_and_apostrophes_are_found_as_people_type_them(notified, look):
    identity = Identity.objects.filter(child__case=notified.case).first()
    identity.full_name, identity.nhs_number = "Siân O’Brien-Tre’lawny-Gŵyn", "9434765919"
    identity.save()
    for words in ("Siân", "Sian", "SIÂN", "tre'lawny", "O'Brien", "O’Brian", "Tre’lawny-Gŵyn", "Trelawney", "Gwyn"):
        assert look(words).cases == [notified.case], words


def test_an_nhs_number_finds_the_case_for_whoever_may_see_who_somebody_is_and_only_whole(notified, look):
    Identity.objects.filter(pk=Identity.objects.filter(child__case=notified.case).first().pk).update(
        nhs_number="9434765919"
    )
    for words in ("9434765919", "943 476 5919", "943-476-5919"):
        assert look(words).cases == [notified.case], words
        for person in ("auditor", "isles_notifier", "lead", "system_administrator", "child_death_liaison"):
            assert look(words, person).cases == []
    assert look("943476591").cases == []


def test_a_number_or_a_short_word_is_looked_for_as_it_is(notified, look):
    reference = notified.case.reference
    assert look(reference[:-1] + str((int(reference[-1]) + 1) % 10)).cases == []
    assert look("Rob").instead == ()
    assert look("Rxb").instead == ()


def test_many_cases_do_not_make_a_search_ask_more_often(began, look):
    began(days=3).referred()
    look("Zzyzzx")
    with CaptureQueriesContext(connection) as few:
        look("Zzyzzx")
    for _ in range(4):
        began(days=3).referred()
    with CaptureQueriesContext(connection) as many:
        look("Zzyzzx")
    assert len(few) == len(many)


def test_no_more_than_eight_words_are_looked_for(notified, look):
    assert look("Robin " + "Robin " * 7 + "nowhere").cases == [notified.case]


def apart(one, other):
    """By trying: all words one step away, then one step from those."""
    letters = "abc"

    def steps(word):
        for i in range(len(word) + 1):
            yield from (word[:i] + letter + word[i:] for letter in letters)
        for i in range(len(word)):
            yield word[:i] + word[i + 1 :]
            yield from (word[:i] + letter + word[i + 1 :] for letter in letters)
        for i in range(len(word) - 1):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]

    if one == other:
        return 0
    return 1 if other in set(steps(one)) else 2


def test_one_step_apart_is_what_trying_every_step_says():
    words = ["".join(made) for size in range(1, 4) for made in itertools.product("abc", repeat=size)]
    chance = random.Random(1)
    for _ in range(2000):
        one, other = chance.choice(words), chance.choice(words)
        assert min(difference(one, other), 2) == apart(one, other), (one, other)
        assert difference(one, other) == difference(other, one)


def test_only_the_closest_words_are_taken_and_none_that_is_far():
    assert closest("Quillfether", {"quillfeather", "underwillow", "quill"}) == ("quillfeather",)
    assert closest("Tom", {"tim"}) == ("tim",)
    assert closest("abcd", {"abxy"}) == ()
    assert closest(string.ascii_lowercase, set()) == ()
