from .linking import LinkForm
from .pages import PageForm, agency_choices, form_for
from .verbs import (
    AnswerForm,
    AskForm,
    AttachForm,
    AuthoritiesForm,
    ConcludeForm,
    JoinForm,
    KeepingForm,
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
    "AuthoritiesForm",
    "ConcludeForm",
    "JoinForm",
    "KeepingForm",
    "KindForm",
    "LinkForm",
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
