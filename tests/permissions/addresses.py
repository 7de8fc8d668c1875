"""Which row each address is tried with: names of the world's rows, for every part of a path that names something.

`CASE` are the addresses of something that belongs to a side, `HOUSE` those of something that belongs to none; an
address without a part that names anything needs no line.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from agency_returns.models.sections import SECTIONS

# Room -> part of the path -> row; the lines of an address below come on top of those of its room.
_ROOMS: dict[str, dict[str, str]] = {
    "referrals": {"pk": "referral.pk"},
    "decisions": {"pk": "decision.pk", "seat_pk": "seat.pk", "code": "=S16C_HARM"},
    "incident": {"pk": "notification.pk", "case_pk": "case.pk", "child_pk": "child.pk", "section": "=incident"},
    "register": {"pk": "submission.pk"},
    "rapid_reviews": {"pk": "review.pk", "key": "section.key", "code": "=REG11_A", "comment_pk": "remark.pk"},
    "agency_returns": {"pk": "agency_return.pk", "case_pk": "middle.pk", "key": f"={SECTIONS[0].key}"},
    "lcspr": {
        "pk": "local.pk",
        "key": "report_section.key",
        "comment": "report_remark.pk",
        "reviewer": "reviewer.pk",
        "recipient": "=panel",
        "recommendation": "report_recommendation.pk",
    },
    "improvements": {"pk": "action.pk"},
    "cases": {"pk": "case.pk"},
    "caseload": {"reference": "case.reference", "code": "=clock", "pk": "deadline.pk"},
}
_DRAFT = {"pk": "draft.pk"}
_WAITING = {"pk": "waiting.pk"}
_ADDRESSES: dict[str, dict[str, str]] = {
    "referrals:tasks": _DRAFT,
    "referrals:kind": _DRAFT,
    "referrals:page": {**_DRAFT, "page": "=when"},
    "referrals:autosave": {**_DRAFT, "page": "=when"},
    "referrals:add": {**_DRAFT, "group": "=child"},
    "referrals:remove": {**_DRAFT, "group": "=child", "number": "=1"},
    "referrals:attachments": _DRAFT,
    "referrals:attachment": {**_DRAFT, "attachment": "draft_file.pk"},
    "referrals:detach": {**_DRAFT, "attachment": "draft_file.pk"},
    "referrals:check": _DRAFT,
    "referrals:send_for_approval": _DRAFT,
    "referrals:approve": _WAITING,
    "referrals:return_to_author": _WAITING,
    "referrals:withdraw": _DRAFT,
    "referrals:answer": {"question": "question.pk"},
    "referrals:match": {"case": "middle.pk"},
    "referrals:unlink": {"case": "middle.pk"},
    "decisions:paper": {"pk": "signed_decision.pk"},
    "incident:open_in_case": {"case_pk": "middle.pk"},
    "incident:paper": {"number": "=0"},
    "incident:json": {"number": "=0"},
    "incident:record_notified": {"pk": "death.pk"},
    "incident:correct": {"pk": "sent_notification.pk"},
    "incident:late_reason": {"pk": "sent_notification.pk"},
    "incident:reference": {"pk": "sent_notification.pk"},
    "incident:withdraw": {"pk": "sent_notification.pk"},
    "incident:attachment": {"attachment": "notification_file.pk"},
    "incident:detach": {"attachment": "notification_file.pk"},
    "register:send": {"pk": "unsent.pk"},
    "incident:copy_received": {"pk": "sent_notification.pk"},
    "reminders:duty": {"pk": "deadline.pk"},
    "reminders:news": {"pk": "event.pk"},
    "deadlines:explanation": {"pk": "deadline.pk"},
    "deadlines:ledger": {"pk": "case.pk"},
    "deadlines:what_if": {"pk": "case.pk"},
    "deadlines:correct": {"pk": "deadline.pk"},
    "deadlines:delay": {"pk": "deadline.pk"},
    "deadlines:lateness": {"pk": "deadline.pk"},
    "deadlines:apply_plan": {"pk": "deadline.pk"},
    "deadlines:finish_step": {"pk": "deadline.pk"},
    "deadlines:applies": {"pk": "deadline.pk"},
    "deadlines:edition": {"pk": "deadline.pk"},
    "rapid_reviews:record_sent": {"pk": "notification.pk"},
    "rapid_reviews:meeting_edit": {"pk": "meeting.pk"},
    "rapid_reviews:attendance": {"pk": "meeting.pk"},
    "rapid_reviews:attendance_remove": {"pk": "attendance.pk"},
    "rapid_reviews:point_edit": {"pk": "point.pk"},
    "rapid_reviews:point_remove": {"pk": "point.pk"},
    "rapid_reviews:action_edit": {"pk": "step.pk"},
    "rapid_reviews:action_remove": {"pk": "step.pk"},
    "rapid_reviews:letter": {"pk": "letter.pk"},
    "rapid_reviews:conclude": {"pk": "signed.pk"},
    "rapid_reviews:send": {"pk": "signed.pk"},
    "rapid_reviews:response": {"pk": "signed.pk"},
    "rapid_reviews:redecide": {"pk": "signed.pk"},
    "rapid_reviews:conclude_again": {"pk": "signed.pk"},
    "rapid_reviews:release": {"pk": "signed.pk"},
    "rapid_reviews:paper": {"pk": "signed.pk"},
    "rapid_reviews:paper_for_signing": {"pk": "signed.pk"},
    "agency_returns:chronology": {"case_pk": "middle.pk"},
    "agency_returns:entry_edit": {"pk": "entry.pk"},
    "agency_returns:entry_remove": {"pk": "entry.pk"},
    "agency_returns:attachment": {"pk": "return_file.pk"},
    "agency_returns:detach": {"pk": "return_file.pk"},
    "lcspr:open": {"pk": "signed.pk"},
    "lcspr:plan_publication": {"pk": "approved.pk"},
    "lcspr:publish": {"pk": "approved.pk"},
    "lcspr:improvements_only": {"pk": "approved.pk"},
    "lcspr:copy_sent": {"pk": "approved.pk"},
    "lcspr:paper": {"pk": "approved.pk"},
    "lcspr:paper_for_signing": {"pk": "approved.pk"},
    "lcspr:pack": {"pk": "approved.pk"},
    "lcspr:pack_paper": {"pk": "approved.pk"},
    "lcspr:reopen_report": {"pk": "approved.pk"},
    "lcspr:repository_copy": {"pk": "approved.pk"},
    "improvements:case": {"pk": "late.pk"},
    "improvements:recommend": {"pk": "case.pk"},
    "improvements:reword": {"pk": "recommendation.pk"},
    "improvements:withdraw": {"pk": "recommendation.pk"},
    "improvements:plan": {"pk": "case.pk"},
    "improvements:evidence_file": {"evidence": "evidence.pk", "upload": "evidence_upload.pk"},
    "rapid_reviews:review (released)": {"pk": "released_review.pk"},
    "rapid_reviews:paper (released)": {"pk": "released_review.pk"},
    "rapid_reviews:meetings (released)": {"pk": "released_review.pk"},
    "agency_returns:return (released)": {"pk": "released_return.pk"},
    "lcspr:review (approved)": {"pk": "approved.pk"},
    "lcspr:report (approved)": {"pk": "approved.pk"},
    "cases:child": {"pk": "child.pk"},
    "cases:reveal": {"pk": "child.pk"},
    "cases:person": {"pk": "person.pk"},
    "cases:reveal_person": {"pk": "person.pk"},
    "cases:correct": {"pk": "identity.pk"},
    "cases:process": {"pk": "process.pk"},
    "cases:unassign": {"pk": "member.pk"},
    "cases:lift_conflict": {"pk": "conflict.pk"},
}
HOUSE: dict[str, dict[str, str]] = {
    "accounts:invitation": {"token": "=no-such-invitation"},
    "accounts:person": {"pk": "person.pk"},
    "accounts:give_role": {"pk": "person.pk"},
    "accounts:send_invitation": {"pk": "person.pk"},
    "accounts:close": {"pk": "person.pk"},
    "accounts:open_again": {"pk": "person.pk"},
    "accounts:lost_second_factor": {"pk": "person.pk"},
    "accounts:sign_out_person": {"pk": "person.pk"},
    "accounts:decide": {"pk": "waiting_membership.pk"},
    "accounts:end_role": {"pk": "membership.pk"},
    "accounts:cover": {"pk": "membership.pk"},
    "accounts:take_back_cover": {"pk": "cover.pk"},
    "accounts:agency": {"pk": "agency.pk"},
    "accounts:edit_agency": {"pk": "agency.pk"},
    "accounts:close_agency": {"pk": "agency.pk"},
    "accounts:add_domain": {"pk": "agency.pk"},
    "accounts:remove_domain": {"pk": "agency.pk", "domain": "domain.pk"},
    "account_reset_password_from_key": {"uidb36": "=1", "key": "=set-password"},
    "mfa_remove_webauthn": {"pk": "=1"},
    "deadlines:remove_bank_holiday": {"pk": "bank_holiday.pk"},
    "deadlines:declare_year": {"year": "year"},
    "publications:page": {"slug": "page.slug"},
    "publications:page_file": {"slug": "page.slug", "pk": "page_file.pk"},
    "publications:page_feedback": {"slug": "page.slug"},
    "publications:publication": {"slug": "publication.slug"},
    "publications:pdf": {"slug": "publication.slug"},
    "publications:publication_feedback": {"slug": "publication.slug"},
    "publications:edit_page": {"pk": "page.pk"},
    "publications:add_file": {"pk": "page.pk"},
    "publications:remove_file": {"pk": "page.pk", "file": "page_file.pk"},
    "publications:withdraw": {"pk": "publication.pk"},
    "publications:switch_feedback": {"pk": "publication.pk"},
    "publications:mark_read": {"pk": "feedback.pk"},
    "reminders:send_again": {"pk": "message.pk"},
    "reminders:settle": {"pk": "message.pk"},
    "reminders:settle_trouble": {"pk": "trouble.pk"},
    "reminders:schedule": {"code": "=T05"},
    "reminders:forget_schedule": {"code": "limit_schedule.code"},
    "reminders:wording": {"name": "=clock/today"},
    "reminders:forget_wording": {"name": "wording.name"},
    "caseload:help_topic": {"topic": "=clocks"},
    "caseload:feed": {"token": "=nobodys"},
    "caseload:remove_list": {"list_pk": "saved_list.pk"},
}


def patterns(found: Any = None, namespace: str = "") -> dict[str, URLPattern]:
    """Every address of the URLconf by its full name; one without a name goes by its route."""
    named: dict[str, URLPattern] = {}
    for pattern in get_resolver().url_patterns if found is None else found:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            named |= patterns(pattern.url_patterns, inner)
        else:
            named[f"{namespace}{pattern.name or pattern.pattern}"] = pattern
    return named


@cache
def _patterns() -> dict[str, URLPattern]:
    return patterns()


def parts_of(name: str) -> list[str]:
    """The parts of its path that name something."""
    pattern = _patterns()[name.partition(" ")[0]].pattern
    return list(pattern.converters or pattern.regex.groupindex)


def is_of_a_case(name: str) -> bool:
    """Whether the address names something that belongs to a side."""
    return bool(parts_of(name)) and name not in HOUSE


def _wishes(name: str) -> dict[str, str]:
    return HOUSE.get(name) or {**_ROOMS.get(name.partition(":")[0], {}), **_ADDRESSES.get(name, {})}


def rows_for(name: str, rows: SimpleNamespace) -> dict[str, Any]:
    """The parts of the path for these rows. Raises KeyError when a part has no line here."""
    wishes = _wishes(name)
    return {part: _value(wishes[part], rows) for part in parts_of(name)}


def _value(wish: str, rows: SimpleNamespace) -> Any:
    if wish.startswith("="):
        return wish[1:]
    value: Any = rows
    for attribute in wish.split("."):
        value = getattr(value, attribute)
    return value
