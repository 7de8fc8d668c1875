"""What is asked about the processes that run beside the review."""

from __future__ import annotations

from cases.models import ParallelProcess
from govuk import fields, forms

from .versioned import Versioned


class AboutProcess(Versioned, forms.ModelForm):
    shapes = {
        "applies": {"inline": True, "small": True},
        "information_sharing": {"inline": True, "small": True},
        "lead": {"hint": "For example 'Senior investigating officer'. Add a name only if you must."},
        "process_reference": {"width": 20},
        "impact": {"rows": 4},
        "restrictions": {"rows": 3},
    }
    submit = "Save"

    class Meta:
        model = ParallelProcess
        fields = [
            "kind",
            "applies",
            "lead",
            "process_reference",
            "state",
            "next_on",
            "impact",
            "restrictions",
            "information_sharing",
        ]
        labels = {
            "kind": "Process",
            "applies": "Does it apply?",
            "lead": "Who leads it",
            "process_reference": "Its reference",
            "state": "Where it stands",
            "impact": "What it means for the review",
            "restrictions": "Limits on contact with practitioners or family",
            "information_sharing": "Is information sharing agreed?",
        }

    subjects = {"applies": "whether it applies", "information_sharing": "whether information sharing is agreed"}


class NewProcess(AboutProcess):
    token = fields.SubmitTokenField()

    submit = "Add process"
