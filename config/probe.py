"""`python -m config.probe [URL [PART ...]]`: exits 0 when the site at URL, or those parts of it, are ready, else 1.

For health checks inside containers, where there is no curl. The page answers only to the site's own host name.
"""

import json
import sys
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings

SECONDS = 5


def failing(url: str) -> list[str]:
    """The names of the parts that are not ready; `web` when nothing answers at all."""
    asked = Request(f"{url}/readyz", headers={"Host": settings.ALLOWED_HOSTS[0]})  # noqa: S310 - our own address
    try:
        with urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 # nosec B310
            return list(json.load(answer)["failing"])
    except HTTPError as answer:
        return list(json.load(answer)["failing"]) if answer.code == 503 else ["web"]
    except (URLError, TimeoutError):
        return ["web"]


if __name__ == "__main__":
    url = sys.argv[1] if len(sys.argv) > 1 else f"http://127.0.0.1:{settings.PORT}"
    watched = {"web", *sys.argv[2:]}
    found = set(failing(url))
    sys.exit(bool(found & watched if sys.argv[2:] else found))
