from django.urls import path

from .views import access, agencies, codes, people, profile, registration, second_factor, session, set_up

app_name = "accounts"
urlpatterns = [
    # One's own account.
    path("", profile.profile, name="profile"),
    path("details/", profile.my_details, name="my_details"),
    path("address/", profile.my_address, name="my_address"),
    path("address/code/", profile.my_address_code, name="my_address_code"),
    path("sign-out-elsewhere/", profile.my_sessions, name="my_sessions"),
    path("second-factor/recovery-codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("second-factor/continue/", second_factor.go_on, name="go_on"),
    # The session.
    path("session/", session.session_left, name="session_left"),
    path("session/stay/", session.stay, name="stay"),
    path("session/ended/", session.session_ended, name="session_ended"),
    path("nothing-yet/", session.nothing_held, name="nothing_held"),
    # Coming in.
    path("code/", codes.code_ask, name="code_ask"),
    path("code/enter/", codes.code_enter, name="code_enter"),
    path("register/", registration.register, name="register"),
    path("register/code/", registration.register_code, name="register_code"),
    path("register/details/", registration.register_details, name="register_details"),
    path("invitation/<str:token>/", registration.invitation, name="invitation"),
    path("welcome/", registration.welcome, name="welcome"),
    # Those who manage people.
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite_person, name="invite"),
    path("people/confirm/", people.confirm_access, name="confirm_access"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/role/", people.give_role, name="give_role"),
    path("people/<int:pk>/send-invitation/", people.send_invitation, name="send_invitation"),
    path("people/<int:pk>/close/", access.close, name="close"),
    path("people/<int:pk>/open/", access.open_again, name="open_again"),
    path("people/<int:pk>/second-factor/", access.lost_second_factor, name="lost_second_factor"),
    path("people/<int:pk>/sign-out/", access.sign_out_person, name="sign_out_person"),
    path("roles/<int:pk>/decide/", access.decide, name="decide"),
    path("roles/<int:pk>/end/", access.end_role, name="end_role"),
    path("roles/<int:pk>/cover/", access.cover, name="cover"),
    path("cover/<int:pk>/end/", access.take_back_cover, name="take_back_cover"),
    # The house.
    path("set-up/", set_up.set_up, name="set_up"),
    path("set-up/partnership/", set_up.partnership, name="partnership"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/new/", agencies.new_agency, name="new_agency"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("agencies/<int:pk>/edit/", agencies.edit_agency, name="edit_agency"),
    path("agencies/<int:pk>/end/", agencies.close_agency, name="close_agency"),
    path("agencies/<int:pk>/domains/", agencies.add_domain, name="add_domain"),
    path("agencies/<int:pk>/domains/<int:domain>/withdraw/", agencies.remove_domain, name="remove_domain"),
]
