"""The partnership's colour, as a style sheet of one line."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.colours import readable
from accounts.models import Partnership


@login_not_required
@require_safe
def brand_css(request: HttpRequest) -> HttpResponse:
    """`--brand`: the partnership's colour, or the product's own when white text could not be read on it."""
    colour = readable(Partnership.this().brand_colour)
    response = HttpResponse(
        f":root {{ --brand: {colour}; }}\n",
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "private, max-age=300"},
    )
    response.shows_nobody = True  # type: ignore[attr-defined]  # the same for everyone, so the browser may keep it
    return response
