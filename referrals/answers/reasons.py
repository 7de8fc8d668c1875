"""Why a review may be needed (specification 1.4), what was done well, and who outside is interested."""

from __future__ import annotations

from decisions.criteria import MUST, REVIEW_CRITERIA

from .incident import YES_NO_UNKNOWN
from .questions import Kind, Page, Question


def _reasons(codes: tuple[str, ...], owner: str) -> tuple[Question, ...]:
    return tuple(
        Question(
            f"why_{criterion.code}",
            "Why do you think so?",
            Kind.LONG,
            hint="Do not use names.",
            short=f"Why: {criterion.text[0].lower()}{criterion.text[1:]}",
            when=(owner, (criterion.code,)),
            needed=f"why you think that {criterion.text[0].lower()}{criterion.text[1:]}",
            longest=5000,
        )
        for criterion in REVIEW_CRITERIA
        if criterion.code in codes
    )


def _choices(codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return (
        *((criterion.code, criterion.text) for criterion in REVIEW_CRITERIA if criterion.code in codes),
        ("none", "None of these"),
        ("not_known", "Not known"),
    )


_MUST = tuple(criterion.code for criterion in REVIEW_CRITERIA if criterion.weight == MUST)
_SHOULD = tuple(criterion.code for criterion in REVIEW_CRITERIA if criterion.weight != MUST)

CRITERIA = Page(
    "criteria",
    "Which of these criteria does the case meet, or may it meet?",
    (
        Question(
            "criteria",
            "Which of these criteria does the case meet, or may it meet?",
            Kind.SEVERAL,
            _choices(_MUST),
            hint="Select all that apply. The partners decide: say what you think.",
            short="Criteria that may be met",
            needed="which criteria the case may meet",
            exclusive=("none", "not_known"),
        ),
        *_reasons(_MUST, "criteria"),
    ),
)
CIRCUMSTANCES = Page(
    "circumstances",
    "Do any of these circumstances apply?",
    (
        Question(
            "circumstances",
            "Do any of these circumstances apply?",
            Kind.SEVERAL,
            _choices(_SHOULD),
            hint="Select all that apply. The partners should also have regard to these.",
            short="Circumstances that may apply",
            exclusive=("none", "not_known"),
        ),
        *_reasons(_SHOULD, "circumstances"),
    ),
)
CONCERNS = Page(
    "concerns",
    "How did agencies work together?",
    (
        Question(
            "concerns",
            "What are your concerns about how agencies worked together?",
            Kind.LONG,
            hint="Do not use names.",
            short="Concerns about how agencies worked together",
            optional=True,
            longest=20_000,
        ),
        Question(
            "good_practice",
            "What was done well?",
            Kind.LONG,
            hint="Good practice that others should know about. Do not use names.",
            short="Good practice",
            optional=True,
            longest=20_000,
        ),
    ),
)
MEDIA = Page(
    "media",
    "Is there media or public interest?",
    (
        Question(
            "media",
            "Is there media or public interest?",
            Kind.ONE,
            YES_NO_UNKNOWN,
            short="Media or public interest",
            needed="whether there is media interest",
        ),
        Question(
            "media_details",
            "What kind of interest?",
            Kind.LONG,
            short="Kind of interest",
            when=("media", ("yes",)),
            optional=True,
            longest=5000,
        ),
    ),
)
