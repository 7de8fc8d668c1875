"""`manage.py due T01 2026-10-05`: the due date of a statutory limit, with the reasoning."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from deadlines.register import Register
from deadlines.statutory import Kind, WorkedOut
from deadlines.working_days import long_date

CANNOT_SAY = 2
DEEDS = {
    Kind.DUE: "Due",
    Kind.ADVISORY: "Due (advisory)",
    Kind.NOT_BEFORE: "Kept until (not_before)",
}


class Command(BaseCommand):
    help = (
        "Print when a statutory time limit falls due, and why. LIMIT is its name in the register, T01 to T17. "
        "DATE is the day of the trigger as YYYY-MM-DD: the planned day of publication for T10 and T11, "
        "31 March for T17. The edition of the guidance is the one in force on DATE. "
        "Exit code 2, with the reason, when there is no answer."
    )
    # Nothing here depends on pages or deployment, and the answer should come at once.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("limit", metavar="LIMIT")
        parser.add_argument("date", metavar="DATE")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--convention", metavar="NAME", help="count in another way the limit offers")
        parser.add_argument(
            "--after-5pm", action="store_true", help="the trigger came after 5pm (asked only by ROLL_THEN_EXCLUDE)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = date.fromisoformat(options["date"])
        except ValueError:
            raise CommandError(
                f"{options['date']} is not a date. Write it as 2026-10-05.", returncode=CANNOT_SAY
            ) from None
        convention = options["convention"].upper() if options["convention"] else None
        register = Register.read()
        if register.checked_in:
            self.stderr.write("The database could not be read; this is by the checked-in register.")
        try:
            worked = register.work_out(options["limit"], day, convention, after_cut_off=options["after_5pm"])
        except (LookupError, ValueError) as refusal:
            raise CommandError(str(refusal), returncode=CANNOT_SAY) from None
        self.stdout.write(json.dumps(as_json(worked), indent=2) if options["json"] else as_text(worked))


def as_json(worked: WorkedOut) -> dict[str, Any]:
    """What is printed with --json."""
    return {
        "limit": worked.limit.code,
        "edition": worked.limit.edition,
        "authority": worked.limit.authority,
        "kind": str(worked.limit.kind),
        "convention": worked.convention,
        "counted_from": worked.counted_from.isoformat(),
        "due_on": worked.due_on.isoformat(),
        "days": [{"date": day.date.isoformat(), "counted": day.counted, "reason": day.reason} for day in worked.days],
        "cautions": list(worked.cautions),
    }


def as_text(worked: WorkedOut) -> str:
    """What is printed for a person."""
    limit, way = worked.limit, worked.limit.way(worked.convention)
    facts = (
        (DEEDS[limit.kind], f"{worked.due_on:%A} {long_date(worked.due_on)}, by {worked.due_by}"),
        ("Counted from", f"{worked.counted_from:%A} {long_date(worked.counted_from)}: {limit.under(way.name).trigger}"),
        ("Convention", f"{way.name}. {way}."),
        ("Edition", limit.edition),
        ("Authority", limit.authority),
        ("Confidence", limit.confidence.value),
    )
    width = max(len(name) for name, _ in facts)
    lines = [f"{limit.code}  {limit.title}", ""]
    lines += [f"{name:<{width}}  {fact}" for name, fact in facts]
    lines += ["", *(f"{'x' if day.counted else ' '}  {day.date:%a %d %b %Y}  {day.reason}" for day in worked.days)]
    lines += [line for caution in worked.cautions for line in ("", caution)]
    return "\n".join(lines)
