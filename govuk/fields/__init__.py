"""Form fields of the product. Messages follow the GOV.UK stock wording and are made from the label."""

from govuk.fields.choices import YesNoField, YesNoUnknownField
from govuk.fields.dates import ApproximateDateField, DateField
from govuk.fields.files import MultipleFileField
from govuk.fields.text import NHSNumberField, PostcodeField, RichTextField, SubmitTokenField, TextField, UPNField
from govuk.fields.times import DateTimeField, TimeField

__all__ = [
    "ApproximateDateField",
    "DateField",
    "DateTimeField",
    "MultipleFileField",
    "NHSNumberField",
    "PostcodeField",
    "RichTextField",
    "SubmitTokenField",
    "TextField",
    "TimeField",
    "UPNField",
    "YesNoField",
    "YesNoUnknownField",
]
