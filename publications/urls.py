from django.urls import path

from .feeds import feed
from .views import editing, public

app_name = "publications"
urlpatterns = [
    path("", public.start, name="start"),
    path("pages/<slug:slug>/", public.page, name="page"),
    path("pages/<slug:slug>/documents/<int:pk>/", public.page_file, name="page_file"),
    path("pages/<slug:slug>/have-your-say/", public.page_feedback, name="page_feedback"),
    path("library/", public.library, name="library"),
    path("library/feed.xml", feed, name="feed"),
    path("library/<slug:slug>/", public.publication, name="publication"),
    path("library/<slug:slug>/report.pdf", public.pdf, name="pdf"),
    path("library/<slug:slug>/have-your-say/", public.publication_feedback, name="publication_feedback"),
    path("thank-you/", public.thanks, name="thanks"),
    path("accessibility/", public.standing_page, {"name": "accessibility"}, name="accessibility"),
    path("privacy/", public.standing_page, {"name": "privacy"}, name="privacy"),
    path("cookies/", public.standing_page, {"name": "cookies"}, name="cookies"),
    path("contact/", public.standing_page, {"name": "contact"}, name="contact"),
    path("site/", editing.manage, name="manage"),
    path("site/pages/add/", editing.add_page, name="add_page"),
    path("site/pages/<int:pk>/", editing.edit_page, name="edit_page"),
    path("site/pages/<int:pk>/documents/add/", editing.add_file, name="add_file"),
    path("site/pages/<int:pk>/documents/<int:file>/remove/", editing.remove_file, name="remove_file"),
    path("site/publish/", editing.publish, name="publish"),
    path("site/publications/<int:pk>/withdraw/", editing.withdraw, name="withdraw"),
    path("site/publications/<int:pk>/feedback/", editing.switch_feedback, name="switch_feedback"),
    path("site/feedback/", editing.feedback, name="feedback"),
    path("site/feedback/<int:pk>/read/", editing.mark_read, name="mark_read"),
]
