"""`python -m bench`: build, measure, print, keep; exits 1 when a gate does not hold twice running."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import ExitStack

FEW, MANY = 1_000, 10_000
EVENTS = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=MANY, help="how many cases (default 10,000)")
    parser.add_argument("--only", metavar="WORD", help="only the measurements whose name holds this word")
    options = parser.parse_args()
    on_postgres = os.environ.get("BENCH_DATABASE") == "postgres"
    with ExitStack() as stack:
        if on_postgres:
            from bench.durable import Durable

            cluster = Durable()
            stack.callback(cluster.remove)
            cluster.start()
            os.environ["BENCH_DATABASE_URL"] = cluster.url("postgres")
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django

        django.setup()
        from bench.running import run

        began = time.monotonic()
        report = run(few=min(FEW, options.cases // 2), many=options.cases, only=options.only)
        print("\n".join(report.lines()))
        print(f"\nKept in {report.keep()}, after {time.monotonic() - began:.0f} seconds.")
        for failure in report.failures:
            print(f"FAILED {failure}", file=sys.stderr)
        from django.db import connections

        connections.close_all()
        return 1 if report.failures else 0


sys.exit(main())
