"""Every verb: the public functions of the rooms' `actions` that take `by`, and something to call each of them with."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from agency_returns.models.sections import SECTIONS
from referrals.models import Joining
from tests.architecture.reading import ROOMS

from .world import Everything

# Verbs without a right of their own: called by other verbs, which have asked for theirs in the same transaction, or by
# the sweep. A test keeps pages, tasks and commands from calling them, but for those of `OF_ONES_OWN`.
CALLED_BY_VERBS: dict[str, str] = {
    "agency_returns.withdraw_all": "the notification's withdrawal ends what followed from it",
    "agency_returns.plan_for": "reads when an answer would be due; the page has asked for the right to ask",
    "cases.admit": "a stage gives what follows from its own verb",
    "cases.add_child": "submitting a referral makes the children it names",
    "cases.add_person": "submitting a referral makes the people it names",
    "cases.link_siblings": "submitting a referral says who is whose, and so does changing a child",
    "cases.open_case": "submitting a referral, or opening a notification, opens a case",
    "decisions.escalate_if_disputed": "follows a decision on which the authority and other partners differ",
    "decisions.end_by_deciding_again": "ends with the decision it was about",
    "decisions.end_by_notifying": "ends with what it was about",
    "deadlines.start": "a clock starts with what it is counted from",
    "deadlines.meet": "a clock stops with what was owed",
    "deadlines.give_late_reason": "said with the lateness of what was owed",
    "deadlines.reopen": "undoing what stopped it",
    "deadlines.correct": "follows the date it is counted from",
    "deadlines.confirm": "follows the date it is counted from",
    "deadlines.set_secondary": "follows the date it is counted from",
    "deadlines.void": "ends with what it was counted from",
    "deadlines.revive": "undoing that",
    "deadlines.explain_delay": "given with a notice of delay",
    "deadlines.recount": "follows a change of the bank holidays",
    "deadlines.follow": "follows the clock of the plan",
    "notifications.incident.open_notification": "a submitted referral opens it",
    "notifications.incident.admit_notifiers": "follows the authority that notifies",
    "notifications.incident.start_clocks": "follows the route",
    "notifications.incident.count_again": "follows the dates of becoming aware",
    "notifications.register.expect": "a stage says what will be owed",
    "lcspr.day_of": "reads the day of an instant",
    "lcspr.meet_once": "a clock stops with what was sent",
    "publications.publish": "the local review publishes its report",
    "publications.give_feedback": "anybody may have their say",
    "rapid_reviews.start_rapid_review": "starts with the notification recorded as sent",
    "accounts.change_own_details": "one's own name and telephone",
    "accounts.change_own_address": "one's own address, proved by a code",
    "caseload.note_reading": "a calendar program reads the dates of whoever made its address",
}

# These a page calls: they change nothing but what is the caller's own, or nothing at all.
OF_ONES_OWN = {
    "accounts.change_own_details",
    "accounts.change_own_address",
    "publications.give_feedback",
    "caseload.note_reading",
    "agency_returns.plan_for",
}

# Row of the world by the type of the parameter that takes it; a verb's own line below comes first.
_ROWS: dict[str, str] = {
    "Case": "case",
    "Child": "child",
    "Person": "person",
    "Identity": "identity",
    "ParallelProcess": "process",
    "TeamMember": "member",
    "Conflict": "conflict",
    "Deadline": "deadline",
    "Owed": "deadline",
    "Decision": "decision",
    "Escalation": "escalation",
    "Seat": "seat",
    "Referral": "referral",
    "Question": "question",
    "Notification": "notification",
    "Submission": "submission",
    "AgencyReturn": "agency_return",
    "InformationRequest": "agency_return.request",
    "ChronologyEntry": "entry",
    "RapidReview": "review",
    "Meeting": "meeting",
    "Attendance": "attendance",
    "LearningPoint": "point",
    "ImmediateAction": "step",
    "Review": "local",
    "Reviewer": "reviewer",
    "TermsOfReference": "local.terms",
    "Action": "action",
    "Recommendation": "recommendation",
}
_OF_THE_VERB: dict[str, dict[str, str]] = {
    "referrals.send_for_approval": {"referral": "draft"},
    "referrals.withdraw": {"referral": "draft"},
    "referrals.save_page": {"referral": "draft"},
    "referrals.add_one": {"referral": "draft"},
    "referrals.remove_one": {"referral": "draft"},
    "referrals.change_kind": {"referral": "draft"},
    "referrals.attach": {"referral": "draft", "upload": "draft_file.upload"},
    "referrals.detach": {"attachment": "draft_file"},
    "referrals.approve": {"referral": "waiting"},
    "referrals.return_to_author": {"referral": "waiting"},
    "referrals.join": {"into": "middle"},
    "referrals.link": {"case": "middle"},
    "referrals.unlink": {"case": "middle"},
    "agency_returns.detach": {"attachment": "return_file"},
    "agency_returns.send_request": {"case": "middle"},
    "lcspr.open_review": {"rapid_review": "signed"},
    "lcspr.write": {"section": "report_section"},
    "lcspr.reword": {"recommendation": "report_recommendation"},
    "lcspr.take_back": {"recommendation": "report_recommendation"},
    "lcspr.reopen_report": {"review": "approved"},
    "lcspr.record_repository_copy": {"review": "approved"},
    "lcspr.comment_on": {"section": "report_section"},
    "lcspr.settle_comment": {"remark": "report_remark"},
    "rapid_reviews.save_section": {"section": "section"},
    "rapid_reviews.comment": {"section": "section"},
    "rapid_reviews.settle_comment": {"remark": "remark"},
    "rapid_reviews.record_sent_to_panel": {"review": "signed"},
    "rapid_reviews.record_panel_response": {"review": "signed"},
    "rapid_reviews.conclude": {"review": "signed"},
    "rapid_reviews.redecide": {"review": "signed"},
    "rapid_reviews.conclude_again": {"review": "signed"},
    "rapid_reviews.release": {"review": "signed"},
    "notifications.incident.correct": {"notification": "sent_notification"},
    "notifications.incident.attach": {"upload": "notification_file.upload"},
    "notifications.incident.detach": {"attachment": "notification_file"},
    "notifications.register.send": {"submission": "unsent"},
    "notifications.incident.withdraw": {"notification": "sent_notification"},
}
# Rows that belong to no case.
_OF_THE_HOUSE: dict[str, str] = {
    "Agency": "agency",
    "EmailDomain": "domain",
    "Membership": "membership",
    "User": "person",
    "Cover": "cover",
    "BankHoliday": "bank_holiday",
    "Message": "message",
    "LimitSchedule": "limit_schedule",
    "Wording": "wording",
    "Trouble": "trouble",
    "Page": "page",
    "PageFile": "page_file",
    "Publication": "publication",
    "Feedback": "feedback",
    "SavedList": "saved_list",
}
_WAITING = {"accounts.approve", "accounts.refuse"}
# What a verb wants to be told before it can be asked anything.
_TOLD: dict[str, dict[str, Any]] = {
    "referrals.save_page": {"page": "when"},
    "referrals.add_one": {"group": "child"},
    "referrals.remove_one": {"group": "child", "number": 1},
    "lcspr.record_decision_notice": {"recipient": "panel", "sent_at": "now"},
    "lcspr.record_reviewer_notice": {"recipient": "panel", "sent_at": "now"},
    "lcspr.record_repository_copy": {"sent_at": "now"},
}


@cache
def verbs() -> dict[str, Callable[..., Any]]:
    """The verbs by room and name, as `referrals.approve`."""
    found: dict[str, Callable[..., Any]] = {}
    for name in _modules():
        module = importlib.import_module(name)
        room = name.partition(".actions")[0]
        for verb, function in vars(module).items():
            if verb.startswith("_") or not inspect.isfunction(function) or function.__module__ != name:
                continue
            by = inspect.signature(function).parameters.get("by")
            if by is not None and by.kind is inspect.Parameter.KEYWORD_ONLY:
                found[f"{room}.{verb}"] = function
    return found


def _modules() -> list[str]:
    found = []
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if "actions" in module.name.split("."):
                found.append(module.name)
    return found


def is_of_a_case(name: str) -> bool:
    """Whether what the verb changes belongs to a side."""
    parameters = [one for one in inspect.signature(verbs()[name]).parameters.values() if one.name != "by"]
    first = parameters[0] if parameters else None
    named = first is not None and (_type_of(first) in _ROWS or first.name in _OF_THE_VERB.get(name, {}))
    return named or name == "referrals.undo_join"


def call(name: str, world: Everything, person: str) -> Any:
    """Call the verb on side one as this person. What it is told besides is not the point."""
    function = verbs()[name]
    positional, keywords = [], {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == "by":
            keywords["by"] = world.standing(person)
        elif parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        elif parameter.kind is parameter.KEYWORD_ONLY:
            if parameter.default is parameter.empty:
                keywords[parameter.name] = _argument(name, parameter, world, person)
        elif parameter.default is parameter.empty:
            positional.append(_argument(name, parameter, world, person))
    if "sent_at" in _TOLD.get(name, {}):
        keywords["sent_at"] = world.now
    return function(*positional, **keywords)


def _type_of(parameter: inspect.Parameter) -> str:
    return str(parameter.annotation).partition(" ")[0].partition("[")[0].rpartition(".")[2]


def _argument(name: str, parameter: inspect.Parameter, world: Everything, person: str) -> Any:
    told = _TOLD.get(name, {})
    if parameter.name in told:
        return told[parameter.name]
    kind, own = _type_of(parameter), _OF_THE_VERB.get(name, {}).get(parameter.name)
    side = world.side_of(person)
    if own or kind in _ROWS:
        return _fresh(side, own or _ROWS[kind])
    if name == "referrals.undo_join":
        return Joining(referral=side.referral, into=side.middle, out_of=side.case)
    if kind == "Section":
        return SECTIONS[0]
    if kind == "Membership" and name in _WAITING:
        return world.house.waiting_membership
    if kind in _OF_THE_HOUSE:
        return side.la if parameter.name == "notifying_la" else getattr(world.house, _OF_THE_HOUSE[kind])
    now = world.now
    plain = {
        "str": "words",
        "int": 1,
        "bool": True,
        "date": world.world.today,
        "datetime": now - timedelta(minutes=1),
        "dict": {},
        "Mapping": {},
        "list": [],
        "Iterable": (),
    }
    return plain.get(kind)


def _fresh(side: Any, path: str) -> Any:
    """The row as it stands in the database: an earlier call may have left its marks on the object."""
    value = side
    for part in path.split("."):
        value = getattr(value, part)
    return type(value)._base_manager.get(pk=value.pk)
