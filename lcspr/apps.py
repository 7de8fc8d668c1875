from django.apps import AppConfig


class LcsprConfig(AppConfig):
    name = "lcspr"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from deadlines import elsewhere
        from lcspr.day_zero import leads

        elsewhere.register(leads)
