from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from deadlines import checks  # noqa: F401 - importing it registers the check
