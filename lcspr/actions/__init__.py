from .commissioning import agree_terms, appoint_reviewer, discontinue, open_review, remove_reviewer, set_terms
from .delays import give_delay_notice, monitor, record_family_contact
from .national import record_decision_notice, record_reviewer_notice
from .publishing import (
    NamesFound,
    NoticeTooShort,
    names_in_report,
    plan_publication,
    publish,
    publish_improvements_only,
    record_copy_sent,
)
from .signing import conclude_sign_off, open_sign_off
from .writing import NotComplete, comment_on, hand_back, hand_in, settle_comment, write

__all__ = [
    "NamesFound",
    "NotComplete",
    "NoticeTooShort",
    "agree_terms",
    "appoint_reviewer",
    "comment_on",
    "conclude_sign_off",
    "discontinue",
    "give_delay_notice",
    "hand_back",
    "hand_in",
    "monitor",
    "names_in_report",
    "open_review",
    "open_sign_off",
    "plan_publication",
    "publish",
    "publish_improvements_only",
    "record_copy_sent",
    "record_decision_notice",
    "record_family_contact",
    "record_reviewer_notice",
    "remove_reviewer",
    "set_terms",
    "settle_comment",
    "write",
]
