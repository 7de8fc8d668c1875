"""The children, asked for one at a time. Any of it may be unknown, and the child may not be born yet."""

from __future__ import annotations

from cases import codes
from cases.models import Case

from .questions import OTHER_CHILDREN, Group, Kind, Page, Question

HAVE_IT = (("yes", "Yes"), ("not_known", "Not known"), ("not_asked", "Not asked"), ("withheld", "Withheld"))
ATTENDS = ("preschool", "school", "alternative", "part_time", "excluded", "fe")

IDENTITY = Page(
    "identity",
    "{one}: who is the child?",
    (
        Question(
            "subject",
            "Is this a child who died or was harmed?",
            Kind.ONE,
            (
                ("subject", "Yes"),
                ("sibling", "No, a brother or sister"),
                ("other", "No, another child who may be affected"),
                ("not_known", "Not known"),
            ),
            short="Part in the incident",
            needed="whether this child died or was harmed",
        ),
        Question(
            "siblings",
            "Whose brother or sister is this child?",
            Kind.SEVERAL,
            hint="Select all that apply. Leave this blank if none of the other children is a brother or sister.",
            short="Brother or sister of",
            needed="whose brother or sister the child is",
            missed_after=("subject", ("sibling",)),
            names=OTHER_CHILDREN,
        ),
        Question(
            "born",
            "Has the child been born?",
            Kind.ONE,
            (("born", "Yes"), ("unborn", "No, not born yet")),
            short="Born",
            needed="whether the child has been born",
        ),
        Question(
            "born_on",
            "Date of birth",
            Kind.APPROXIMATE_DATE,
            hint="For example, 31 3 2020. If you only know the month or the year, leave the rest blank.",
            when=("born", ("born",)),
            needed="the date of birth",
            identity=True,
            past=True,
        ),
        Question(
            "expected_on",
            "Expected date of delivery",
            Kind.APPROXIMATE_DATE,
            hint="For example, 27 3 2026. If you only know the month, leave the day blank.",
            when=("born", ("unborn",)),
            needed="the expected date of delivery",
            identity=True,
        ),
        Question(
            "full_name",
            "Full name",
            hint="Leave this blank if the child has no name yet or you do not know it.",
            needed="the child’s name",
            identity=True,
            once_born=True,
        ),
        Question(
            "other_names",
            "Other names the child is known by",
            short="Other names",
            identity=True,
            optional=True,
        ),
    ),
)
NUMBERS = Page(
    "numbers",
    "{one}: NHS number and pupil number",
    (
        Question(
            "nhs_known",
            "Do you have the NHS number?",
            Kind.ONE,
            HAVE_IT,
            short="NHS number given",
            needed="the NHS number",
        ),
        Question(
            "nhs_number",
            "NHS number",
            Kind.NHS_NUMBER,
            hint="It is 10 digits, like 999 123 4567",
            when=("nhs_known", ("yes",)),
            needed="the NHS number",
            identity=True,
        ),
        Question(
            "upn_known",
            "Do you have the unique pupil number (UPN)?",
            Kind.ONE,
            HAVE_IT,
            short="Unique pupil number given",
            optional=True,
        ),
        Question(
            "upn",
            "Unique pupil number",
            Kind.UPN,
            hint="It is 13 characters, like A123456789012",
            when=("upn_known", ("yes",)),
            identity=True,
            optional=True,
        ),
        Question(
            "local_id",
            "Local authority’s own number for the child",
            hint="For example, the number in the social care record.",
            short="Local authority number",
            identity=True,
            optional=True,
            longest=40,
        ),
    ),
    once_born=True,
)
ADDRESS = Page(
    "address",
    "{one}: where does the child live?",
    (
        Question(
            "address_known",
            "Do you have the child’s address?",
            Kind.ONE,
            (
                ("yes", "Yes"),
                ("no_fixed", "The child has no fixed address"),
                ("not_known", "Not known"),
                ("withheld", "Withheld"),
            ),
            short="Address given",
            needed="the child’s address",
        ),
        Question(
            "address",
            "Address",
            Kind.LONG,
            when=("address_known", ("yes",)),
            needed="the child’s address",
            identity=True,
            longest=500,
        ),
        Question(
            "postcode",
            "Postcode",
            Kind.POSTCODE,
            when=("address_known", ("yes",)),
            needed="the postcode",
            identity=True,
        ),
    ),
)
ABOUT = Page(
    "about",
    "{one}: about the child",
    (
        Question("sex", "Sex", Kind.ONE, tuple(codes.SEX), needed="the child’s sex", once_born=True),
        Question(
            "ethnicity", "Ethnic group", Kind.ONE_OF_MANY, tuple(codes.ETHNICITY), needed="the child’s ethnic group"
        ),
        Question(
            "ethnicity_described",
            "How the child or family describe it",
            hint="For example, Cornish.",
            short="Ethnic group, as the family describe it",
            optional=True,
        ),
        Question(
            "disability",
            "Is the child disabled?",
            Kind.ONE,
            tuple(codes.KNOWN),
            short="Disabled",
            needed="whether the child is disabled",
            once_born=True,
        ),
        Question(
            "disabilities",
            "What does it affect?",
            Kind.SEVERAL,
            tuple(codes.DISABILITY),
            hint="Select all that apply.",
            short="Disability",
            when=("disability", ("yes",)),
            optional=True,
        ),
    ),
)
SERVICES = Page(
    "services",
    "{one}: doctor and school",
    (
        Question("gp", "GP practice", identity=True, optional=True),
        Question(
            "education",
            "Where is the child educated or looked after by day?",
            Kind.ONE,
            tuple(codes.EDUCATION),
            short="Education",
            needed="whether the child is in education",
        ),
        Question(
            "school",
            "School, college or nursery, if the child goes to one",
            short="School, college or nursery",
            when=("education", ATTENDS),
            needed="the school, college or nursery",
            identity=True,
        ),
    ),
    once_born=True,
)
CARE = Page(
    "care",
    "{one}: legal status and care",
    (
        Question(
            "looked_after",
            "Is the child looked after by a local authority?",
            Kind.ONE,
            tuple(codes.KNOWN),
            short="Looked after",
            needed="whether the child is looked after",
        ),
        Question(
            "responsible_la",
            "Which local authority is responsible?",
            Kind.ONE,
            (("other", "Another local authority"), ("not_known", "Not known")),
            short="Responsible local authority",
            when=("looked_after", ("yes",)),
            needed="the local authority responsible for the child",
            names="authorities",
        ),
        Question(
            "care_leaver",
            "Is the child or young person a care leaver?",
            Kind.ONE,
            tuple(codes.KNOWN),
            hint="Someone who has left care, up to and including the age of 24.",
            short="Care leaver",
            needed="whether the child is a care leaver",
        ),
        Question("legal_status", "Legal status", Kind.ONE_OF_MANY, tuple(codes.LEGAL_STATUS), optional=True),
        Question("placement", "Where the child was living", Kind.ONE_OF_MANY, tuple(codes.PLACEMENT), optional=True),
    ),
)
PLANS = Page(
    "plans",
    "{one}: plans",
    (
        Question(
            "child_in_need",
            "Is there a child in need plan?",
            Kind.ONE,
            tuple(codes.PLAN),
            short="Child in need plan",
            needed="whether there is a child in need plan",
        ),
        Question(
            "child_protection",
            "Is there a child protection plan?",
            Kind.ONE,
            tuple(codes.PLAN),
            short="Child protection plan",
            needed="whether there is a child protection plan",
        ),
        Question(
            "child_protection_category",
            "Category of the plan, if there is or was one",
            Kind.ONE,
            tuple(codes.CP_CATEGORY),
            short="Category of the plan",
            when=("child_protection", ("current", "previous")),
            optional=True,
        ),
        Question(
            "known_to_agency",
            "Was the child known to your agency before this?",
            Kind.ONE,
            tuple(codes.KNOWN),
            short="Known to the referring agency",
            needed="whether your agency knew the child",
        ),
    ),
)
SAFETY = Page(
    "safety",
    "{one}: harm, and safety now",
    (
        Question(
            "harm",
            "What happened to this child?",
            Kind.ONE,
            (
                (Case.Harm.DEATH.value, "The child died"),
                (Case.Harm.SERIOUS_HARM.value, "The child was seriously harmed"),
                (Case.Harm.OTHER.value, "Something else"),
                ("none", "Nothing, as far as is known"),
                ("not_known", "Not known"),
            ),
            short="What happened to this child",
            needed="what happened to this child",
        ),
        Question(
            "died_on",
            "Date of death",
            Kind.APPROXIMATE_DATE,
            when=("harm", ("death",)),
            needed="the date of death",
            past=True,
        ),
        Question(
            "safety",
            "How is this child being kept safe now?",
            Kind.LONG,
            hint="Where the child is, who is with them and what has been put in place. Do not use names or addresses.",
            short="Safety now",
            when=("harm", ("serious_harm", "other", "none", "not_known")),
            needed="how the child is being kept safe now",
            longest=20_000,
        ),
    ),
)
CHILDREN = Group(
    "child",
    "Child",
    "Children",
    "Add a child",
    (IDENTITY, NUMBERS, ADDRESS, ABOUT, SERVICES, CARE, PLANS, SAFETY),
    missing="the children",
    lead="Add every child who died or was harmed, including a child who is not born yet, and their brothers and "
    "sisters.",
)
