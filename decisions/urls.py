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
]
