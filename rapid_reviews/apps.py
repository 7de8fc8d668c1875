from django.apps import AppConfig


class RapidReviewsConfig(AppConfig):
    name = "rapid_reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from notifications.incident import doings
        from rapid_reviews.actions import void_review
        from rapid_reviews.panel import offers

        doings.register(offers)
        doings.when_withdrawn(void_review)
