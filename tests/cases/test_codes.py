"""The code lists hold every code of the lists that other systems use."""

import pytest

from cases import codes

RETURNS = {
    "LEGAL_STATUS": "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3 NONE CAO SGO SUPERVISION ADOPTED MHA CUSTODY_SENTENCE "
    "DOL_ORDER",
    "PLACEMENT": "U1 U2 U3 U4 U5 U6 H5 K1 K2 K3 P1 P2 P3 R1 R2 R3 R5 S1 A3 A4 A5 A6 T0 T1 T2 T3 T4 Z1",
    "ETHNICITY": "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN CHNE AOTH BAFR BCRB BOTH ARAB OOTH "
    "NOT_STATED REFUSED NOT_OBTAINED UNKNOWN",
    "DISABILITY": "MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA",
    "CP_CATEGORY": "NEG PHY SAB EMO MUL",
}


@pytest.mark.parametrize("name", RETURNS)
def test_every_code_of_the_returns_can_be_chosen(name):
    assert set(RETURNS[name].split()) <= dict(getattr(codes, name)).keys()


@pytest.mark.parametrize("name", [name for name in vars(codes) if name.isupper() and not name.startswith("_")])
def test_no_code_and_no_wording_stands_twice_in_a_list(name):
    listed = getattr(codes, name)
    assert len(dict(listed)) == len({words for _, words in listed}) == len(listed)


@pytest.mark.parametrize(
    ("years", "band"),
    [(0, "Under 1"), (5, "1 to 5"), (17, "16 to 17"), (18, "18 to 24"), (24, "18 to 24"), (None, "Unknown")],
)
def test_an_age_has_one_band(years, band):
    assert codes.age_band(years) == band
    assert codes.age_band(years, unborn=True) == "Unborn"
