"""How far names and addresses are alike that different people wrote down by ear, in haste or in another order."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_NOT_LETTERS = re.compile(r"[^a-z]+")
_NOT_LETTERS_OR_FIGURES = re.compile(r"[^a-z0-9]+")
_OF_ANY_ALPHABET = re.compile(r"[^\W\d_]+")
_BETWEEN_NAMES = re.compile(r"[,;/\n]|\baka\b|\bor\b", re.IGNORECASE)
_HOUSE = re.compile(r"\b[0-9]+[a-z]?\b", re.IGNORECASE)
# Letters that are not a plain letter with an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# What stands where a name is not known says nothing of who it is.
_NO_NAMES = frozenset(
    [
        "baby",
        "boy",
        "child",
        "female",
        "girl",
        "infant",
        "known",
        "male",
        "not",
        "of",
        "tbc",
        "unborn",
        "unknown",
        "unnamed",
    ]
)
FEWEST_LETTERS = 3
LONG_ENOUGH_TO_SLIP = 4


class Name(NamedTuple):
    """One name: its words in plain letters, and its groups of three letters."""

    words: tuple[str, ...]
    trigrams: frozenset[str]


def names_in(full_name: str, others: str) -> tuple[Name, ...]:
    """Every name that is written there, one by one. Words for an unknown name, and a letter or two, are none."""
    written = [full_name, *_BETWEEN_NAMES.split(others)] if others else [full_name]
    named = [letters(name) for name in written if name]
    telling = [tuple([word for word in words if word not in _NO_NAMES]) for words in named]
    return tuple([Name(words, trigrams(words)) for words in telling if _says_who(words)])


def _says_who(words: tuple[str, ...]) -> bool:
    joined = "".join(words)
    return len(joined) >= FEWEST_LETTERS or (bool(joined) and not joined.isascii())


def letters(text: str, *, with_figures: bool = False) -> tuple[str, ...]:
    """The words without accents and capitals. Those of another alphabet stand as they are, but for their marks."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_PLAIN))
        plain = "".join(mark for mark in plain if unicodedata.category(mark) not in ("Mn", "Cf"))
    between = _NOT_LETTERS_OR_FIGURES if with_figures else _NOT_LETTERS
    words = tuple([word for word in between.split(plain) if word])
    return words or (tuple(_OF_ANY_ALPHABET.findall(plain)) if not plain.isascii() else ())


def trigrams(words: tuple[str, ...]) -> frozenset[str]:
    """The groups of three letters, whatever the order of the words."""
    # Lists, not generators: this is done for ten thousand children at a time.
    padded = [f"  {word} " for word in words]
    return frozenset([word[at : at + 3] for word in padded for at in range(len(word) - 2)])


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 (nothing in common) to 1 (the same letters)."""
    if not one or not other:
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def almost_the_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same letters otherwise divided; or two words or more that the other has too, each but for one slip.

    So a middle name or half of a double name may be left out.
    """
    if "".join(one) == "".join(other):
        return True
    fewer, more = sorted((one, other), key=len)
    left = list(more)
    for word in fewer:
        twin = next((said for said in left if is_one_slip_apart(word, said)), None)
        if twin is None:
            return False
        left.remove(twin)
    return len(fewer) > 1


def is_one_slip_apart(one: str, other: str) -> bool:
    """The same; or, of words that are long enough, one letter wrong, missing or changed over with its neighbour."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < LONG_ENOUGH_TO_SLIP or len(longer) - len(shorter) > 1:
        return False
    at = next((at for at, mark in enumerate(shorter) if mark != longer[at]), len(shorter))
    if len(longer) > len(shorter):
        return shorter[at:] == longer[at + 1 :]
    changed_over = shorter[at : at + 2] == longer[at : at + 2][::-1] and shorter[at + 2 :] == longer[at + 2 :]
    return shorter[at + 1 :] == longer[at + 1 :] or changed_over


_SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"))
_SILENT = re.compile("[aeiouyhw]+")
_DOUBLE = re.compile(r"(.)\1+")


def sounds_the_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the words, in any order, have the same consonants: Mohammed and Muhammad, Sian and Shan."""
    return sorted(map(_sound, one)) == sorted(map(_sound, other))


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    first = "a" if word[0] in "aeiou" else word[0]
    return first + _DOUBLE.sub(r"\1", _SILENT.sub("", word[1:]))


def same_house(one: str, other: str) -> bool:
    """Whether two addresses have the same figures in them: of house and flat."""
    return {*map(str.lower, _HOUSE.findall(one))} == {*map(str.lower, _HOUSE.findall(other))}
