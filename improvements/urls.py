from django.urls import path

from .views import actions, plans

app_name = "improvements"
urlpatterns = [
    path("", plans.listing, name="list"),
    path("case/<int:pk>/", plans.case, name="case"),
    path("case/<int:pk>/recommend/", plans.recommend, name="recommend"),
    path("case/<int:pk>/plan/", plans.plan, name="plan"),
    path("recommendations/<int:pk>/", plans.reword, name="reword"),
    path("recommendations/<int:pk>/withdraw/", plans.withdraw, name="withdraw"),
    path("<int:pk>/", actions.action, name="action"),
    path("<int:pk>/report/", actions.report, name="report"),
    path("<int:pk>/evidence/", actions.evidence, name="evidence"),
    path("<int:pk>/evidence/<int:evidence>/<int:upload>/", actions.evidence_file, name="evidence_file"),
    path("<int:pk>/accept/", actions.accept_evidence, name="accept"),
    path("<int:pk>/target/", actions.target, name="target"),
    path("<int:pk>/not-pursue/", actions.not_pursue, name="not_pursue"),
    path("<int:pk>/reopen/", actions.reopen, name="reopen"),
    path("<int:pk>/impact/", actions.impact, name="impact"),
]
