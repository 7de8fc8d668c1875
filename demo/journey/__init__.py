"""Takes a fictional case along the real path, by the same verbs the pages use, at instants in the past."""

from .reviewing import Reviewing as Journey
from .world import World

__all__ = ["Journey", "World"]
