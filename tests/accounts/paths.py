"""Every address of the URLconf, made up with ids that may or may not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.converters import IntConverter, UUIDConverter

MADE_UP = {IntConverter: "1", UUIDConverter: "00000000-0000-4000-8000-000000000000"}


def paths_of(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, Any]]:
    """(path, view) for each pattern; regular expressions are filled with a made-up key."""
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern)
        if hasattr(pattern.pattern, "_route"):
            for name, converter in pattern.pattern.converters.items():
                made_up = MADE_UP.get(type(converter), "x")
                route = re.sub(rf"<(?:[a-z_]+:)?{name}>", made_up, route)
        else:
            route = re.sub(r"\(\?P<\w+>[^)]*\)", "1", route).strip("^$")
        if isinstance(pattern, URLPattern):
            yield before + route, pattern.callback
        else:
            yield from paths_of(pattern, before + route)
