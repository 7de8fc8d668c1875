"""Typesetting in a process of its own: `typeset("pdf", html)`. Nothing in here knows Django."""

from .calling import TookTooMuch, typeset

__all__ = ["TookTooMuch", "typeset"]
