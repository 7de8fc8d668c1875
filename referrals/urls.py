from django.urls import path

from .views import approving, drafting, lists, reading, starting, triaging

app_name = "referrals"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("waiting/", lists.queue, name="queue"),
    path("start/", starting.start, name="start"),
    path("start/child-at-risk/", starting.child_at_risk, name="child_at_risk"),
    path("start/what/", starting.begin, name="begin"),
    path("<int:pk>/", reading.referral, name="referral"),
    path("<int:pk>/tasks/", drafting.tasks, name="tasks"),
    path("<int:pk>/what/", drafting.kind, name="kind"),
    path("<int:pk>/pages/<slug:page>/", drafting.page, name="page"),
    path("<int:pk>/pages/<slug:page>/save/", drafting.autosave, name="autosave"),
    path("<int:pk>/add/<slug:group>/", drafting.add, name="add"),
    path("<int:pk>/remove/<slug:group>/<int:number>/", drafting.remove, name="remove"),
    path("<int:pk>/files/", drafting.attachments, name="attachments"),
    path("<int:pk>/files/<int:attachment>/remove/", drafting.detach, name="detach"),
    path("<int:pk>/files/<int:attachment>/", reading.attachment, name="attachment"),
    path("<int:pk>/check/", approving.check, name="check"),
    path("<int:pk>/send-for-approval/", approving.send_for_approval, name="send_for_approval"),
    path("<int:pk>/approve/", approving.approve, name="approve"),
    path("<int:pk>/return/", approving.return_to_author, name="return_to_author"),
    path("<int:pk>/withdraw/", approving.withdraw, name="withdraw"),
    path("<int:pk>/sent/", approving.confirmation, name="confirmation"),
    path("<int:pk>/paper/", reading.paper, name="paper"),
    path("<int:pk>/triage/", triaging.triage, name="triage"),
    path("<int:pk>/triage/begin/", triaging.begin_triage, name="begin_triage"),
    path("<int:pk>/ask/", triaging.ask, name="ask"),
    path("<int:pk>/questions/<int:question>/", triaging.answer, name="answer"),
    path("<int:pk>/decide/", triaging.open_decision, name="open_decision"),
    path("<int:pk>/conclude/", triaging.conclude, name="conclude"),
    path("<int:pk>/decide-again/", triaging.decide_again, name="decide_again"),
    path("<int:pk>/join/", triaging.join, name="join"),
    path("<int:pk>/join/<int:case>/", triaging.match, name="match"),
    path("<int:pk>/undo-join/", triaging.undo_join, name="undo_join"),
]
