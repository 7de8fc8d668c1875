"""`manage.py lifecycle_diagram`: every lifecycle as Mermaid text, drawn from the tables that the verbs obey."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import models

from audit.lifecycle import HasLifecycle

Lifecycle = type[HasLifecycle]

# Where it stands in the README.
BEGIN, END = "<!-- lifecycle: begin -->", "<!-- lifecycle: end -->"


class Step(NamedTuple):
    """Where one lifecycle begins because another has reached a status."""

    earlier: str
    status: str
    later: str


# The stages laid end to end. The order is that of the diagrams, too; a lifecycle not named here comes last.
PATH = (
    Step("referrals.Referral", "submitted", "cases.Case"),
    Step("referrals.Referral", "submitted", "incident.Notification"),
    Step("referrals.Referral", "partners_deciding", "decisions.Decision"),
    Step("incident.Notification", "sent", "rapid_reviews.RapidReview"),
    Step("rapid_reviews.RapidReview", "agency_returns", "agency_returns.AgencyReturn"),
    Step("rapid_reviews.RapidReview", "signing", "decisions.Decision"),
    Step("rapid_reviews.RapidReview", "signed", "lcspr.Review"),
    Step("lcspr.Review", "signing", "decisions.Decision"),
    Step("lcspr.Review", "published", "publications.Publication"),
    Step("cases.Case", "open", "improvements.Action"),
)


class Command(BaseCommand):
    help = (
        "Print the lifecycles as Mermaid state diagrams, from the tables of allowed moves: first how the stages "
        "follow each other, then each stage. The README holds what this prints."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="put it into the README instead")

    def handle(self, *args: object, write: bool = False, **options: object) -> None:
        drawn = "\n".join(lines())
        if not write:
            self.stdout.write(drawn)
            return
        readme = settings.BASE_DIR / "README.md"
        before, _, rest = readme.read_text().partition(BEGIN)
        _, _, after = rest.partition(END)
        readme.write_text(f"{before}{BEGIN}\n{drawn}\n{END}{after}")


def lifecycles() -> dict[str, Lifecycle]:
    """Label -> model, in the order in which a case meets them."""
    found: dict[str, Lifecycle] = {
        model._meta.label: model
        for model in apps.get_models()
        if issubclass(model, HasLifecycle) and not model._meta.proxy
    }
    met = dict.fromkeys(label for step in PATH for label in (step.earlier, step.later))
    if unknown := met.keys() - found.keys():
        raise CommandError(f"The path names lifecycles that do not exist: {', '.join(sorted(unknown))}")
    return {label: found[label] for label in [*met, *sorted(found.keys() - met.keys())]}


def lines() -> Iterator[str]:
    """The whole text, without a blank line at its end."""
    every = lifecycles()
    yield "**How the stages follow each other.** An arrow names the status in which the later one begins."
    yield ""
    yield from _block(_path(every))
    for model in every.values():
        yield ""
        yield f"<details><summary>{_name(model)}</summary>"
        yield ""
        yield from _block(_moves(model))
        yield ""
        yield "</details>"


def _block(drawn: Iterator[str]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for line in drawn:
        yield f"    {line}"
    yield "```"


def _path(every: dict[str, Lifecycle]) -> Iterator[str]:
    ids = {label: label.rpartition(".")[2] for label in every}
    on_the_path = dict.fromkeys(label for step in PATH for label in (step.earlier, step.later))
    for label in on_the_path:
        yield f'state "{_name(every[label])}" as {ids[label]}'
    yield f"[*] --> {ids[PATH[0].earlier]}"
    for step in PATH:
        words = _words(every[step.earlier])
        if step.status not in words:
            raise CommandError(f"{step.earlier} has no status {step.status}")
        yield f"{ids[step.earlier]} --> {ids[step.later]}: {words[step.status]}"


def _moves(model: Lifecycle) -> Iterator[str]:
    words = _words(model)
    ends = [status for status in words if not model.MOVES.get(status)]
    for status, word in words.items():
        yield f'state "{word}" as {status}'
    yield f"[*] --> {_status_of(model).default}"
    for status in words:
        for to in model.MOVES.get(status, ()):
            yield f"{status} --> {to}"
    for status in ends:
        yield f"{status} --> [*]"


def _words(model: Lifecycle) -> dict[str, str]:
    """Status -> how the pages call it, in the order of the list of statuses."""
    return {str(status): str(word) for status, word in _status_of(model).flatchoices}


def _status_of(model: Lifecycle) -> "models.Field[str, str]":
    """Each model that has a lifecycle declares the field itself."""
    return next(field for field in model._meta.fields if field.name == "status")


def _name(model: Lifecycle) -> str:
    return str(model._meta.verbose_name).capitalize()
