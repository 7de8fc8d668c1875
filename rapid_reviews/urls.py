from django.urls import path

from . import views

app_name = "rapid_reviews"
urlpatterns = [
    path("", views.listing, name="list"),
    path("notifications/<int:pk>/sent/", views.record_sent, name="record_sent"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/plan/", views.plan, name="plan"),
    path("<int:pk>/sections/<slug:key>/", views.section, name="section"),
    path("<int:pk>/sections/<slug:key>/comment/", views.comment, name="comment"),
    path("<int:pk>/comments/<int:comment_pk>/settle/", views.settle_comment, name="settle_comment"),
    path("<int:pk>/meetings/", views.meetings, name="meetings"),
    path("<int:pk>/meetings/add/", views.add_meeting, name="meeting"),
    path("meetings/<int:pk>/", views.edit_meeting, name="meeting_edit"),
    path("meetings/<int:pk>/attendance/", views.add_attendance, name="attendance"),
    path("attendance/<int:pk>/remove/", views.remove_attendance, name="attendance_remove"),
    path("<int:pk>/criteria/", views.criteria, name="criteria"),
    path("<int:pk>/criteria/<str:code>/", views.criterion, name="criterion"),
    path("<int:pk>/learning/", views.learning, name="learning"),
    path("<int:pk>/learning/points/add/", views.add_point, name="point"),
    path("learning/points/<int:pk>/", views.edit_point, name="point_edit"),
    path("learning/points/<int:pk>/remove/", views.remove_point, name="point_remove"),
    path("<int:pk>/learning/actions/add/", views.add_action, name="action"),
    path("learning/actions/<int:pk>/", views.edit_action, name="action_edit"),
    path("learning/actions/<int:pk>/remove/", views.remove_action, name="action_remove"),
    path("<int:pk>/sign-off/", views.open_sign_off, name="open_sign_off"),
    path("<int:pk>/back/", views.return_to_panel, name="return_to_panel"),
    path("<int:pk>/conclude/", views.conclude, name="conclude"),
    path("<int:pk>/send/", views.send, name="send"),
    path("<int:pk>/response/", views.response, name="response"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/decide-again/", views.redecide, name="redecide"),
    path("<int:pk>/decided-again/", views.conclude_again, name="conclude_again"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/paper/", views.paper, name="paper"),
    path("<int:pk>/paper/for-signing/", views.paper_for_signing, name="paper_for_signing"),
]
