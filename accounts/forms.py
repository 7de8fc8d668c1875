"""Forms about people."""

from django import forms


class AskForAccess(forms.Form):
    """Added to allauth's sign-up: who you are and which agency you work for."""

    name = forms.CharField(label="Your full name", max_length=200)

    def signup(self, request, user):
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
