"""What the demonstration's cases are about. Every child, family, street and event is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One incident in the words that the agencies of the demonstration use for it."""

    key: str
    title: str
    harm: str
    harm_type: str
    abuse: tuple[str, ...]
    description: str
    why: str
    child_name: str
    child_born: str
    age: int | None
    sex: str
    ethnicity: str
    location: str
    place: str
    concern: str
    good: str
    unborn: bool = False
    sibling: tuple[str, str] | None = None
    looked_after: str = "no"
    protection_plan: str = "never"


HEAD_INJURY = Story(
    "head_injury",
    "A baby with a head injury",
    "serious_harm",
    "NAI_HEAD",
    ("physical",),
    "A baby was brought to the emergency department by a parent, drowsy and with bruising to the face. A scan showed "
    "bleeding on the brain and healing rib fractures. The explanation given does not account for the injuries.",
    "The paediatric opinion is that the injuries are likely to have been inflicted on more than one occasion.",
    "Robin Example",
    "2026-03-02",
    0,
    "female",
    "WBRI",
    "family_home",
    "Westmoor",
    "A bruise was seen at the six-week check and at a weight clinic. Each was recorded; nobody saw both records.",
    "The ward nurse noticed, asked, and wrote down the answer word for word.",
    sibling=("Jay Example", "2022-06-11"),
)
SUICIDE = Story(
    "suicide",
    "The death of a young person at home",
    "death",
    "SUICIDE_SUSPECTED",
    ("emotional", "neglect"),
    "A young person was found dead at home by a relative. The death is thought to be suicide. There had been contact "
    "with mental health services and the school about self-harm in the months before.",
    "Neglect was known to services, and the young person had spoken at school of being afraid to go home.",
    "Sky Sample",
    "2010-11-19",
    15,
    "not_known",
    "MWBC",
    "family_home",
    "Westmoor",
    "Three referrals were closed within a day of each other because each service believed another was leading.",
    "A teacher kept seeing the young person every morning, whatever the timetable said.",
)
NEGLECT = Story(
    "neglect",
    "Three children found without care",
    "serious_harm",
    "NEGLECT_SEVERE",
    ("neglect",),
    "Police attended an address after a call from a neighbour and found three children alone, underweight and with "
    "untreated infections. The youngest needed intensive care.",
    "The home had no food or heating. Professionals had been refused entry several times over the winter.",
    "Ash Instance",
    "2023-01-30",
    3,
    "male",
    "WBRI",
    "family_home",
    "Westmoor",
    "Missed appointments were recorded as the parents' choice, not as what the children were going without.",
    "The neighbour called, and called again.",
    sibling=("Wren Instance", "2020-09-05"),
    protection_plan="previous",
)
SLEEP = Story(
    "sleep",
    "The sudden death of a baby",
    "death",
    "SUDI_SUDC",
    ("neglect",),
    "A baby died suddenly while sleeping on a sofa with an adult who had been drinking. The cause of death has not "
    "been ascertained.",
    "Safe sleeping had been discussed, and the circumstances at home had changed since.",
    "Lark Placeholder",
    "2026-05-20",
    0,
    "male",
    "ABAN",
    "family_home",
    "Fell Isles",
    "A move between the islands and the mainland meant that records arrived after the death.",
    "The health visitor gave the same advice in the family's own language, and checked that it was understood.",
)
EXPLOITATION = Story(
    "exploitation",
    "A young person stabbed",
    "serious_harm",
    "SERIOUS_VIOLENCE_WEAPON",
    ("physical", "emotional"),
    "A young person was stabbed by another young person and has lasting injuries. Both are thought to be exploited by "
    "adults to carry drugs.",
    "Repeated episodes of going missing, unexplained money and injuries were known to several services.",
    "Reed Figment",
    "2011-02-14",
    15,
    "male",
    "BCRB",
    "public_place",
    "Westmoor",
    "He was treated as an offender by one service and as a child at risk by another, in the same week.",
    "The youth worker stayed in touch through every change of school.",
    looked_after="yes",
    protection_plan="previous",
)
UNBORN = Story(
    "unborn",
    "Harm to an unborn child and her mother",
    "serious_harm",
    "DOMESTIC_ABUSE_CHILD",
    ("physical",),
    "A pregnant woman was assaulted by her partner at 34 weeks. The baby was delivered as an emergency and is expected "
    "to have lasting impairment.",
    "The assault followed a history of domestic abuse known to police and maternity services.",
    "",
    "",
    None,
    "not_known",
    "WOTH",
    "family_home",
    "Westmoor",
    "Each call was risk-assessed on its own. Nobody looked at the pattern of the last three months.",
    "The midwife asked about safety at every appointment, alone.",
    unborn=True,
)
FIRE = Story(
    "fire",
    "A house fire",
    "death",
    "ACCIDENT_NEGLECT",
    ("neglect",),
    "Two children died in a fire at home. They had been left alone overnight.",
    "Supervision had been a concern for a year.",
    "Marlo Invented",
    "2019-08-08",
    7,
    "female",
    "WROM",
    "family_home",
    "Westmoor",
    "The family moved between three areas in two years, and each began again from the beginning.",
    "Neighbours had been asked to say if they were worried, and one did.",
)
INGESTION = Story(
    "ingestion",
    "A toddler poisoned by a parent's medicine",
    "serious_harm",
    "POISONING_SUBSTANCE",
    ("neglect",),
    "A toddler swallowed a parent's prescribed medicine and needed intensive care. It is the second time.",
    "Storage of medicine had been discussed after the first time. Nothing had been checked since.",
    "Tansy Madeup",
    "2024-07-17",
    2,
    "female",
    "WBRI",
    "family_home",
    "Westmoor",
    "The service that prescribes to adults did not know that there was a child in the home.",
    "The ambulance crew brought the bottle with them, which saved an hour.",
)
EVERY = (HEAD_INJURY, SUICIDE, NEGLECT, SLEEP, EXPLOITATION, UNBORN, FIRE, INGESTION)

