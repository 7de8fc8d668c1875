from django.urls import path

from . import views

app_name = "improvements"
urlpatterns = [
    path("", views.listing, name="list"),
    path("case/<int:pk>/recommend/", views.recommend, name="recommend"),
    path("case/<int:pk>/plan/", views.plan, name="plan"),
    path("<int:pk>/", views.action, name="action"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/evidence/", views.evidence, name="evidence"),
    path("<int:pk>/evidence/<int:evidence>/", views.evidence_file, name="evidence_file"),
    path("<int:pk>/accept/", views.accept_evidence, name="accept"),
    path("<int:pk>/target/", views.target, name="target"),
    path("<int:pk>/not-pursue/", views.not_pursue, name="not_pursue"),
    path("<int:pk>/impact/", views.impact, name="impact"),
]
