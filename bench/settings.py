"""The product's own settings, in a temporary folder, with Django's admin beside it to be compared with.

What costs time in production is left as it is: middleware, sessions, durable writes, cached templates.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="safeguarding-reviews-bench-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

os.environ["DATA_DIR"] = _folder
os.environ["DEMO"] = "0"
os.environ["SECRET_KEY"] = "only-for-the-measurements-" * 3
os.environ.setdefault("LOG_LEVEL", "ERROR")
# Never the database of an installation: its own file, or the address that bench.__main__ put here.
os.environ.pop("DATABASE_URL", None)
if "BENCH_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["BENCH_DATABASE_URL"]

from config.settings import *  # noqa: E402, F403
from config.settings import INSTALLED_APPS, STORAGES  # noqa: E402

# The people of the demonstration, and Django's admin as the thing to be compared with.
INSTALLED_APPS = [*INSTALLED_APPS, "demo", "django.contrib.admin.apps.SimpleAdminConfig"]
ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["testserver"]
SECURE_SSL_REDIRECT = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
