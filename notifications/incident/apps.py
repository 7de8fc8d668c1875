from django.apps import AppConfig


class IncidentConfig(AppConfig):
    name = "notifications.incident"
    default_auto_field = "django.db.models.BigAutoField"
