from django.urls import path

from .views import attaching, preparing, reading, sending

app_name = "incident"
urlpatterns = [
    path("", reading.listing, name="list"),
    path("open/", preparing.open_with_case, name="open"),
    path("open/<int:case_pk>/", preparing.open_in_case, name="open_in_case"),
    path("<int:pk>/", reading.notification, name="notification"),
    path("<int:pk>/read/", reading.read, name="read"),
    path("<int:pk>/route/", preparing.route, name="route"),
    path("<int:pk>/form/<slug:section>/", preparing.section, name="section"),
    path("<int:pk>/form/child/<int:child_pk>/", preparing.child, name="child"),
    path("<int:pk>/aware/", preparing.awareness, name="awareness"),
    path("<int:pk>/draft/", preparing.draft, name="draft"),
    path("<int:pk>/sent/", sending.record_notified, name="record_notified"),
    path("<int:pk>/partners/", sending.tell_partners, name="tell_partners"),
    path("<int:pk>/copy/", sending.copy_received, name="copy_received"),
    path("<int:pk>/withdraw/", sending.withdraw, name="withdraw"),
    path("<int:pk>/correct/", sending.correct, name="correct"),
    path("<int:pk>/late/", sending.late_reason, name="late_reason"),
    path("<int:pk>/files/", attaching.attachments, name="attachments"),
    path("<int:pk>/files/<int:attachment>/", attaching.attachment, name="attachment"),
    path("<int:pk>/files/<int:attachment>/remove/", attaching.detach, name="detach"),
    path("<int:pk>/reference/", sending.reference, name="reference"),
    path("<int:pk>/versions/<int:number>/paper/", reading.paper, name="paper"),
    path("<int:pk>/versions/<int:number>/json/", reading.as_json, name="json"),
]
