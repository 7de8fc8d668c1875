"""The product's pages, and the two things they are compared with: bare views, and Django's admin."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from bench import bare
from cases.models import Case
from config.urls import handler400, handler403, handler404, handler429, handler500
from config.urls import urlpatterns as ours


class EveryoneIsStaff(admin.AdminSite):
    """The admin as it is, but for who may enter: rights cost the product time, and the admin nothing."""

    def has_permission(self, request):
        return request.user.is_authenticated


class Rows(admin.ModelAdmin):
    def has_view_permission(self, request, obj=None):
        return True

    has_module_permission = has_change_permission = has_view_permission


class Cases(Rows):
    list_display = ("reference", "status", "title", "incident_la", "received_on")
    list_select_related = ("incident_la",)
    list_per_page = 50
    ordering = ("-received_on", "-pk")
    raw_id_fields = ("chain", "incident_la", "home_la", "joined_into")


site = EveryoneIsStaff(name="admin")
site.register(Case, Cases)

urlpatterns = [
    path("bench/hello/", bare.hello),
    path("bench/cases/", bare.cases),
    path("bench/cases/deep/", bare.oldest_cases),
    path("bench/desk/", bare.desk),
    path("bench/case/<str:reference>/", bare.case),
    path("bench/insert/", bare.insert),
    path("admin/", site.urls),
    *ours,
]

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]
