"""Code lists of the domain (specification 7). Codes are stored; words are shown."""

from __future__ import annotations

KNOWN = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known"), ("not_asked", "Not asked"), ("withheld", "Withheld")]
PLAN = [
    ("current", "Current"),
    ("previous", "Previous"),
    ("never", "Never"),
    ("not_known", "Not known"),
]
SEX = [("female", "Female"), ("male", "Male"), ("not_known", "Not known")]
ETHNICITY = [
    ("WBRI", "White: English, Welsh, Scottish, Northern Irish or British"),
    ("WIRI", "White: Irish"),
    ("WIRT", "White: Gypsy or Irish Traveller"),
    ("WROM", "White: Roma"),
    ("WOTH", "White: any other White background"),
    ("MWBC", "Mixed: White and Black Caribbean"),
    ("MWBA", "Mixed: White and Black African"),
    ("MWAS", "Mixed: White and Asian"),
    ("MOTH", "Mixed: any other mixed background"),
    ("AIND", "Asian: Indian"),
    ("APKN", "Asian: Pakistani"),
    ("ABAN", "Asian: Bangladeshi"),
    ("CHNE", "Asian: Chinese"),
    ("AOTH", "Asian: any other Asian background"),
    ("BAFR", "Black: African"),
    ("BCRB", "Black: Caribbean"),
    ("BOTH", "Black: any other Black background"),
    ("ARAB", "Other: Arab"),
    ("OOTH", "Other: any other ethnic group"),
    ("NOT_STATED", "Not stated"),
    ("REFUSED", "Refused"),
    ("NOT_OBTAINED", "Not yet obtained"),
    ("UNKNOWN", "Not known"),
]
_GROUPS = {"W": "White", "M": "Mixed", "B": "Black"}
_ASIAN = {"AIND", "APKN", "ABAN", "CHNE", "AOTH"}
_UNKNOWN = {"NOT_STATED", "REFUSED", "NOT_OBTAINED", "UNKNOWN", ""}
DISABILITY = [
    ("MOB", "Mobility"),
    ("HAND", "Hand function"),
    ("PC", "Personal care"),
    ("INC", "Incontinence"),
    ("COMM", "Communication"),
    ("LD", "Learning disability"),
    ("HEAR", "Hearing"),
    ("VIS", "Vision"),
    ("BEH", "Behaviour"),
    ("CON", "Consciousness"),
    ("AUT", "Autism or Asperger syndrome"),
    ("DDA", "Other disability"),
]
CP_CATEGORY = [
    ("NEG", "Neglect"),
    ("PHY", "Physical abuse"),
    ("SAB", "Sexual abuse"),
    ("EMO", "Emotional abuse"),
    ("MUL", "Multiple"),
]
EDUCATION = [
    ("preschool", "Pre-school or early years"),
    ("school", "In school"),
    ("alternative", "Alternative provision"),
    ("ehe", "Electively home educated"),
    ("cme", "Missing education"),
    ("part_time", "Part-time timetable"),
    ("excluded", "Excluded"),
    ("fe", "Further education"),
    ("neet", "Not in education, employment or training"),
    ("not_applicable", "Not of school age"),
    ("not_known", "Not known"),
]
LEGAL_STATUS = [
    ("NONE", "None"),
    ("C1", "C1 Interim care order"),
    ("C2", "C2 Full care order"),
    ("D1", "D1 Freeing order"),
    ("E1", "E1 Placement order"),
    ("V2", "V2 Section 20, single period"),
    ("V3", "V3 Short breaks, episodes recorded"),
    ("V4", "V4 Short breaks, agreements only"),
    ("L1", "L1 Police protection in local authority accommodation"),
    ("L2", "L2 Emergency protection order"),
    ("L3", "L3 Child assessment order in local authority accommodation"),
    ("J1", "J1 Remand"),
    ("J2", "J2 Police and Criminal Evidence Act"),
    ("J3", "J3 Youth rehabilitation order with residence or intensive fostering"),
    ("CAO", "Child arrangements order"),
    ("SGO", "Special guardianship order"),
    ("SUPERVISION", "Supervision order"),
    ("ADOPTED", "Adopted"),
    ("MHA", "Detained under the Mental Health Act"),
    ("CUSTODY_SENTENCE", "Custodial sentence"),
    ("DOL_ORDER", "Deprivation of liberty order"),
    ("NOT_KNOWN", "Not known"),
]
PLACEMENT = [
    ("WITH_PARENTS", "With parent or parents"),
    ("WITH_RELATIVES", "With relatives, not looked after"),
    ("KINSHIP_SGO", "Kinship or special guardianship"),
    ("U1", "U1 Foster, relative or friend, long term"),
    ("U2", "U2 Foster, relative or friend who is also an approved adopter"),
    ("U3", "U3 Foster, relative or friend, other"),
    ("U4", "U4 Foster, other, long term"),
    ("U5", "U5 Foster, other, who is also an approved adopter"),
    ("U6", "U6 Foster, other"),
    ("H5", "H5 Semi-independent"),
    ("K1", "K1 Secure children's home"),
    ("K2", "K2 Children's home"),
    ("K3", "K3 Registered supported accommodation"),
    ("P1", "P1 Own parents or person with parental responsibility"),
    ("P2", "P2 Independent living"),
    ("P3", "P3 Residential employment"),
    ("R1", "R1 Residential care home"),
    ("R2", "R2 NHS or nursing"),
    ("R3", "R3 Family centre or mother and baby unit"),
    ("R5", "R5 Young offender institution"),
    ("S1", "S1 Residential school"),
    ("A3", "A3 Adoption with consent, current carer"),
    ("A4", "A4 Adoption with consent, other carer"),
    ("A5", "A5 Adoption with placement order, current carer"),
    ("A6", "A6 Adoption with placement order, other carer"),
    ("T0", "T0 Temporary move, any kind"),
    ("T1", "T1 Temporarily in hospital"),
    ("T2", "T2 Temporarily on holiday"),
    ("T3", "T3 Temporarily elsewhere while the foster carer is away"),
    ("T4", "T4 Temporarily elsewhere for 7 days or fewer"),
    ("Z1", "Z1 Other placement"),
    ("FRIENDS_HOMELESS", "Friends, or homeless"),
    ("HOSPITAL", "Hospital"),
    ("CUSTODY", "Custody or secure training centre"),
    ("REFUGE", "Refuge"),
    ("TEMPORARY", "Temporary accommodation"),
    ("SCHOOL_SELF_FUNDED", "Residential school, paid for by the family"),
    ("ABROAD", "Abroad"),
    ("MISSING", "Missing"),
    ("NOT_KNOWN", "Not known"),
]
LOCATION = [
    ("family_home", "Family home"),
    ("other_home", "Another home"),
    ("placement", "Placement"),
    ("school", "School"),
    ("hospital", "Hospital"),
    ("public_place", "Public place"),
    ("online", "Online"),
    ("custody", "Custody"),
    ("water", "Water or beach"),
    ("other", "Somewhere else"),
    ("not_known", "Not known"),
]
ABUSE = [
    ("physical", "Physical abuse"),
    ("emotional", "Emotional abuse"),
    ("sexual", "Sexual abuse"),
    ("neglect", "Neglect"),
]
CONTEXT = [
    ("intrafamilial", "Within the family"),
    ("extrafamilial", "Outside the family"),
    ("institutional", "Institutional"),
    ("online", "Online"),
    ("peer", "Child on child"),
]
HARM_TYPE = [
    ("FATAL_PHYS_INTRAFAM", "Fatal: physical abuse within the family"),
    ("FATAL_EXTRAFAM_ASSAULT", "Fatal: assault outside the family"),
    ("SUDI_SUDC", "Fatal: sudden unexpected death"),
    ("SUICIDE_SUSPECTED", "Fatal: suspected suicide"),
    ("NEGLECT_FATAL", "Fatal: neglect"),
    ("FILICIDE", "Fatal: killing by a parent or carer"),
    ("ACCIDENT_NEGLECT", "Fatal: fire, drowning or accident with neglect"),
    ("MEDICAL_NEGLECT", "Medical neglect"),
    ("DRUG_ALCOHOL", "Drugs or alcohol"),
    ("UNASCERTAINED", "Fatal: unascertained"),
    ("NAI_HEAD", "Non-accidental head injury"),
    ("NAI_FRACTURE", "Non-accidental fracture"),
    ("NAI_OTHER", "Other non-accidental injury"),
    ("NEGLECT_SEVERE", "Severe neglect"),
    ("CSA_INTRAFAM", "Sexual abuse within the family"),
    ("CSE", "Child sexual exploitation"),
    ("CCE_COUNTY_LINES", "Child criminal exploitation"),
    ("SERIOUS_VIOLENCE_WEAPON", "Serious violence or weapons"),
    ("SUICIDE_ATTEMPT_SELF_HARM", "Suicide attempt or self-harm"),
    ("FII_PERPLEXING", "Fabricated or induced illness, perplexing presentations"),
    ("POISONING_SUBSTANCE", "Poisoning or ingestion"),
    ("FGM", "Female genital mutilation"),
    ("HBA_FORCED_MARRIAGE", "So-called honour-based abuse or forced marriage"),
    ("TRAFFICKING_SLAVERY", "Trafficking or modern slavery"),
    ("ONLINE_HARM", "Online harm"),
    ("FAILURE_TO_THRIVE", "Eating or failure to thrive"),
    ("DOMESTIC_ABUSE_CHILD", "Domestic abuse"),
    ("HARM_IN_CARE", "Harm in residential or other care"),
    ("PERPETRATOR_CHILD", "Child who is alleged to have harmed others"),
    ("OTHER", "Other"),
]
PERPETRATOR = [
    ("mother", "Mother"),
    ("father", "Father"),
    ("both", "Both parents"),
    ("step_partner", "Step-parent or partner"),
    ("sibling", "Sibling"),
    ("other_relative", "Other relative"),
    ("carer", "Carer or foster carer"),
    ("professional", "Professional"),
    ("peer", "Peer or child"),
    ("known_non_family", "Known, not family"),
    ("stranger", "Stranger"),
    ("self", "Self"),
    ("not_known", "Not known"),
    ("none", "None"),
]
DELAY_REASON = [
    ("criminal", "Criminal proceedings"),
    ("inquest", "Inquest"),
    ("care", "Care proceedings"),
    ("other_review", "Another review"),
    ("family", "Family engagement"),
    ("reviewer", "Reviewer capacity"),
    ("agency_return", "Agency return late"),
    ("quality", "Quality rework"),
    ("legal", "Legal advice"),
    ("publication", "Publication timing"),
    ("other", "Other"),
]
PARALLEL_PROCESS = [
    ("criminal", "Criminal investigation or prosecution"),
    ("coroner", "Coroner's investigation or inquest"),
    ("family_court", "Care or private law proceedings"),
    ("child_death_review", "Child death review"),
    ("dhr", "Domestic homicide or domestic abuse related death review"),
    ("sar", "Safeguarding adult review"),
    ("mappa", "MAPPA serious case review"),
    ("owhr", "Offensive weapons homicide review"),
    ("nhs", "NHS patient safety or mortality review"),
    ("mental_health_homicide", "Mental health homicide review"),
    ("iopc", "Independent Office for Police Conduct"),
    ("ppo", "Prisons and Probation Ombudsman"),
    ("yjb", "Youth Justice Board serious incident"),
    ("regulator", "Ofsted or CQC"),
    ("provider", "Notification by a children's home or fostering service"),
    ("hse", "Health and Safety Executive"),
    ("employment", "Allegations, employment or professional regulator"),
    ("education", "School exclusion or education, health and care plan complaint"),
    ("complaint", "Complaint or ombudsman"),
    ("civil", "Civil claim"),
    ("cica", "Criminal injuries compensation"),
    ("pfd", "Prevention of future deaths report"),
    ("other_area", "Another area's review"),
    ("susr", "Welsh single unified safeguarding review"),
    ("scotland", "Scottish learning review"),
]
RELATIONSHIP = [
    ("mother", "Mother"),
    ("father", "Father"),
    ("step_parent", "Step-parent"),
    ("partner", "Parent's partner"),
    ("sibling", "Brother or sister"),
    ("grandparent", "Grandparent"),
    ("other_relative", "Other relative"),
    ("carer", "Carer or foster carer"),
    ("other", "Someone else"),
]


def words(choices: list[tuple[str, str]], code: str) -> str:
    """The words for a code; the code itself where the list no longer has it."""
    return dict(choices).get(code, code)


def ethnic_group(code: str) -> str:
    """One of the five groups used in published statistics, or "Not known"."""
    if code in _UNKNOWN:
        return "Not known"
    if code in _ASIAN:
        return "Asian"
    return _GROUPS.get(code[0], "Other")


def age_band(years: int | None, *, unborn: bool = False) -> str:
    """The band of specification 7.5 for an age in completed years at the incident."""
    if unborn:
        return "Unborn"
    if years is None:
        return "Unknown"
    for limit, band in ((1, "Under 1"), (6, "1 to 5"), (11, "6 to 10"), (16, "11 to 15"), (18, "16 to 17")):
        if years < limit:
            return band
    return "18 to 24" if years < 25 else "25 and over"  # the 25th birthday ends care leaver duties
