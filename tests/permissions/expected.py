"""Who gets which answer at which address: the table that the pages are compared with.

It is read against specification 6.1 and architecture section 3, line by line. `opens` are those who get the page (or,
where the page is one button, whose press is taken); `refused` are colleagues who may see the thing and may not do this
(403). Everyone else who is signed in is told that there is nothing there (404). Whoever is not signed in, or whose
account was closed, is sent to sign in; whoever holds no role yet is sent to the page that says so.

Names in round brackets after an address say in which state of the thing it is tried besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .world import EVERYONE, ROLES

# --- who: roles as they are given in side one -------------------------------------------------------------------
NOBODY: frozenset[str] = frozenset()
EVERYBODY = frozenset(EVERYONE)
OUTSIDE = frozenset({"anonymous", "closed"})
SIGNED_IN = EVERYBODY - OUTSIDE - {"newcomer"}
# "Conflicted" is a coordinator with a conflict of interest in every case of side one, and in none of side two.
COORDINATORS = frozenset({"coordinator", "conflicted"})
MANAGERS = COORDINATORS | {"system_administrator"}

AGENCY = frozenset({"referrer", "agency_lead"})
LEADS = frozenset({"agency_lead", "correspondent"})
# Writing for an agency, each what is their own.
WRITERS = AGENCY | {"correspondent"}
NOTIFIERS = frozenset({"la_notifier", "la_approver"})
CHAIRING = frozenset({"coordinator", "panel_chair"})
SENDING = NOTIFIERS | CHAIRING | {"partner"}
# By submission, and by assignment.
WHOLE_CASE = NOTIFIERS | {"coordinator", "partner", "panel_chair", "legal_adviser", "auditor"}
# A case that the authority opened itself has been assigned to nobody yet.
BY_ITSELF = NOTIFIERS | {"coordinator", "partner"}
REVIEW_PAPERS = frozenset({"group_member", "scrutineer", "reviewer", "senior_partner"})
PAPERS = WHOLE_CASE | REVIEW_PAPERS
# Those who read a review while it is made; the lead partners read the finished one (6.1: "R final").
REVIEWING = PAPERS - {"senior_partner"}
# The partners' decisions are not for the reviewer (6.1, column Decisions).
DECISIONS = PAPERS - {"reviewer"}
# Other agencies' returns, once released: not for the local authority's notifiers, nor the lead partners.
RETURNS = REVIEWING - NOTIFIERS
IDENTITIES = REVIEWING - {"scrutineer", "auditor"}


@dataclass(frozen=True)
class Line:
    """The answers at one address: status -> who gets it. Everyone else signed in gets 404."""

    answers: dict[int, frozenset[str]] = field(default_factory=dict)
    # The one button of the page is pressed, with a submit token, instead of the page being opened.
    pressed: bool = False

    def names(self, person: str) -> bool:
        return any(person in people for people in self.answers.values())

    def status_for(self, person: str) -> int:
        return next((status for status, people in self.answers.items() if person in people), 404)


def page(
    opens: Iterable[str] = (), refused: Iterable[str] = (), *, moved: Iterable[str] = (), **other: Iterable[str]
) -> Line:
    """A page: who gets it, who is refused it, who is led on from it. `s409`, `s410` ...: who gets that status."""
    answers = {200: frozenset(opens), 403: frozenset(refused), 302: frozenset(moved)}
    answers |= {int(status[1:]): frozenset(people) for status, people in other.items()}
    return Line(answers)


def button(
    opens: Iterable[str] = (), refused: Iterable[str] = (), *, shows: Iterable[str] = (), **other: Iterable[str]
):
    """A button: whose press is taken and leads on, who is refused, and who is shown a page in answer."""
    return Line(page(shows, refused, moved=opens, **other).answers, pressed=True)


def only(people: frozenset[str]) -> Line:
    """A page of a role: every other role is refused."""
    return page(people, SIGNED_IN - people)


EXPECTED: dict[str, Line] = {
    # --- what anybody may read --------------------------------------------------------------------------------------
    "brand_css": page(EVERYBODY),
    "healthz": page(EVERYBODY),
    # Nothing has ticked here yet.
    "readyz": page(s503=EVERYBODY),
    "publications:start": page(EVERYBODY),
    "publications:page": page(EVERYBODY),
    "publications:page_file": page(EVERYBODY),
    "publications:page_feedback": page(EVERYBODY),
    "publications:library": page(EVERYBODY),
    "publications:feed": page(EVERYBODY),
    "publications:publication": page(EVERYBODY),
    "publications:pdf": page(EVERYBODY),
    "publications:publication_feedback": page(EVERYBODY),
    "publications:thanks": page(EVERYBODY),
    "publications:accessibility": page(EVERYBODY),
    "publications:privacy": page(EVERYBODY),
    "publications:cookies": page(EVERYBODY),
    "publications:contact": page(EVERYBODY),
    "deadlines:calculator": page(EVERYBODY),
    "caseload:help": page(EVERYBODY),
    "caseload:help_topic": page(EVERYBODY),
    # An address that nobody made.
    "caseload:feed": page(s404=EVERYBODY),
    # --- coming in and leaving --------------------------------------------------------------------------------------
    "account_login": page(OUTSIDE, moved=EVERYBODY - OUTSIDE),
    "account_logout": page(EVERYBODY - OUTSIDE, moved=OUTSIDE),
    "account_reset_password": page(EVERYBODY),
    "account_reset_password_done": page(EVERYBODY),
    "account_reset_password_from_key": page(EVERYBODY),
    "account_reset_password_from_key_done": page(EVERYBODY),
    "mfa_authenticate": page(moved=EVERYBODY - OUTSIDE),
    "accounts:session_ended": page(OUTSIDE, moved=EVERYBODY - OUTSIDE),
    "accounts:code_ask": page(OUTSIDE, moved=EVERYBODY - OUTSIDE),
    "accounts:code_enter": page(moved=EVERYBODY),
    # A correspondent may ask for an account with a password.
    "accounts:register": page(OUTSIDE | {"correspondent"}, moved=EVERYBODY - OUTSIDE - {"correspondent"}),
    "accounts:register_code": page(moved=EVERYBODY),
    "accounts:register_details": page(moved=EVERYBODY),
    "accounts:invitation": page(s410=EVERYBODY),
    "accounts:welcome": page(s410=EVERYBODY),
    "agency_returns:reply": page(OUTSIDE, moved=EVERYBODY - OUTSIDE),
    "agency_returns:reply_code": page(moved=EVERYBODY),
    # --- one's own account; a correspondent has no password and no second factor ------------------------------------
    "accounts:profile": page(SIGNED_IN | {"newcomer"}),
    "accounts:my_details": page(SIGNED_IN | {"newcomer"}),
    "accounts:my_address": page((SIGNED_IN | {"newcomer"}) - {"correspondent"}),
    "accounts:my_address_code": page(moved=(SIGNED_IN | {"newcomer"}) - {"correspondent"}),
    "accounts:my_sessions": button(SIGNED_IN | {"newcomer"}),
    "accounts:recovery_codes": page(moved=SIGNED_IN | {"newcomer"}),
    "accounts:go_on": page(moved=SIGNED_IN),
    "accounts:session_left": page(SIGNED_IN | {"newcomer"}),
    "accounts:stay": button(SIGNED_IN | {"newcomer"}),
    "accounts:nothing_held": page({"newcomer"}, moved=SIGNED_IN),
    "account_reauthenticate": page((SIGNED_IN | {"newcomer"}) - {"correspondent"}),
    "account_change_password": page((SIGNED_IN | {"newcomer"}) - {"correspondent"}),
    "mfa_index": page((SIGNED_IN | {"newcomer"}) - {"correspondent"}),
    "mfa_activate_totp": page((SIGNED_IN | {"newcomer"}) - {"correspondent"}),
    # Nobody here has set one up.
    "mfa_deactivate_totp": page(s404={"newcomer"}),
    "mfa_remove_webauthn": page(s404={"newcomer"}),
    "mfa_add_webauthn": page((SIGNED_IN | {"newcomer"}) - {"correspondent"}),
    "mfa_reauthenticate": page(moved=(SIGNED_IN | {"newcomer"}) - {"correspondent"}),
    "mfa_reauthenticate_webauthn": page(moved=(SIGNED_IN | {"newcomer"}) - {"correspondent"}),
    # --- people, agencies and the house -----------------------------------------------------------------------------
    "accounts:people": only(MANAGERS),
    "accounts:invite": only(MANAGERS),
    "accounts:confirm_access": page(moved=MANAGERS, refused=SIGNED_IN - MANAGERS),
    # The person is the referrer, who sees that there is such a person, and changes nothing of it here.
    "accounts:person": page(MANAGERS, moved={"referrer"}),
    "accounts:give_role": page(MANAGERS, refused={"referrer"}),
    "accounts:send_invitation": button(MANAGERS, refused={"referrer"}),
    "accounts:close": page(MANAGERS, refused={"referrer"}),
    "accounts:open_again": page(MANAGERS, refused={"referrer"}),
    "accounts:lost_second_factor": page(MANAGERS, refused={"referrer"}),
    "accounts:sign_out_person": button(MANAGERS, refused={"referrer"}),
    "accounts:decide": page(MANAGERS),
    "accounts:end_role": page(MANAGERS, refused={"referrer"}),
    "accounts:cover": page(MANAGERS | {"referrer"}),
    # The deputy, the lead, sees it.
    "accounts:take_back_cover": button(MANAGERS | {"referrer"}, refused={"agency_lead"}),
    "accounts:set_up": only(MANAGERS),
    "accounts:partnership": only(MANAGERS),
    "accounts:agencies": only(MANAGERS),
    "accounts:new_agency": only(MANAGERS),
    "accounts:agency": only(MANAGERS),
    "accounts:edit_agency": only(MANAGERS),
    "accounts:close_agency": only(MANAGERS),
    "accounts:add_domain": button(shows=MANAGERS, refused=SIGNED_IN - MANAGERS),
    "accounts:remove_domain": button(MANAGERS, refused=SIGNED_IN - MANAGERS),
    "deadlines:bank_holidays": only(MANAGERS),
    "deadlines:add_bank_holiday": only(MANAGERS),
    "deadlines:remove_bank_holiday": only(MANAGERS),
    # The year is known already: there is nothing to declare.
    "deadlines:declare_year": page(refused=SIGNED_IN - MANAGERS),
    "deadlines:editions": only(MANAGERS),
    "deadlines:working_plan": only(COORDINATORS),
    "deadlines:add_edition": only(MANAGERS),
    "deadlines:import_editions": only(MANAGERS),
    "deadlines:export_editions": only(MANAGERS),
    "reminders:undelivered": only(MANAGERS),
    "reminders:send_again": button(MANAGERS, refused=SIGNED_IN - MANAGERS),
    "reminders:settle": only(MANAGERS),
    "reminders:settle_trouble": button(MANAGERS, refused=SIGNED_IN - MANAGERS),
    "reminders:life": only(MANAGERS),
    "reminders:schedules": only(MANAGERS),
    "reminders:schedule": only(MANAGERS),
    "reminders:forget_schedule": button(MANAGERS, refused=SIGNED_IN - MANAGERS),
    "reminders:ahead": only(MANAGERS),
    "reminders:wordings": only(MANAGERS),
    "reminders:wording": only(MANAGERS),
    "reminders:forget_wording": button(MANAGERS, refused=SIGNED_IN - MANAGERS),
    # Whoever is let in by an e-mailed code is written to about one thing only.
    "reminders:preferences": only(SIGNED_IN - {"correspondent"}),
    # --- the public pages, edited -------------------------------------------------------------------------------------
    "publications:manage": only(COORDINATORS),
    "publications:add_page": only(COORDINATORS),
    "publications:publish": only(COORDINATORS),
    "publications:feedback": only(COORDINATORS),
    "publications:edit_page": page(COORDINATORS),
    "publications:add_file": page(COORDINATORS),
    "publications:remove_file": button(COORDINATORS),
    "publications:withdraw": page(COORDINATORS),
    "publications:switch_feedback": button(COORDINATORS),
    "publications:mark_read": button(COORDINATORS),
    # --- the desk and the lists: everyone's own ---------------------------------------------------------------------
    "caseload:desk": page(SIGNED_IN),
    "caseload:cases": page(SIGNED_IN),
    "caseload:search": page(SIGNED_IN),
    "caseload:timeliness": only(COORDINATORS | {"partner", "senior_partner", "scrutineer", "auditor"}),
    "caseload:timeliness_csv": only(COORDINATORS | {"partner", "senior_partner", "scrutineer", "auditor"}),
    "caseload:lists": page(SIGNED_IN),
    "caseload:assign_chosen": only(COORDINATORS),
    "caseload:remind_chosen": only(COORDINATORS | {"panel_chair"}),
    "caseload:export_chosen": only(COORDINATORS | {"partner", "panel_chair", "auditor"}),
    "caseload:save_list": page(SIGNED_IN - {"correspondent"}, refused={"correspondent"}),
    "caseload:columns": page(SIGNED_IN - {"correspondent"}, refused={"correspondent"}),
    # A shared list of a coordinator; a correspondent has no lists.
    "caseload:remove_list": button(COORDINATORS, refused=SIGNED_IN - COORDINATORS - {"correspondent"}),
    "caseload:month": page(SIGNED_IN),
    "caseload:subscribing": page(SIGNED_IN - {"correspondent"}, refused={"correspondent"}),
    "caseload:unsubscribe": button(SIGNED_IN - {"correspondent"}, refused={"correspondent"}),
    "referrals:list": page(SIGNED_IN),
    "incident:list": page(SIGNED_IN),
    "rapid_reviews:list": page(SIGNED_IN),
    "agency_returns:list": page(SIGNED_IN),
    "lcspr:list": page(SIGNED_IN),
    "improvements:list": page(SIGNED_IN),
    "caseload:returns": only(COORDINATORS),
    "caseload:export": button(shows=COORDINATORS, refused=SIGNED_IN - COORDINATORS),
    # --- a referral being written: its author and their agency's leads; the correspondent has one of their own ------
    "referrals:start": only(WRITERS),
    "referrals:child_at_risk": only(WRITERS),
    # First it is asked whether a child is at risk now.
    "referrals:begin": page(moved=WRITERS, refused=SIGNED_IN - WRITERS),
    "referrals:tasks": page(WRITERS),
    "referrals:kind": page(WRITERS),
    "referrals:page": page(WRITERS),
    # Saved by somebody meanwhile (409); the correspondent's page was never saved before.
    "referrals:autosave": button(shows={"correspondent"}, s409=AGENCY),
    "referrals:add": button(WRITERS),
    "referrals:remove": page(WRITERS),
    "referrals:attachments": page(WRITERS),
    "referrals:attachment": page(WRITERS),
    "referrals:detach": button(WRITERS),
    "referrals:check": page(WRITERS),
    "referrals:send_for_approval": button(WRITERS),
    "referrals:withdraw": page(WRITERS),
    # Nobody approves what they wrote.
    "referrals:approve": page({"agency_lead"}, refused={"referrer"}),
    "referrals:return_to_author": page({"agency_lead"}, refused={"referrer"}),
    # --- a referral that was sent: its agency by its own part, and whoever has the whole case -----------------------
    "referrals:referral": page(AGENCY | WHOLE_CASE),
    "referrals:confirmation": page(AGENCY | WHOLE_CASE),
    "referrals:paper": page(AGENCY | WHOLE_CASE),
    "referrals:queue": only(COORDINATORS),
    "referrals:keeping": only(COORDINATORS),
    "referrals:authorities": page({"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    "referrals:triage": page({"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    # Somebody has begun (409).
    "referrals:begin_triage": button(s409={"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    "referrals:ask": page({"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    "referrals:answer": page(AGENCY, refused=WHOLE_CASE),
    "referrals:add_information": page(AGENCY, refused=WHOLE_CASE),
    "referrals:open_decision": page({"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    "referrals:conclude": page(CHAIRING, refused=AGENCY | WHOLE_CASE - CHAIRING),
    "referrals:decide_again": page(CHAIRING, refused=AGENCY | WHOLE_CASE - CHAIRING),
    "referrals:link": page({"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    # No link is there: led back to the triage.
    "referrals:unlink": page(moved={"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    "referrals:join": page({"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    "referrals:match": page({"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    # It was joined to nothing.
    "referrals:undo_join": page(moved={"coordinator"}, refused=AGENCY | WHOLE_CASE - {"coordinator"}),
    # --- what the partners decide -----------------------------------------------------------------------------------
    "decisions:decision": page(DECISIONS),
    "decisions:criteria": page(DECISIONS),
    "decisions:paper": page(DECISIONS),
    "decisions:escalation": page(DECISIONS),
    "decisions:pass_on": page(CHAIRING, refused=DECISIONS - CHAIRING),
    "decisions:settle": page(CHAIRING | {"senior_partner"}, refused=DECISIONS - CHAIRING - {"senior_partner"}),
    "decisions:check": only(DECISIONS | {"conflicted"}),
    "decisions:sign": page({"partner"}, refused=DECISIONS - {"partner"}),
    "decisions:reveal": page(CHAIRING, refused=DECISIONS - CHAIRING),
    "decisions:minutes": page(CHAIRING, refused=DECISIONS - CHAIRING),
    "decisions:criterion": page(CHAIRING, refused=DECISIONS - CHAIRING),
    # --- the notification: the local authority's; the business unit records dates -----------------------------------
    "incident:open": only(NOTIFIERS),
    "incident:open_in_case": page(NOTIFIERS, refused=WHOLE_CASE - NOTIFIERS),
    "incident:notification": page(PAPERS),
    "incident:read": page(PAPERS),
    "incident:paper": page(PAPERS),
    "incident:json": page(PAPERS),
    "incident:route": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:section": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:child": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:draft": button(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:record_notified": page(NOTIFIERS, refused=BY_ITSELF - NOTIFIERS),
    "incident:tell_partners": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:withdraw": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:correct": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:late_reason": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:attachments": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:attachment": page(WHOLE_CASE),
    "incident:detach": button(NOTIFIERS, refused=WHOLE_CASE - NOTIFIERS),
    "incident:reference": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    "incident:awareness": page(NOTIFIERS | {"coordinator"}, refused=PAPERS - NOTIFIERS - {"coordinator"}),
    "incident:copy_received": page(NOTIFIERS | {"coordinator"}, refused=PAPERS - NOTIFIERS - {"coordinator"}),
    "rapid_reviews:record_sent": page(NOTIFIERS, refused=PAPERS - NOTIFIERS),
    # --- the register of what was sent ------------------------------------------------------------------------------
    "register:submission": page(PAPERS),
    "register:paper": page(PAPERS),
    "register:send": page(SENDING, refused=PAPERS - SENDING),
    "register:acknowledge": page({"coordinator", "la_notifier"}, refused=PAPERS - {"coordinator", "la_notifier"}),
    # --- where the links in messages lead ---------------------------------------------------------------------------
    "reminders:duty": page(moved=PAPERS),
    "reminders:news": page(moved=PAPERS),
    "deadlines:explanation": page(WHOLE_CASE),
    "deadlines:ledger": page(WHOLE_CASE),
    "deadlines:what_if": page(WHOLE_CASE),
    # When the authority became aware is corrected on the notification.
    "deadlines:correct": page(s409={"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "deadlines:delay": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    # It has not been met.
    "deadlines:lateness": page(s409=BY_ITSELF, refused=WHOLE_CASE - BY_ITSELF),
    # It is neither the clock that the plan follows nor a step of it.
    "deadlines:apply_plan": page(s409={"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "deadlines:finish_step": page(s409={"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    # Whether a notification is needed is decided on the notification.
    "deadlines:applies": page(s409={"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "deadlines:edition": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    # --- the rapid review -------------------------------------------------------------------------------------------
    "rapid_reviews:review": page(REVIEWING),
    "rapid_reviews:plan": page(REVIEWING),
    "rapid_reviews:section": page(REVIEWING),
    "rapid_reviews:meetings": page(REVIEWING),
    "rapid_reviews:criteria": page(REVIEWING),
    "rapid_reviews:learning": page(REVIEWING),
    "rapid_reviews:letter": page(REVIEWING),
    "rapid_reviews:comment": button(
        shows=REVIEWING - NOTIFIERS - {"reviewer", "auditor"}, refused=NOTIFIERS | {"reviewer", "auditor"}
    ),
    "rapid_reviews:settle_comment": button(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:meeting": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:meeting_edit": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:attendance": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:attendance_remove": button(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:criterion": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:point": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:point_edit": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:point_remove": button(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:action": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:action_edit": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:action_remove": button(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:open_sign_off": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "rapid_reviews:return_to_panel": page(CHAIRING, refused=REVIEWING - CHAIRING),
    # From here on it was sent, and the lead partners read it.
    "rapid_reviews:conclude": page(CHAIRING, refused=PAPERS - CHAIRING),
    "rapid_reviews:send": page({"coordinator"}, refused=PAPERS - {"coordinator"}),
    "rapid_reviews:response": page({"coordinator"}, refused=PAPERS - {"coordinator"}),
    "rapid_reviews:redecide": page(CHAIRING, refused=PAPERS - CHAIRING),
    # The partners have not been asked again (409).
    "rapid_reviews:conclude_again": page(s409=CHAIRING, refused=PAPERS - CHAIRING),
    "rapid_reviews:release": button({"coordinator"}, refused=PAPERS - {"coordinator"}),
    "rapid_reviews:paper": page(PAPERS),
    "rapid_reviews:paper_for_signing": page(REVIEWING, refused={"senior_partner"}),
    # Released to the agencies: their leads read the report, and no more.
    "rapid_reviews:review (released)": page(PAPERS | {"agency_lead"}),
    "rapid_reviews:paper (released)": page(PAPERS | {"agency_lead"}),
    "rapid_reviews:meetings (released)": page(REVIEWING, refused={"senior_partner", "agency_lead"}),
    # --- what each agency knows: its own, and the coordinators; the review's readers once it is released ------------
    "agency_returns:request": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "agency_returns:chronology": page(RETURNS),
    "agency_returns:return": page(WRITERS | {"coordinator"}),
    # The colleague who was asked to write this one was not asked for that one.
    "agency_returns:return (released)": page(RETURNS | AGENCY),
    "agency_returns:attachment": page(WRITERS | {"coordinator"}),
    # Written in already, so that it has arrived (409).
    "agency_returns:acknowledge": button(s409=WRITERS, refused={"coordinator"}),
    "agency_returns:who": button(shows=WRITERS, refused={"coordinator"}),
    "agency_returns:section": page(WRITERS, refused={"coordinator"}),
    "agency_returns:entry": page(WRITERS, refused={"coordinator"}),
    "agency_returns:entry_edit": page(WRITERS, refused={"coordinator"}),
    "agency_returns:entry_remove": button(WRITERS, refused={"coordinator"}),
    "agency_returns:attach": button(shows=WRITERS, refused={"coordinator"}),
    "agency_returns:detach": button(WRITERS, refused={"coordinator"}),
    "agency_returns:ready": button(WRITERS, refused={"coordinator"}),
    "agency_returns:colleague": page(LEADS, refused={"referrer", "coordinator"}),
    "agency_returns:submit": page(LEADS, refused={"referrer", "coordinator"}),
    "agency_returns:nil": page(LEADS, refused={"referrer", "coordinator"}),
    "agency_returns:accept": page({"coordinator"}, refused=WRITERS),
    "agency_returns:clarify": page({"coordinator"}, refused=WRITERS),
    # It has not been sent (409).
    "agency_returns:release": button(s409={"coordinator"}, refused=WRITERS),
    "agency_returns:withdraw": page({"coordinator"}, refused=WRITERS),
    "agency_returns:chase": button({"coordinator"}, refused=WRITERS),
    # --- the local review -------------------------------------------------------------------------------------------
    "lcspr:open": page({"coordinator"}, refused=PAPERS - {"coordinator"}),
    "lcspr:review": page(REVIEWING),
    "lcspr:report": page(REVIEWING),
    "lcspr:section": page(REVIEWING),
    "lcspr:review (approved)": page(PAPERS),
    "lcspr:report (approved)": page(PAPERS),
    "lcspr:paper": page(PAPERS),
    "lcspr:paper_for_signing": page(PAPERS),
    # A communications officer has the publication pack, and nothing else of the case.
    "lcspr:pack": page(PAPERS | {"comms_officer"}),
    "lcspr:pack_paper": page(PAPERS | {"comms_officer"}),
    "lcspr:reopen_report": page(CHAIRING, refused=PAPERS - CHAIRING),
    "lcspr:repository_copy": page({"coordinator"}, refused=PAPERS - {"coordinator"}),
    "lcspr:terms": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "lcspr:agree_terms": page(CHAIRING | {"partner"}, refused=REVIEWING - CHAIRING - {"partner"}),
    "lcspr:appoint": page({"coordinator", "partner"}, refused=REVIEWING - {"coordinator", "partner"}),
    "lcspr:remove_reviewer": page({"coordinator", "partner"}, refused=REVIEWING - {"coordinator", "partner"}),
    "lcspr:discontinue": page({"coordinator"}, refused=REVIEWING - {"coordinator"}),
    "lcspr:hand_in": page(CHAIRING | {"reviewer"}, refused=REVIEWING - CHAIRING - {"reviewer"}),
    "lcspr:hand_back": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "lcspr:take_up_again": page({"coordinator"}, refused=REVIEWING - {"coordinator"}),
    "lcspr:recommend": page(CHAIRING | {"reviewer"}, refused=REVIEWING - CHAIRING - {"reviewer"}),
    "lcspr:reword": page(CHAIRING | {"reviewer"}, refused=REVIEWING - CHAIRING - {"reviewer"}),
    "lcspr:take_back": page(CHAIRING | {"reviewer"}, refused=REVIEWING - CHAIRING - {"reviewer"}),
    "lcspr:comment": button(shows=REVIEWING - NOTIFIERS - {"auditor"}, refused=NOTIFIERS | {"auditor"}),
    "lcspr:settle_comment": button(CHAIRING | {"reviewer"}, refused=REVIEWING - CHAIRING - {"reviewer"}),
    "lcspr:open_sign_off": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "lcspr:conclude": page(CHAIRING, refused=REVIEWING - CHAIRING),
    "lcspr:decision_notice": page({"coordinator"}, refused=REVIEWING - {"coordinator"}),
    "lcspr:reviewer_notice": page({"coordinator"}, refused=REVIEWING - {"coordinator"}),
    "lcspr:delay": page({"coordinator"}, refused=REVIEWING - {"coordinator"}),
    "lcspr:monitor": page(CHAIRING | {"partner"}, refused=REVIEWING - CHAIRING - {"partner"}),
    "lcspr:family": page(CHAIRING | {"reviewer"}, refused=REVIEWING - CHAIRING - {"reviewer"}),
    "lcspr:copy_sent": page({"coordinator"}, refused=PAPERS - {"coordinator"}),
    "lcspr:plan_publication": page({"coordinator"}, refused=PAPERS - {"coordinator"}),
    "lcspr:publish": page({"coordinator"}, refused=PAPERS - {"coordinator"}),
    "lcspr:improvements_only": page({"coordinator"}, refused=PAPERS - {"coordinator"}),
    # --- what must change: the review's readers, and the owner of an action its own ---------------------------------
    "improvements:case": page(PAPERS),
    "improvements:recommend": page(CHAIRING | {"reviewer"}, refused=PAPERS - CHAIRING - {"reviewer"}),
    "improvements:plan": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "improvements:reword": page(CHAIRING | {"reviewer"}, refused=PAPERS - CHAIRING - {"reviewer"}),
    "improvements:withdraw": page(CHAIRING | {"reviewer"}, refused=PAPERS - CHAIRING - {"reviewer"}),
    "improvements:action": page(PAPERS | {"action_owner"}),
    "improvements:evidence_file": page(PAPERS | {"action_owner"}),
    "improvements:report": page({"coordinator", "action_owner"}, refused=PAPERS - {"coordinator"}),
    "improvements:evidence": page({"coordinator", "action_owner"}, refused=PAPERS - {"coordinator"}),
    "improvements:accept": page({"coordinator"}, refused=PAPERS - {"coordinator"} | {"action_owner"}),
    "improvements:target": page({"coordinator"}, refused=PAPERS - {"coordinator"} | {"action_owner"}),
    "improvements:not_pursue": page({"coordinator"}, refused=PAPERS - {"coordinator"} | {"action_owner"}),
    "improvements:reopen": page({"coordinator"}, refused=PAPERS - {"coordinator"} | {"action_owner"}),
    "improvements:impact": page({"coordinator"}, refused=PAPERS - {"coordinator"} | {"action_owner"}),
    # --- the case: its page, its people, its team -------------------------------------------------------------------
    "caseload:case": page(WHOLE_CASE),
    # The clock is open in the case of side one.
    "caseload:chase": button(CHAIRING - {"conflicted"}, refused=WHOLE_CASE - CHAIRING),
    "caseload:clocks": page(WHOLE_CASE),
    "caseload:history": page(
        {"coordinator", "partner", "auditor"}, refused=WHOLE_CASE - {"coordinator", "partner", "auditor"}
    ),
    "cases:people": page(PAPERS),
    "cases:child": page(PAPERS),
    "cases:person": page(PAPERS),
    "cases:reveal": page(IDENTITIES, refused=PAPERS - IDENTITIES),
    "cases:reveal_person": page(IDENTITIES, refused=PAPERS - IDENTITIES),
    "cases:correct": button(shows={"coordinator"}, refused=PAPERS - {"coordinator"}),
    "cases:add_child": page({"coordinator", "la_notifier"}, refused=WHOLE_CASE - {"coordinator", "la_notifier"}),
    "cases:add_person": page({"coordinator", "la_notifier"}, refused=WHOLE_CASE - {"coordinator", "la_notifier"}),
    "cases:processes": page(WHOLE_CASE),
    "cases:add_process": page(CHAIRING, refused=WHOLE_CASE - CHAIRING),
    "cases:process": page(CHAIRING, refused=PAPERS - CHAIRING),
    "cases:team": page(WHOLE_CASE),
    "cases:assign": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "cases:unassign": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    # Whoever holds any part of the case may have to say that they know the family.
    "cases:conflict": page(PAPERS | AGENCY | {"comms_officer"}),
    "cases:record_conflict": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "cases:lift_conflict": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "cases:close": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "cases:reopen": page({"coordinator"}, refused=WHOLE_CASE - {"coordinator"}),
    "cases:hold": page({"coordinator", "legal_adviser"}, refused=WHOLE_CASE - {"coordinator", "legal_adviser"}),
}

assert {person for line in EXPECTED.values() for people in line.answers.values() for person in people} <= EVERYBODY
assert len(ROLES) == 17
