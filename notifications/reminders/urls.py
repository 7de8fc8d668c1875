from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("clock/<int:pk>/", views.duty, name="duty"),
    path("news/<int:pk>/", views.news, name="news"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("undelivered/<int:pk>/send-again/", views.send_again, name="send_again"),
    path("undelivered/<int:pk>/settle/", views.settle, name="settle"),
]
