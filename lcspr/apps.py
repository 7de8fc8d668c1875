from django.apps import AppConfig


class LcsprConfig(AppConfig):
    name = "lcspr"
    default_auto_field = "django.db.models.BigAutoField"
