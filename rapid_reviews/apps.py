from django.apps import AppConfig


class RapidReviewsConfig(AppConfig):
    name = "rapid_reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from decisions import doings as on_decisions
        from notifications.incident import doings as on_notifications
        from rapid_reviews.actions import void_review
        from rapid_reviews.panel import offers, offers_on_decision

        on_notifications.register(offers)
        on_notifications.when_withdrawn(void_review)
        on_decisions.register(offers_on_decision)
