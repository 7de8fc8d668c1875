from django import forms as django_forms

from govuk import forms


class SearchForm(forms.Form):
    """What to look for. Never put into an address or a log."""

    words = django_forms.CharField(
        label="Search cases",
        help_text="A reference, a pseudonym or words of the description. Names too, where your role lets you see them.",
        max_length=100,
        error_messages={"required": "Enter a reference, a name or a word to search for"},
    )
