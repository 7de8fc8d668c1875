"""The people around the children, the agencies that know them and what else is under way (specification 4.6)."""

from __future__ import annotations

from cases import codes

from .incident import YES_NO_UNKNOWN
from .questions import Group, Kind, Page, Question

WHO = Page(
    "who",
    "{one}: who are they?",
    (
        Question(
            "relationship",
            "Relationship to the child",
            Kind.ONE,
            (*codes.RELATIONSHIP, ("not_known", "Not known")),
            needed="the relationship to the child",
        ),
        Question(
            "relationship_described",
            "If it is another relationship, what is it?",
            short="Relationship, described",
            when=("relationship", ("other_relative", "other")),
            optional=True,
            longest=100,
        ),
        Question("full_name", "Full name", needed="the person’s name", identity=True),
        Question("other_names", "Other names they are known by", short="Other names", identity=True, optional=True),
        Question(
            "born_on",
            "Date of birth",
            Kind.APPROXIMATE_DATE,
            hint="If you only know the month or the year, leave the rest blank.",
            identity=True,
            past=True,
        ),
    ),
)
PART = Page(
    "part",
    "{one}: their part in the child’s life",
    (
        Question(
            "in_household",
            "Do they live with the child?",
            Kind.ONE,
            YES_NO_UNKNOWN,
            short="Lives with the child",
            needed="whether this person lives with the child",
        ),
        Question(
            "address",
            "Address, if it is not the child’s",
            Kind.LONG,
            short="Address",
            when=("in_household", ("no",)),
            identity=True,
            optional=True,
            longest=500,
        ),
        Question(
            "parental_responsibility",
            "Do they have parental responsibility?",
            Kind.ONE,
            tuple(codes.KNOWN),
            short="Parental responsibility",
            needed="whether this person has parental responsibility",
        ),
        Question(
            "suspected_of_harm",
            "Are they thought to have caused the harm?",
            Kind.ONE,
            YES_NO_UNKNOWN,
            short="Thought to have caused the harm",
            needed="whether this person is thought to have caused the harm",
        ),
        Question(
            "note", "Anything else we should know", Kind.LONG, hint="Do not use names.", optional=True, longest=5000
        ),
    ),
)
PEOPLE = Group(
    "person",
    "Person",
    "Household and significant people",
    "Add a person",
    (WHO, PART),
    missing="the household and significant people",
    lead="Parents, carers, other adults in the home, and anyone else important in the child’s life, fathers included. "
    "Add brothers and sisters under Children.",
)

INVOLVEMENT = Page(
    "involvement",
    "{one}: how is it involved?",
    (
        Question(
            "agency",
            "Which agency is it?",
            Kind.ONE_OF_MANY,
            (("other", "Another agency"),),
            short="Agency",
            needed="which agency it is",
            names="agencies",
        ),
        Question(
            "agency_name",
            "Name of the agency, if it is another",
            short="Name of the agency",
            when=("agency", ("other",)),
            needed="the name of the agency",
        ),
        Question(
            "involved",
            "Is it working with the family now?",
            Kind.ONE,
            (("current", "Yes, now"), ("previous", "In the past"), ("not_known", "Not known")),
            short="Working with the family",
            optional=True,
        ),
        Question("involvement", "What is known of its involvement", Kind.LONG, optional=True, longest=5000),
    ),
)
AGENCIES = Group(
    "agency",
    "Agency",
    "Agencies known to be involved",
    "Add an agency",
    (INVOLVEMENT,),
    missing="the agencies known to be involved",
    lead="The agencies you know of that work with, or have worked with, the children or the family.",
)

PROCESS = Page(
    "process",
    "{one}: what is under way?",
    (
        Question("kind", "What is it?", Kind.ONE_OF_MANY, tuple(codes.PARALLEL_PROCESS), needed="what the process is"),
        Question("lead", "Who leads it", hint="A role or team.", optional=True),
        Question("process_reference", "Reference", optional=True, longest=100),
        Question("state", "Where it stands", hint="For example, “post-mortem arranged”.", optional=True),
        Question("next_on", "Next date", Kind.DATE, hint="For example, a court hearing.", optional=True),
    ),
)
PROCESSES = Group(
    "process",
    "Process",
    "Other processes under way",
    "Add a process",
    (PROCESS,),
    lead="For example a criminal investigation, an inquest, care proceedings or another kind of review.",
)
