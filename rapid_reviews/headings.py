"""The headings of the report that are written as text (specification 2.4).

The report also shows, from their own rows: agencies' returns, key events, the criteria, learning and actions, the
meetings and the partners' signatures.
"""

HEADINGS: tuple[tuple[str, str, str], ...] = (
    (
        "children",
        "The children",
        "Each child by pseudonym: age, sex, ethnicity, faith, culture and language, disability and health, education, "
        "legal status, where they lived and with whom.",
    ),
    (
        "other-children",
        "Other children and their safety now",
        "Every other child who may be at risk, and what has been done at once to keep them safe.",
    ),
    (
        "incident",
        "The incident",
        "When and where, what happened to the child, what is known of injuries or cause of death, who is suspected.",
    ),
    (
        "parallel-processes",
        "Other processes under way",
        "Criminal, coronial, family court, child death review and others; what each means for this review.",
    ),
    (
        "involvement",
        "Agencies' involvement",
        "In short: which agencies knew the family, when and how. A table made from the accepted returns follows.",
    ),
    (
        "timeline",
        "Key events",
        "Only what is needed to understand the practice. A table of the entries marked as key events follows.",
    ),
    (
        "lived-experience",
        "The child's lived experience and voice",
        "What daily life was like, and what the child said or showed.",
    ),
    (
        "family-context",
        "The family and its context",
        "Fathers and partners, domestic abuse, substance use, mental health, adverse experiences, poverty and housing, "
        "and how racism and other inequalities may have shaped experience and practice.",
    ),
    (
        "analysis",
        "Analysis of key practice episodes",
        "What happened and why; what was good; what should change. Judge by what could be known at the time.",
    ),
    (
        "earlier-learning",
        "Earlier reviews and national themes",
        "Links to previous local reviews and audits, and to themes of national reviews.",
    ),
    (
        "learning",
        "Learning",
        "The learning so far. The learning points and immediate actions follow from their own page.",
    ),
    ("dissemination", "Sharing the learning", "Who will hear what, by when, and how you will know it was taken up."),
    (
        "recommendation",
        "Recommendation and why",
        "Why a local review is or is not recommended, what further review would add, and whether the case is complex "
        "or of national importance.",
    ),
    (
        "if-review",
        "If there is to be a local review",
        "Key lines of enquiry, the period to look at, the method, the reviewer, the family's part and the timetable.",
    ),
    (
        "if-no-review",
        "If there is to be no local review",
        "What will be done instead to learn from this case.",
    ),
    ("family-told", "Telling the family", "Who has been told what, by whom and when; what they have said."),
)
KEYS = frozenset(key for key, _, _ in HEADINGS)
