from django.urls import path

from . import views

app_name = "agency_returns"
urlpatterns = [
    path("", views.listing, name="list"),
    path("reply/", views.reply, name="reply"),
    path("reply/code/", views.reply_code, name="reply_code"),
    path("cases/<int:case_pk>/ask/", views.ask, name="request"),
    path("cases/<int:case_pk>/chronology/", views.chronology, name="chronology"),
    path("<int:pk>/", views.agency_return, name="return"),
    path("<int:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<int:pk>/who/", views.who, name="who"),
    path("<int:pk>/colleague/", views.colleague, name="colleague"),
    path("<int:pk>/sections/<slug:key>/", views.section, name="section"),
    path("<int:pk>/entries/add/", views.add_entry, name="entry"),
    path("entries/<int:pk>/", views.edit_entry, name="entry_edit"),
    path("entries/<int:pk>/remove/", views.remove_entry, name="entry_remove"),
    path("<int:pk>/files/", views.attach, name="attach"),
    path("files/<int:pk>/", views.attachment, name="attachment"),
    path("files/<int:pk>/remove/", views.detach, name="detach"),
    path("<int:pk>/ready/", views.ready, name="ready"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/nil/", views.nil, name="nil"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/clarify/", views.clarify, name="clarify"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/chase/", views.chase, name="chase"),
]
