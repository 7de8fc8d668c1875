"""Pages for what is refused before a view is reached."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """The form was not ours, or too old."""
    return render(request, "csrf_failure.html", status=403)
