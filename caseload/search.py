"""Finding a case among those a person may see."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.db.models import Q

from accounts.standing import Standing
from audit.events import record
from audit.models import Trail
from cases.models import Case, Child, Identity, Person
from cases.rights import REVEAL

MOST = 50


def find(words: str, *, by: Standing) -> list[Case]:
    """Up to fifty cases open to this person that match every word, newest first.

    Names are searched only for a role that may reveal them, and only in the cases open to it. The search is
    recorded with a keyed hash of the words, never the words.
    """
    seen = Case.objects.visible_to(by)
    matching = Q()
    for word in words.split():
        one = Q(reference__icontains=word) | Q(title__icontains=word)
        one |= Q(pk__in=Child.objects.filter(pseudonym__icontains=word).values("case_id"))
        if by.holds(*REVEAL.held_by):
            named = Identity.objects.filter(Q(full_name__icontains=word) | Q(other_names__icontains=word))
            one |= Q(pk__in=Child.objects.filter(identity__in=named).values("case_id"))
            one |= Q(pk__in=Person.objects.filter(identity__in=named).values("case_id"))
        matching &= one
    digest = hmac.new(settings.SECRET_KEY.encode(), words.casefold().encode(), hashlib.sha256).hexdigest()
    record(Trail.of_the_house(), "searched cases", by=by, subject=f"search:{digest[:32]}", reading=True)
    return list(seen.filter(matching).select_related("incident_la").order_by("-received_on", "-pk")[:MOST])
