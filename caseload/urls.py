from django.urls import path

from .views import cases, desk, helping, returns

app_name = "caseload"
urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("cases/", cases.listing, name="cases"),
    path("cases/search/", cases.search, name="search"),
    path("cases/<str:reference>/", cases.case, name="case"),
    path("cases/<str:reference>/history/", cases.history, name="history"),
    path("cases/<str:reference>/clocks/", cases.clocks, name="clocks"),
    path("returns/", returns.listing, name="returns"),
    path("returns/export/", returns.export, name="export"),
    path("help/", helping.contents, name="help"),
    path("help/<slug:topic>/", helping.topic, name="help_topic"),
]
