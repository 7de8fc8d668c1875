"""The processes that run beside the review."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import amend
from cases import rights
from cases.models import Case, ParallelProcess


@transaction.atomic
def add_process(case: Case, *, by: Standing, token: str | None = None, **facts: Any) -> ParallelProcess:
    """Put a process on the case's list."""
    rights.EDIT_PROCESSES.require(by, case)
    hold(case.trail)
    process = ParallelProcess(case=case, **facts)
    process._history_user = by.user  # type: ignore[attr-defined]
    process.save()
    record(case.trail, "parallel process added", by=by, subject=process, token=token)
    return process


def change_process(process: ParallelProcess, *, by: Standing, seen_version: int, **facts: Any) -> None:
    """Say where a process stands now. Raises StaleEdit when somebody changed it since it was opened."""
    rights.EDIT_PROCESSES.require(by, process)
    amend(process, by=by, verb="parallel process changed", seen_version=seen_version, **facts)
