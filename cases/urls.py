from django.urls import path

from .views import course, people, processes, team

app_name = "cases"
urlpatterns = [
    path("<int:pk>/people/", people.people, name="people"),
    path("<int:pk>/people/add-child/", people.add_child, name="add_child"),
    path("<int:pk>/people/add-person/", people.add_person, name="add_person"),
    path("children/<int:pk>/", people.child, name="child"),
    path("children/<int:pk>/who/", people.reveal, name="reveal"),
    path("persons/<int:pk>/", people.person, name="person"),
    path("persons/<int:pk>/who/", people.reveal_person, name="reveal_person"),
    path("identities/<int:pk>/correct/", people.correct, name="correct"),
    path("<int:pk>/processes/", processes.processes, name="processes"),
    path("<int:pk>/processes/add/", processes.add_process, name="add_process"),
    path("processes/<int:pk>/", processes.process, name="process"),
    path("<int:pk>/team/", team.team, name="team"),
    path("<int:pk>/team/give/", team.assign, name="assign"),
    path("team/<int:pk>/end/", team.unassign, name="unassign"),
    path("<int:pk>/conflict/", team.conflict, name="conflict"),
    path("<int:pk>/conflict/record/", team.record_conflict, name="record_conflict"),
    path("conflicts/<int:pk>/lift/", team.lift_conflict, name="lift_conflict"),
    path("<int:pk>/close/", course.close, name="close"),
    path("<int:pk>/reopen/", course.reopen, name="reopen"),
    path("<int:pk>/legal-hold/", course.hold, name="hold"),
]
