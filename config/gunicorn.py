"""How the web server runs. From the environment: PORT, BIND, WEB_CONCURRENCY and WEB_THREADS."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    demo = settings.DEMO
except ImproperlyConfigured as error:
    sys.exit(str(error))

# Only once the settings are known to be good.
from config import background

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{settings.PORT}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
# Where the worker lives in this process too, Ctrl-C must not wait for its longest task: the next sweep finds it again.
graceful_timeout = 4 if background.needed() else 30
keepalive = 5
# What the product writes (papers, letters, the database) is for its own user's eyes.
umask = 0o077
# It would open a socket in the home directory through which the server can be commanded.
control_socket_disable = True
# Whom to believe about the client's address and scheme is Django's business (TRUST_PROXY), not the server's.
forwarded_allow_ips = ""
# The path without its query; what arrives is escaped by the formatter.
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
logging: dict[str, Any] = settings.LOGGING
logconfig_dict = {
    **logging,
    "loggers": {
        **logging["loggers"],
        # Someone who looks at the demo in a terminal wants the address and the failures.
        "gunicorn.error": {"level": "WARNING" if demo else "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "WARNING" if demo else "INFO", "handlers": [], "propagate": True},
        # It warns of every orderly stop.
        "celery.worker.control": {"level": "ERROR"},
    },
}


def on_starting(server):
    """Refuses, before anything is forked, what could not work."""
    if background.needed() and server.cfg.workers > 1:
        sys.exit(background.ONE_PROCESS_ONLY.format(workers=server.cfg.workers))


def nworkers_changed(server, new_value, old_value):
    """The same refusal when a running server is told to grow (SIGTTIN)."""
    if background.needed() and old_value is not None and new_value > 1:
        server.num_workers = 1


def post_worker_init(worker):
    """After the fork, in the process that answers requests."""
    if background.needed():
        background.start()


def worker_exit(server, worker):
    """However the process ends: in order, or by Ctrl-C."""
    background.stop()
