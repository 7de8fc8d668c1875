from .commissioning import (
    TermsIncomplete,
    agree_terms,
    appoint_reviewer,
    discontinue,
    open_review,
    remove_reviewer,
    set_terms,
    take_up_again,
)
from .dates import DateOutOfOrder
from .delays import give_delay_notice, monitor, record_family_contact
from .national import record_decision_notice, record_repository_copy, record_reviewer_notice
from .publishing import (
    NamesFound,
    NoticeTooShort,
    notice_too_short,
    plan_publication,
    publish,
    publish_improvements_only,
    record_copy_sent,
)
from .signing import conclude_sign_off, open_sign_off, reopen_report
from .writing import NotComplete, comment_on, hand_back, hand_in, recommend, reword, settle_comment, take_back, write

__all__ = [
    "DateOutOfOrder",
    "NamesFound",
    "NotComplete",
    "NoticeTooShort",
    "TermsIncomplete",
    "agree_terms",
    "appoint_reviewer",
    "comment_on",
    "conclude_sign_off",
    "discontinue",
    "give_delay_notice",
    "hand_back",
    "hand_in",
    "monitor",
    "notice_too_short",
    "open_review",
    "open_sign_off",
    "plan_publication",
    "publish",
    "publish_improvements_only",
    "recommend",
    "record_copy_sent",
    "record_decision_notice",
    "record_family_contact",
    "record_repository_copy",
    "record_reviewer_notice",
    "remove_reviewer",
    "reopen_report",
    "reword",
    "set_terms",
    "settle_comment",
    "take_back",
    "take_up_again",
    "write",
]
