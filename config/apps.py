from django.apps import AppConfig


class SwitchboardConfig(AppConfig):
    """The switchboard: commands and checks that need every room."""

    name = "config"
