import datetime

from django.db import models
from django.test.utils import isolate_apps

from govuk import fields, forms
from govuk.widgets import Radios

# A row that no table holds: only its form is asked about.
with isolate_apps("govuk"):

    class Visit(models.Model):
        class Outcome(models.TextChoices):
            SEEN = "seen", "Seen"
            NOT_SEEN = "not_seen", "Not seen"

        on = models.DateField("date of the visit")
        outcome = models.CharField(max_length=20, choices=Outcome)
        note = models.TextField(blank=True)
        page = models.URLField(blank=True)

        class Meta:
            app_label = "govuk"


class VisitForm(forms.ModelForm):
    class Meta:
        model = Visit
        fields = ("on", "outcome", "note", "page")


SENT = {"on-day": "1", "on-month": "feb", "on-year": "2026", "outcome": "seen", "note": "a\r\nb"}


def test_a_form_made_from_a_model_asks_as_any_other():
    form = VisitForm()
    assert isinstance(form.fields["on"], fields.DateField)
    assert isinstance(form.fields["outcome"].widget, Radios)
    assert [value for value, _ in form.fields["outcome"].choices] == ["seen", "not_seen"]
    assert VisitForm({}).errors == {"on": ["Enter date of the visit"], "outcome": ["Select outcome"]}


def test_a_form_made_from_a_model_fills_the_row():
    form = VisitForm(SENT)
    assert form.is_valid(), form.errors
    visit = form.save(commit=False)
    assert (visit.on, visit.outcome, visit.note) == (datetime.date(2026, 2, 1), "seen", "a\nb")


def test_a_row_sent_back_unchanged_has_not_changed():
    visit = Visit(on=datetime.date(2026, 2, 1), outcome="seen", note="a\nb")
    assert VisitForm(SENT, instance=visit).changed_data == []
