from django.apps import AppConfig


class IncidentConfig(AppConfig):
    name = "notifications.incident"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from deadlines import elsewhere
        from notifications.incident.day_zero import leads

        elsewhere.register(leads)
