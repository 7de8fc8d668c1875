from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from documents import papers
from documents.uploads import accept
from tests.documents.files import uploaded

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    """Every test keeps its files in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "papers"


@pytest.fixture
def by(cast, standing):
    return standing(cast.coordinator)


@pytest.fixture
def take(by):
    """`take(name, content)`: what becomes of a file somebody attaches."""

    def taken(name, content, content_type="application/octet-stream"):
        return accept(uploaded(name, content, content_type), by=by)

    return taken


@dataclass(frozen=True)
class Notice:
    """A small paper."""

    partnership: str = "Wrenshire Safeguarding Children Partnership"
    on: date = date(2026, 3, 27)
    text: str = "What was decided."
    rows: tuple[tuple[str, str], ...] = ()


@pytest.fixture
def a_paper(by, settings):
    """`a_paper(text=..., rows=..., with_word=...)`: issues a paper with these words in all its places."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], TEMPLATES]}]

    def issued(*, with_word=False, template="notice.html", title="Notice", **words):
        return papers.issue(
            Notice(**words), kind="notice", title=title, reference="CIOS-2026-0003", template=template, by=by,
            with_word=with_word,
        )  # fmt: skip

    return issued
