from django.urls import path

from .views import cases, chosen, dates, desk, helping, lists, returns, timeliness

app_name = "caseload"
urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/remind/<slug:code>/<int:pk>/", desk.chase, name="chase"),
    path("desk/calendar/", dates.month, name="month"),
    path("desk/calendar/address/", dates.subscribing, name="subscribing"),
    path("desk/calendar/address/off/", dates.unsubscribe, name="unsubscribe"),
    path("calendar/<str:token>.ics", dates.feed, name="feed"),
    path("cases/", cases.listing, name="cases"),
    path("cases/search/", cases.search, name="search"),
    path("cases/chosen/access/", chosen.assign, name="assign_chosen"),
    path("cases/chosen/remind/", chosen.remind, name="remind_chosen"),
    path("cases/chosen/export/", chosen.export, name="export_chosen"),
    path("cases/lists/", lists.saved, name="lists"),
    path("cases/lists/save/", lists.save, name="save_list"),
    path("cases/lists/columns/", lists.columns, name="columns"),
    path("cases/lists/<int:list_pk>/remove/", lists.remove, name="remove_list"),
    path("cases/<str:reference>/", cases.case, name="case"),
    path("cases/<str:reference>/history/", cases.history, name="history"),
    path("cases/<str:reference>/clocks/", cases.clocks, name="clocks"),
    path("returns/", returns.listing, name="returns"),
    path("returns/export/", returns.export, name="export"),
    path("timeliness/", timeliness.timeliness, name="timeliness"),
    path("timeliness/csv/", timeliness.timeliness_csv, name="timeliness_csv"),
    path("help/", helping.contents, name="help"),
    path("help/<slug:topic>/", helping.topic, name="help_topic"),
]
