"""The Celery application. The database is the queue of record; a task is only a kick."""

import os

from celery import Celery
from celery.schedules import schedule
from celery.signals import beat_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("safeguarding_reviews")
# A thread has no current app of its own and falls back to this one.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def keep_time(sender, **kwargs):
    """What the scheduler does, set once the settings are there: they may be on their way to importing this module."""
    sender.conf.beat_schedule = {
        "sweep": {
            "task": "notifications.reminders.tasks.sweep",
            "schedule": schedule(settings.SWEEP_SECONDS),
            # A tick that waited longer than this has been overtaken by the next one.
            "options": {"expires": settings.SWEEP_SECONDS},
        },
        "papers": {
            "task": "documents.tasks.render",
            "schedule": schedule(settings.SWEEP_SECONDS),
            "options": {"expires": settings.SWEEP_SECONDS},
        },
        "held files": {
            "task": "documents.tasks.scan",
            "schedule": schedule(settings.SWEEP_SECONDS),
            "options": {"expires": settings.SWEEP_SECONDS},
        },
        "words of files": {
            "task": "documents.tasks.read",
            "schedule": schedule(settings.SWEEP_SECONDS),
            "options": {"expires": settings.SWEEP_SECONDS},
        },
        # Asked every hour, cast once a day: a scheduler that is restarted every night must not forget it.
        "anchor": {"task": "audit.tasks.anchor", "schedule": schedule(3600), "options": {"expires": 3600}},
    }


@beat_init.connect
def sweep_at_once(sender, **kwargs):
    """The first tick of the scheduler is a whole period away; what waited while it was down is swept now."""
    app.send_task("notifications.reminders.tasks.sweep", expires=settings.SWEEP_SECONDS)
