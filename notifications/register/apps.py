from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "notifications.register"
    default_auto_field = "django.db.models.BigAutoField"
