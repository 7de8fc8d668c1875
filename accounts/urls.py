from django.urls import path

from .views import second_factor, session

app_name = "accounts"
urlpatterns = [
    path("session/", session.session_left, name="session_left"),
    path("session/stay/", session.stay, name="stay"),
    path("session/ended/", session.session_ended, name="session_ended"),
    path("nothing-yet/", session.nothing_held, name="nothing_held"),
    path("second-factor/recovery-codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("second-factor/continue/", second_factor.go_on, name="go_on"),
]
