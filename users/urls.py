"""Below /users/. Fixed paths come first; their first segments are reserved (`users.names`)."""

from django.urls import URLPattern, path

from users.views import accounts, profiles, relationships, sessions

ACCOUNTS: list[URLPattern] = [
    path("", profiles.me, name="me"),
    path("register/", accounts.register, name="register"),
    path("register/code/", accounts.request_code, name="register-code"),
    path("register/verify/", accounts.verify_code, name="register-verify"),
    path("activate/", accounts.activate, name="activate"),
    path("login/", sessions.login, name="login"),
    path("refresh/", sessions.refresh, name="refresh"),
    path("logout/", sessions.logout, name="logout"),
    path("sessions/", sessions.session_list, name="sessions"),
    path("sessions/<uuid:session_id>/", sessions.session, name="session"),
    path("password/reset/", accounts.request_reset, name="password-reset"),
    path("password/reset/confirm/", accounts.confirm_reset, name="password-reset-confirm"),
    path("password/change/", accounts.change_password, name="password-change"),
    path("email/change/", accounts.change_email, name="email-change"),
]

RELATIONS: list[URLPattern] = [
    path("follow/<str:username>/", relationships.follow, name="follow"),
    path("follower/<str:username>/", relationships.follower, name="follower"),
    path("requests/", relationships.follow_requests, name="follow-requests"),
    path("requests/<str:username>/", relationships.follow_request, name="follow-request"),
    path("block/<str:username>/", relationships.block, name="block"),
    path("blocks/", relationships.blocks, name="blocks"),
    path("mute/<str:username>/", relationships.mute, name="mute"),
    path("mutes/", relationships.mutes, name="mutes"),
]

PEOPLE: list[URLPattern] = [
    path("<str:username>/", profiles.person, name="person"),
    path("<str:username>/followers/", relationships.followers, name="followers"),
    path("<str:username>/following/", relationships.following, name="following"),
]

urlpatterns = [*ACCOUNTS, *RELATIONS, *PEOPLE]
