from django.apps import AppConfig


class AgencyReturnsConfig(AppConfig):
    name = "agency_returns"
    default_auto_field = "django.db.models.BigAutoField"
