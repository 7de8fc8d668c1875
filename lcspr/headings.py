"""The sections of a local review's report (specification 2.5; SI 2018/789 reg 15)."""

SECTIONS = (
    ("introduction", "Introduction", "Why this review was carried out, by whom, and how. Name the reviewer."),
    ("child", "The child", "Who the child was, in their own right: their days, their voice, what mattered to them."),
    (
        "family",
        "The family and its context",
        "Strengths, identity, culture and inequality, without what would identify them.",
    ),
    ("events", "What happened", "The key events and practice episodes, no longer than the analysis needs."),
    (
        "analysis",
        "Analysis",
        "Why things were done or not done: the systemic or underlying reasons, as seen at the time, without hindsight.",
    ),
    ("good_practice", "Good practice", "What helped, and why."),
    ("learning", "What we have learned", "The learning, and what has already changed."),
    (
        "improvements",
        "Summary of recommended improvements",
        "What should be improved by persons in the area. The recommendations follow this section by themselves.",
    ),
    ("response", "The partnership's response", "What the safeguarding partners will do."),
)
# The regulation asks for these two; a report without them is not ready.
NEEDED = ("analysis", "improvements")

SUITABILITY = (
    (
        "knowledge",
        "Professional knowledge, understanding and practice, and able to engage practitioners, children and families",
    ),
    ("research", "Knows and understands relevant research on safeguarding children"),
    ("complexity", "Recognises the complex circumstances in which practitioners work together"),
    ("viewpoint", "Understands practice from the viewpoint of those involved at the time, without hindsight"),
    ("communication", "Communicates findings effectively"),
    ("conflict", "Real or perceived conflict of interest has been considered"),
)
