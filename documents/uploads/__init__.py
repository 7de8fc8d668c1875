"""Files that people attach: what they truly are, made clean, scanned, and kept under a random name."""

from .accepting import ACCEPTED, Refused, accept, discard, scan_held
from .names import safe_name

__all__ = ["ACCEPTED", "Refused", "accept", "discard", "safe_name", "scan_held"]
