"""Files attached in a case, found by what they say: each only by those who may open it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.standing import Standing
from agency_returns.models import Attachment as ReturnFile
from documents.models import UploadText
from improvements.models import Evidence
from notifications.incident.models import Attachment as NotificationFile
from rapid_reviews.models import PanelResponse
from referrals.models import Attachment as ReferralFile

# The path from what points at a file to the file, and to the case.
Pointer = tuple[QuerySet, str, str]
# As many of the newest files are asked how a word is spelt.
MOST_ASKED = 200
WORD = re.compile(r"[^\W\d_]{4,}")


def _seen(by: Standing) -> tuple[Pointer, ...]:
    """Whatever points at a file and may be seen by this person: the same rows as their pages open."""
    return (
        (ReferralFile.objects.visible_to(by), "upload", "referral__case_id"),
        (NotificationFile.objects.visible_to(by), "upload", "notification__case_id"),
        (ReturnFile.objects.current().visible_to(by), "upload", "agency_return__request__case_id"),
        (PanelResponse.objects.visible_to(by), "letter", "review__case_id"),
        (Evidence.objects.visible_to(by), "uploads", "action__case_id"),
    )


def cases_saying(word: str, by: Standing) -> Q:
    """A condition on cases: a file of it that this person may open says this word."""
    found = Q()
    said = UploadText.objects.filter(words__icontains=word)
    for rows, file, case in _seen(by):
        found |= Q(pk__in=rows.filter(Exists(said.filter(upload=OuterRef(file)))).values(case))
    return found


def words_of_files(by: Standing) -> Iterable[str]:
    """What the newest files say that this person may open, to know how a word might be spelt."""
    read = UploadText.objects.exclude(read_at=None)
    mine = Q()
    for rows, file, _ in _seen(by):
        mine |= Q(upload__in=rows.filter(**{f"{file}__isnull": False}).values(file))
    texts = read.filter(mine).order_by("-pk").values_list("words", flat=True)[:MOST_ASKED]
    return {word.casefold() for text in texts for word in WORD.findall(text)}
