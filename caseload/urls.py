from django.urls import path

from .views import desk

app_name = "caseload"
urlpatterns = [
    path("work/", desk.desk, name="desk"),
    path("cases/", desk.desk, name="cases"),
    path("cases/<str:reference>/", desk.desk, name="case"),
    path("returns/", desk.desk, name="returns"),
    path("help/", desk.desk, name="help"),
]
