import pytest
from django.core.exceptions import ValidationError

from govuk import fields
from govuk.fields.text import nhs_number_checks, upn_check_letter


@pytest.mark.parametrize(
    "typed",
    ["9434765919", "943 476 5919", "943-476-5919", " 943 476 5919 ", "943–476–5919", "943\u00a0476\u200b5919\u200f"],
)
def test_an_nhs_number_is_kept_as_its_ten_digits(typed):
    assert fields.NHSNumberField().clean(typed) == "9434765919"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("943476591", "NHS number must be 10 digits, like 999 123 4567", id="nine digits"),
        pytest.param("94347659190", "NHS number must be 10 digits, like 999 123 4567", id="eleven digits"),
        pytest.param("943476591a", "NHS number must be 10 digits, like 999 123 4567", id="a letter"),
        pytest.param("٩٤٣٤٧٦٥٩١٩", "NHS number must be 10 digits, like 999 123 4567", id="other figures"),
        pytest.param("9434765918", "NHS number must be a real number. Check each digit", id="a wrong last digit"),
        pytest.param("0000000000", "NHS number must be a real number. Check each digit", id="noughts for not known"),
        pytest.param("4934765919", "NHS number must be a real number. Check each digit", id="two digits swapped"),
    ],
)
def test_an_nhs_number_that_cannot_be_is_refused(typed, said):
    with pytest.raises(ValidationError) as refused:
        fields.NHSNumberField().clean(typed)
    assert refused.value.messages == [said]


def test_no_single_wrong_digit_passes_for_an_nhs_number():
    right = "9434765919"
    others = [
        right[:place] + digit + right[place + 1 :]
        for place in range(10)
        for digit in "0123456789"
        if digit != right[place]
    ]
    assert not any(nhs_number_checks(other) for other in others)


def test_a_remainder_of_ten_leaves_no_number_at_all():
    # 6 x 2 = 12; 12 mod 11 = 1; 11 - 1 = 10, which no digit says.
    assert not any(nhs_number_checks(f"000000006{digit}") for digit in "0123456789")


def test_an_nhs_number_is_shown_in_its_three_groups():
    assert fields.NHSNumberField().prepare_value("9434765919") == "943 476 5919"


def test_a_pupil_number_must_carry_its_check_letter():
    rest = "801200001001"
    right = upn_check_letter(rest) + rest
    assert fields.UPNField().clean(f" {right.lower()} ") == right
    wrong = ("A" if right[0] != "A" else "B") + rest
    with pytest.raises(ValidationError) as refused:
        fields.UPNField().clean(wrong)
    assert refused.value.messages == ["Unique pupil number must be a real number. Check each letter and number"]


def test_the_check_letter_of_a_pupil_number_is_a_weighted_sum():
    # 8x2 + 0x3 + 1x4 + 2x5 + 1x10 + 1x13 = 53; 53 - 2x23 = 7, the eighth letter of the list: H.
    assert upn_check_letter("801200001001") == "H"


@pytest.mark.parametrize("typed", ["I801200001001", "H80120000100", "H80120000100S", "8H01200001001"])
def test_a_pupil_number_of_another_shape_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        fields.UPNField().clean(typed)
    assert refused.value.messages == ["Unique pupil number must be a letter followed by 12 numbers, like A123456789012"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("tr1 3ay", "TR1 3AY"),
        ("TR13AY", "TR1 3AY"),
        ("sw1a 1aa", "SW1A 1AA"),
        ("m1-1ae", "M1 1AE"),
        ("GIR 0AA", "GIR 0AA"),
    ],
)
def test_a_postcode_is_kept_in_capitals_with_one_space(typed, kept):
    assert fields.PostcodeField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["TR1", "TR1 3A", "TR1 33Y", "1TR 3AY", "TR123 3AY", "nowhere"])
def test_less_than_a_whole_postcode_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        fields.PostcodeField().clean(typed)
    assert refused.value.messages == ["Enter a full UK postcode, like AA3 1AB"]
