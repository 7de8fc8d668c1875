"""Every page is private unless it is named here, with why anyone may open it."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

# Names of addresses, or of a whole set of them. A page that is not here asks who is there.
PUBLIC = {
    "healthz": "asked by machines that watch the machine; names parts, nothing else",
    "readyz": "asked by machines that watch the machine; names parts, nothing else",
    "account_login": "how people come in",
    "mfa_authenticate": "the second half of coming in",
    "account_logout": "a page that is shown to whoever has already left",
    "accounts:session_ended": "what is shown when the time is over",
    "account_reset_password": "for those who cannot come in; says the same whether the address is known or not",
    "account_reset_password_done": "the same",
    "account_reset_password_from_key": "the link of that letter",
    "account_reset_password_from_key_done": "the same",
    "accounts:welcome": "where an invitation leads",
    "accounts:invitation": "the link of an invitation; good once",
    "accounts:register": "staff of a known agency ask for access; pending until somebody approves",
    "accounts:register_code": "the code that proves the address",
    "accounts:register_details": "what whoever approves needs to know",
    "accounts:code_ask": "signing in by an e-mailed code, for occasional referrers",
    "accounts:code_enter": "the code itself",
    "agency_returns:reply": "the link of a request, for people without an account; asks for a code first",
    "agency_returns:reply_code": "the code itself",
    "brand_css": "the partnership's colour",
    "caseload:help": "what each stage is, for everyone; knows no case",
    "caseload:help_topic": "the same",
    "caseload:feed": "one person's dates for their calendar program; the address is the key",
    "deadlines:calculator": "counts working days from a date; knows no case",
    "publications:start": "the partnership's front page",
    "publications:page": "what the partnership tells everyone",
    "publications:page_file": "a document of such a page",
    "publications:page_feedback": "have your say",
    "publications:library": "published reviews",
    "publications:feed": "published reviews, for readers of feeds",
    "publications:publication": "one published review",
    "publications:pdf": "one published review, to print",
    "publications:publication_feedback": "have your say",
    "publications:thanks": "what is shown when it has been said",
    "publications:accessibility": "what every public service must say",
    "publications:privacy": "what every public service must say",
    "publications:cookies": "what every public service must say",
    "publications:contact": "how to reach the partnership",
}


def public_names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The full names of the addresses that answer to anyone."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from public_names(pattern.url_patterns, inner)
        elif not getattr(pattern.callback, "login_required", True):
            yield f"{namespace}{pattern.name or pattern.pattern}"


def test_only_the_pages_named_here_are_public():
    assert set(public_names(get_resolver().url_patterns)) == PUBLIC.keys()


def test_the_login_requirement_is_switched_on(settings):
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


def test_a_public_page_that_is_not_named_would_be_seen():
    def private(request):
        return HttpResponse()

    @login_not_required
    def forgotten(request):
        return HttpResponse()

    patterns = [path("a", private, name="private"), path("b", forgotten, name="forgotten")]
    assert list(public_names(patterns)) == ["forgotten"]
