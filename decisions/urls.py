from django.urls import path

from . import views

app_name = "decisions"
urlpatterns = [
    path("<int:pk>/", views.decision, name="decision"),
    path("<int:pk>/positions/<int:seat_pk>/", views.sign, name="sign"),
    path("<int:pk>/show/", views.reveal, name="reveal"),
    path("<int:pk>/criteria/", views.criteria, name="criteria"),
    path("<int:pk>/criteria/<str:code>/", views.criterion, name="criterion"),
    path("<int:pk>/notes/", views.minutes, name="minutes"),
    path("<int:pk>/record/", views.paper, name="paper"),
    path("<int:pk>/disagreement/", views.escalation, name="escalation"),
    path("<int:pk>/disagreement/pass-on/", views.pass_on, name="pass_on"),
    path("<int:pk>/disagreement/settle/", views.settle, name="settle"),
    path("check/", views.check, name="check"),
]
