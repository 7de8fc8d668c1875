from django.apps import AppConfig


class RapidReviewsConfig(AppConfig):
    name = "rapid_reviews"
    default_auto_field = "django.db.models.BigAutoField"
