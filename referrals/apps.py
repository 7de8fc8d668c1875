from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from decisions import doings as on_decisions
        from referrals.panel import offers_on_decision

        on_decisions.register(offers_on_decision)
