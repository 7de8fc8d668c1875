import pytest

from documents.uploads import accept
from tests.documents.files import uploaded


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
