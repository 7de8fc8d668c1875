"""Finding a case among those a person may see, also when a word was misspelt."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.standing import Standing
from audit.events import record
from audit.models import Trail
from cases.models import Case, Child, Identity, Person
from cases.rights import REVEAL
from documents.models import Section
from documents.reading.words import as_typed
from lcspr.models import Review
from notifications.register.models import Submission
from rapid_reviews.models import RapidReview

from .files import cases_saying, words_of_files

MOST = 50
MOST_WORDS = 8
# Letters that may be wrong in a word, by its length. Short words and numbers are looked for as they are.
SHORTEST, LONG = 4, 8
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Around a word these are the writing, not the word. Both apostrophes stand in names, however they were typed.
AROUND = "\"“”„'‘’.,;:!?()[]"
APOSTROPHES = ("'", "’")
# In groups of three, three and four, as it stands on letters, or in one.
NHS_NUMBER = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")


@dataclass(frozen=True)
class Found:
    """The cases, and for each word that nothing was spelt like, the words that were looked for instead."""

    cases: list[Case]
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()


def find(words: str, *, by: Standing) -> Found:
    """Up to fifty cases open to this person that match every word (the first eight), newest first.

    Looked through are the reference, the title, pseudonyms, and the text of drafts and issued papers that this person
    may read; names, NHS numbers and attached files only for a role that may reveal who somebody is, in the cases open
    to it. The search is recorded with a keyed hash of the words, never the words.
    """
    seen = Case.objects.visible_to(by)
    names = by.holds(*REVEAL.held_by)
    typed = NHS_NUMBER.sub(r"\1\2\3", as_typed(words)).split()
    wanted = [word for word in (one.strip(AROUND) for one in typed) if word][:MOST_WORDS]
    matching = [_any(_matching(one, by=by, names=names) for one in _spellings(word)) for word in wanted]
    instead = []
    known: set[str] | None = None
    for place, word in enumerate(wanted):
        if len(word) < SHORTEST or not WORD.fullmatch(word) or seen.filter(matching[place]).exists():
            continue
        if known is None:
            known = _words_known(seen, names=names).union(words_of_files(by) if names else ())
        if close := closest(word, known):
            instead.append((word, close))
            matching[place] = _any(_matching(one, by=by, names=names) for one in close)
    digest = hmac.new(settings.SECRET_KEY.encode(), words.casefold().encode(), hashlib.sha256).hexdigest()
    record(Trail.of_the_house(), "searched cases", by=by, subject=f"search:{digest[:32]}", reading=True)
    if not wanted:
        return Found([])
    rows = seen.filter(*matching).select_related("incident_la").order_by("-received_on", "-pk")[:MOST]
    return Found(list(rows), tuple(instead))


def _spellings(word: str) -> set[str]:
    """The word with each of the apostrophes that people type."""
    return {re.sub("['’]", apostrophe, word) for apostrophe in APOSTROPHES}


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _matching(word: str, *, by: Standing, names: bool) -> Q:
    one = Q(reference__icontains=word) | Q(title__icontains=word)
    one |= Q(pk__in=Child.objects.filter(pseudonym__icontains=word).values("case_id"))
    # As it stands between the marks, never the marks themselves. What has no such word is found out more cheaply.
    written = escape(word, quote=False)
    said = Section.objects.filter(draft=OuterRef("draft"), html__icontains=written)
    said = said.filter(html__iregex=rf"(^|>)[^<]*{re.escape(written)}")
    one |= Q(pk__in=RapidReview.objects.visible_to(by).filter(Exists(said)).values("case_id"))
    one |= Q(pk__in=Review.objects.visible_to(by).filter(Exists(said)).values("case_id"))
    if names and any(letter.isalnum() for letter in word):
        # What was sent to a national body names people. Its answers are looked through, not the names of its fields.
        sent = Submission.objects.visible_to(by).annotate(said=Cast("paper__content", TextField()))
        one |= Q(pk__in=sent.filter(said__iregex=rf': "[^"]*{re.escape(word)}').values("case_id"))
    if names:
        # Files are as people wrote them, with the names they were not to use.
        one |= cases_saying(word, by)
        called = Q(full_name__icontains=word) | Q(other_names__icontains=word)
        named = Identity.objects.filter(called | Q(nhs_number=word) if NHS_NUMBER.fullmatch(word) else called)
        one |= Q(pk__in=Child.objects.filter(identity__in=named).values("case_id"))
        one |= Q(pk__in=Person.objects.filter(identity__in=named).values("case_id"))
    return one


def _words_known(seen: QuerySet[Case], *, names: bool) -> set[str]:
    """The words of the titles of these cases and, where entitled, of the names in them."""
    cases = seen.order_by().values("pk")
    texts = list(seen.order_by().values_list("title", flat=True))
    if names:
        named = Identity.objects.filter(Q(child__case__in=cases) | Q(person__case__in=cases))
        texts += [text for pair in named.values_list("full_name", "other_names") for text in pair]
    words = {word.casefold() for text in texts for word in WORD.findall(text or "")}
    # Half of a double-barrelled name is misspelt as easily as the whole.
    return words.union(*(word.split("-") for word in words if "-" in word))


def closest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words that differ least from this one: by one letter, or two in a long word. None beyond that."""
    word = word.casefold()
    allowed = 2 if len(word) >= LONG else 1
    near: dict[int, list[str]] = {}
    for other in known:
        if abs(len(other) - len(word)) <= allowed:
            far = difference(word, other)
            if far <= allowed:
                near.setdefault(far, []).append(other)
    return tuple(sorted(near[min(near)])[:3]) if near else ()


def difference(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed, or swapped with the next, to make one word of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, second in enumerate(other, start=1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != second))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second:
                steps = min(steps, older[j - 2] + 1)
            row.append(steps)
    return row[-1]
