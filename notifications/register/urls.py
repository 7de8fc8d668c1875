from django.urls import path

from . import views

app_name = "register"
urlpatterns = [
    path("<int:pk>/", views.submission, name="submission"),
    path("<int:pk>/sent/", views.send, name="send"),
    path("<int:pk>/received/", views.acknowledge, name="acknowledge"),
    path("<int:pk>/paper/", views.paper, name="paper"),
]
