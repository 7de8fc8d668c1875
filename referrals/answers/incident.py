"""Who refers, and what happened (specification 4.1 and 2.3)."""

from __future__ import annotations

from cases import codes
from cases.models import Case

from .questions import Kind, Page, Question

YES_NO_UNKNOWN = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))

REFERRER = Page(
    "referrer",
    "Who should we contact about this referral?",
    (
        Question("contact_name", "Full name", needed="the name of the person to contact"),
        Question("contact_role", "Job title", optional=True),
        Question("contact_phone", "Telephone number", Kind.PHONE, optional=True, longest=40),
        Question("contact_email", "Email address", Kind.EMAIL, needed="an email address to reach you at"),
    ),
)
AWARENESS = Page(
    "awareness",
    "When did your agency find out?",
    (
        Question(
            "agency_aware_on",
            "Date your agency became aware of the incident",
            Kind.APPROXIMATE_DATE,
            hint="For example, 27 3 2026. If you only know the month or the year, leave the rest blank.",
            short="Your agency became aware on",
            needed="the date your agency became aware",
            past=True,
        ),
        Question(
            "agency_aware_at",
            "Time",
            Kind.TIME,
            hint="For example, 5:30pm",
            short="Time your agency became aware",
            optional=True,
        ),
    ),
)
TOLD = Page(
    "told",
    "Who has already been told about the incident?",
    (
        Question(
            "told",
            "Who has already been told about the incident?",
            Kind.SEVERAL,
            (
                ("social_care", "Children’s social care"),
                ("police", "Police"),
                ("coroner", "Coroner"),
                ("child_death", "Child death review partners"),
                ("ofsted", "Ofsted or another regulator"),
                ("nobody", "Nobody yet"),
                ("not_known", "Not known"),
            ),
            hint="Select all that apply.",
            short="Already told",
            needed="whether children’s social care and police have been told",
            exclusive=("nobody", "not_known"),
        ),
        Question(
            "social_care_told_on",
            "Date children’s social care was told",
            Kind.APPROXIMATE_DATE,
            hint="The local authority’s time to notify the incident may be counted from this date.",
            needed="the date children’s social care was told",
            when=("told", ("social_care",)),
            past=True,
        ),
        Question(
            "social_care_reference",
            "Children’s social care reference",
            when=("told", ("social_care",)),
            optional=True,
            longest=100,
        ),
        Question("police_reference", "Police reference", when=("told", ("police",)), optional=True, longest=100),
    ),
)
WHEN = Page(
    "when",
    "When did it happen?",
    (
        Question(
            "incident_on",
            "Date of the incident",
            Kind.APPROXIMATE_DATE,
            hint="For example, 27 3 2026. If you only know the month or the year, leave the rest blank. "
            "For harm over a period, give the date it was found.",
            needed="the date of the incident",
            past=True,
        ),
        Question(
            "incident_at", "Time", Kind.TIME, hint="For example, 5:30pm", short="Time of the incident", optional=True
        ),
    ),
)
WHERE = Page(
    "where",
    "Where did it happen?",
    (
        Question(
            "location",
            "What kind of place was it?",
            Kind.ONE,
            tuple(codes.LOCATION),
            short="Kind of place",
            needed="where it happened",
        ),
        Question(
            "place",
            "Describe the place",
            Kind.LONG,
            hint="Do not give an address. For example, “a holiday let near the harbour”.",
            short="Place",
            optional=True,
            longest=2000,
        ),
        Question(
            "outside_england",
            "Did it happen outside England?",
            Kind.ONE,
            YES_NO_UNKNOWN,
            short="Outside England",
            needed="whether it happened in England",
        ),
        Question("country", "Country", when=("outside_england", ("yes",)), needed="the country it happened in"),
    ),
)
AUTHORITIES = Page(
    "authorities",
    "Which local authorities are involved?",
    (
        Question(
            "incident_la",
            "Which local authority’s area did it happen in?",
            Kind.ONE,
            (("other", "Another local authority"), ("not_known", "Not known")),
            hint="This authority notifies the national Panel. If it happened outside England, choose the authority "
            "where the child normally lives.",
            short="Local authority of the incident",
            needed="the local authority where it happened",
            names="authorities",
        ),
        Question(
            "incident_la_name",
            "Name of the local authority",
            short="Local authority of the incident, by name",
            when=("incident_la", ("other",)),
            needed="the name of the local authority where it happened",
        ),
        Question(
            "home_la",
            "Which local authority’s area does the child normally live in?",
            Kind.ONE,
            (("other", "Another local authority"), ("not_known", "Not known")),
            short="Local authority where the child lives",
            needed="the local authority where the child normally lives",
            names="authorities",
        ),
        Question(
            "home_la_name",
            "Name of the home authority",
            short="Local authority where the child lives, by name",
            when=("home_la", ("other",)),
            needed="the name of the local authority where the child normally lives",
        ),
    ),
)
HARM = Page(
    "harm",
    "What harm was there?",
    (
        Question(
            "harm",
            "What has happened?",
            Kind.ONE,
            tuple(Case.Harm.choices),
            short="What has happened",
            needed="whether a child has died or been seriously harmed",
        ),
        Question(
            "harm_types",
            "What kind of harm is it?",
            Kind.SEVERAL,
            tuple(codes.HARM_TYPE),
            hint="Select all that apply.",
            short="Kind of harm",
            optional=True,
        ),
    ),
    lead="Serious harm includes serious or long-term impairment of mental health, or of intellectual, emotional, "
    "social or behavioural development, and impairment of physical health. A child may have been seriously harmed "
    "even if they recover, and a death includes a suspected suicide.",
)
DESCRIPTION = Page(
    "description",
    "What happened?",
    (
        Question(
            "description",
            "What happened?",
            Kind.LONG,
            hint="Say what is known so far, in the order it happened. Do not use names: write “the child”, “Child 2”, "
            "“the mother”.",
            short="What happened",
            needed="what happened",
            longest=20_000,
        ),
    ),
)
ABUSE = Page(
    "abuse",
    "Is abuse or neglect known or suspected?",
    (
        Question(
            "abuse",
            "Is abuse or neglect known or suspected?",
            Kind.ONE,
            (
                ("known", "Yes, it is known"),
                ("suspected", "Yes, it is suspected"),
                ("no", "No"),
                ("not_known", "Not known"),
            ),
            hint="As a cause of what happened, or as something that contributed to it.",
            short="Abuse or neglect",
            needed="whether abuse or neglect is known or suspected",
        ),
    ),
)
ABUSE_DETAILS = Page(
    "abuse-details",
    "About the abuse or neglect",
    (
        Question(
            "abuse_types",
            "What kind of abuse?",
            Kind.SEVERAL,
            tuple(codes.ABUSE),
            hint="Select all that apply.",
            short="Kind of abuse",
            needed="the kind of abuse",
        ),
        Question(
            "abuse_contexts",
            "Where does the abuse come from?",
            Kind.SEVERAL,
            tuple(codes.CONTEXT),
            hint="Select all that apply.",
            short="Where the abuse comes from",
            optional=True,
        ),
        Question(
            "abuse_suspected_on",
            "When was abuse or neglect first suspected?",
            Kind.APPROXIMATE_DATE,
            hint="It can be later than the incident, for example after a post-mortem.",
            short="Abuse or neglect first suspected on",
            needed="when abuse or neglect was first suspected",
            past=True,
        ),
        Question(
            "abuse_why",
            "Why is it known or suspected?",
            Kind.LONG,
            hint="Do not use names.",
            short="Why",
            needed="why abuse or neglect is known or suspected",
            longest=20_000,
        ),
        Question(
            "perpetrators",
            "Who is thought to be responsible?",
            Kind.SEVERAL,
            tuple(codes.PERPETRATOR),
            hint="Their relationship to the child. Select all that apply.",
            short="Thought to be responsible",
            optional=True,
        ),
    ),
    when=("abuse", "abuse", ("known", "suspected")),
)
