from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class SwitchboardConfig(AppConfig):
    """The switchboard: commands and checks that need every room, and the wiring between them."""

    name = "config"

    def ready(self):
        from notifications.reminders import gathered

        for room in apps.get_app_configs():
            if room.module and module_has_submodule(room.module, "messages") and room.name != "django.contrib.messages":
                messages = import_module(f"{room.name}.messages")
                gathered.gather(getattr(messages, "TELLINGS", ()))
                gathered.take_on(getattr(messages, "CHORES", ()))
