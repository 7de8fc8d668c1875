"""The product's own settings, made fast and kept inside a temporary folder.

What the tests are about is left alone: cookies, headers, second factor and refusals are those of production.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="safeguarding-reviews-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

os.environ["DATA_DIR"] = _folder
os.environ.setdefault("SECRET_KEY", "only-for-the-tests-" * 4)
os.environ.setdefault("DEMO", "0")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from config.settings import *  # noqa: E402, F403
from config.settings import INSTALLED_APPS, STORAGES  # noqa: E402

# The rows of the demo can be made in tests; its pages are there only when DEMO is set.
if "demo" not in INSTALLED_APPS:
    INSTALLED_APPS = [*INSTALLED_APPS, "demo"]

if os.environ.get("TEST_DATABASE") == "postgres":
    # The address is filled in when tests/conftest.py has started the cluster.
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "reviews",
            "USER": "tests",
            "PASSWORD": os.environ.get("TEST_POSTGRES_PASSWORD", ""),
            "HOST": "127.0.0.1",
            "PORT": os.environ.get("TEST_POSTGRES_PORT", ""),
            "ATOMIC_REQUESTS": False,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": "-c statement_timeout=30000 -c lock_timeout=15000", "connect_timeout": 4},
        }
    }
else:
    # A file, not memory: only a file has the write-ahead log and the locks of the real thing.
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"{_folder}/reviews.sqlite3",
            "ATOMIC_REQUESTS": False,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;",
            },
            "TEST": {"NAME": f"{_folder}/tests.sqlite3"},
        }
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# The test client and the browser speak plain http to the loopback address.
SECURE_SSL_REDIRECT = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
