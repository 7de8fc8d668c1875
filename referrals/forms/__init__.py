from .pages import PageForm, agency_choices, form_for
from .verbs import (
    AnswerForm,
    AskForm,
    AttachForm,
    ConcludeForm,
    JoinForm,
    KindForm,
    MatchForm,
    ReasonForm,
    ReturnForm,
    RightRouteForm,
    StartForm,
    TokenForm,
)

__all__ = [
    "AnswerForm",
    "AskForm",
    "AttachForm",
    "ConcludeForm",
    "JoinForm",
    "KindForm",
    "MatchForm",
    "PageForm",
    "ReasonForm",
    "ReturnForm",
    "RightRouteForm",
    "StartForm",
    "TokenForm",
    "agency_choices",
    "form_for",
]
