from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("clock/<int:pk>/", views.duty, name="duty"),
    path("news/<int:pk>/", views.news, name="news"),
    path("preferences/", views.preferences, name="preferences"),
    path("schedule/", views.schedules, name="schedules"),
    path("schedule/<slug:code>/", views.schedule, name="schedule"),
    path("schedule/<slug:code>/as-shipped/", views.forget_schedule, name="forget_schedule"),
    path("ahead/", views.ahead, name="ahead"),
    path("words/", views.wordings, name="wordings"),
    path("words/<path:name>/as-shipped/", views.forget_wording, name="forget_wording"),
    path("words/<path:name>/", views.wording, name="wording"),
    path("life/", views.life, name="life"),
    path("life/<int:pk>/seen-to/", views.settle_trouble, name="settle_trouble"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("undelivered/<int:pk>/send-again/", views.send_again, name="send_again"),
    path("undelivered/<int:pk>/settle/", views.settle, name="settle"),
]
