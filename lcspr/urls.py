from django.urls import path

from .views import commissioning, ending, review, writing

app_name = "lcspr"
urlpatterns = [
    path("", review.listing, name="list"),
    path("open/<int:pk>/", commissioning.open_review, name="open"),
    path("<int:pk>/", review.review, name="review"),
    path("<int:pk>/terms/", commissioning.terms, name="terms"),
    path("<int:pk>/terms/agree/", commissioning.agree_terms, name="agree_terms"),
    path("<int:pk>/reviewers/appoint/", commissioning.appoint, name="appoint"),
    path("<int:pk>/reviewers/<int:reviewer>/remove/", commissioning.remove_reviewer, name="remove_reviewer"),
    path("<int:pk>/discontinue/", commissioning.discontinue, name="discontinue"),
    path("<int:pk>/report/", writing.report, name="report"),
    path("<int:pk>/report/hand-in/", writing.hand_in, name="hand_in"),
    path("<int:pk>/report/hand-back/", writing.hand_back, name="hand_back"),
    path("<int:pk>/report/recommend/", writing.recommend, name="recommend"),
    path("<int:pk>/report/<slug:key>/", writing.section, name="section"),
    path("<int:pk>/report/<slug:key>/comment/", writing.comment, name="comment"),
    path("<int:pk>/comments/<int:comment>/settle/", writing.settle_comment, name="settle_comment"),
    path("<int:pk>/sign-off/", ending.open_sign_off, name="open_sign_off"),
    path("<int:pk>/sign-off/conclude/", ending.conclude, name="conclude"),
    path("<int:pk>/told/<slug:recipient>/", ending.decision_notice, name="decision_notice"),
    path("<int:pk>/reviewers/<int:reviewer>/told/<slug:recipient>/", ending.reviewer_notice, name="reviewer_notice"),
    path("<int:pk>/copies/<slug:recipient>/", ending.copy_sent, name="copy_sent"),
    path("<int:pk>/publication/plan/", ending.plan_publication, name="plan_publication"),
    path("<int:pk>/publication/publish/", ending.publish, name="publish"),
    path("<int:pk>/publication/improvements-only/", ending.improvements_only, name="improvements_only"),
    path("<int:pk>/delay/", ending.delay, name="delay"),
    path("<int:pk>/monitoring/", ending.monitor, name="monitor"),
    path("<int:pk>/family/", ending.family, name="family"),
    path("<int:pk>/paper/<slug:ending>/", ending.paper, name="paper"),
]