RETURN_SUMMARY = (
    "The child was known to this agency for the period shown. Contacts were recorded, and information was shared when "
    "it was asked for. There were two points at which more could have been understood.",
    "Our involvement was brief. Staff followed the procedure in force and told the family what would happen next.",
    "We knew the family well. The plan was reviewed on time, but its actions depended on other services and nobody "
    "checked that they had happened.",
)
REPORT = {
    "introduction": "<p>This review was carried out because a child was seriously harmed and abuse or neglect was known. "
    "It looks at how agencies worked together, to learn from it and not to blame.</p>",
    "child": "<p>The child is spoken of by those who knew them as curious, quick to laugh, and close to a grandparent.</p>",
    "family": "<p>The family had moved twice. Money was short, and help was offered in forms that were hard to use.</p>",
    "events": "<p>Over eighteen months four services saw part of what was happening. None saw all of it.</p>",
    "analysis": "<p>Information was shared in the form of events and not of what they meant for the child. High workload "
    "and two record systems that do not speak to each other made it likely that a pattern would be missed.</p>"
    "<ul><li><p>Supervision looked at tasks more than at the child's day.</p></li>"
    "<li><p>Decisions made in one meeting were not known in the next.</p></li></ul>",
    "good_practice": "<p>Practitioners who went back, asked again and wrote down what the child said made a difference.</p>",
    "learning": "<p>When several services are involved, one of them must hold the whole picture, and all must know which.</p>",
    "improvements": "<p>One chronology for each child with three or more services, owned by a named lead.</p>",
    "response": "<p>The safeguarding partners accept the findings and have agreed the actions that follow.</p>",
}

# Section of the rapid review's report -> what the panel wrote there. A story says what it was concerned about itself.
REPORT_SECTIONS = {
    "parallel-processes": "The police are investigating. The lead officer has been asked what can be shared, and when.",
    "involvement": "Each agency that was asked has answered. What each knew at the time is in its summary.",
    "timeline": "The panel looked most closely at the three months before the incident.",
    "lived-experience": "Little was recorded in the child's own words. What is known comes from those who saw the "
    "child most often, and it was read out at the meeting.",
    "family-context": "Money was short and the home had changed several times. Relatives helped, and were not asked "
    "what they had seen.",
    "analysis": "{concern} The panel asked of each moment what was known, who knew it, and what made sense at the time.",
    "earlier-learning": "The partnership's last two reviews also found that information came late. The national "
    "panel's yearly reports say the same.",
    "learning": "{concern} It was not so everywhere: {good}",
    "dissemination": "A page for practitioners goes to every agency within a month. Team meetings discuss it, and the "
    "partnership asks in the spring what has changed.",
    "recommendation": "The panel's recommendation follows from the criteria as they are answered above.",
    "if-review": "A local review would ask why the agencies did not put together what each of them knew.",
    "if-no-review": "Without a local review, the partnership follows up the learning points and the immediate actions.",
    "family-told": "The social worker told the family in person that there is a rapid review, and how they can take "
    "part if a local review is carried out.",
}
