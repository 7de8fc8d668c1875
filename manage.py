#!/usr/bin/env python
"""The one door to every command of the project."""

import os
import secrets
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # `--demo` must be known before the settings are read, whichever command carries it.
    if "--demo" in sys.argv:
        sys.argv.remove("--demo")
        os.environ["DEMO"] = "1"
    if sys.argv[1:2] == ["due"]:
        # Works a date out and keeps nothing: a bare checkout may do that without a key of its own.
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # The sentence says what to do; where in the code it was noticed helps nobody.
        sys.exit(f"{error}")
