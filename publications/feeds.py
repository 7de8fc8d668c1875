"""News of the library for feed readers."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Rss201rev2Feed

from accounts.models import Partnership

from .models import Publication


@method_decorator(login_not_required, name="__call__")
class LibraryFeed(Feed):
    """RSS 2.0 of what is public, newest first. Addresses are those of the configured site."""

    feed_type = Rss201rev2Feed

    def title(self):
        return f"Reviews published by {Partnership.this().name}"

    def description(self):
        return "Local child safeguarding practice reviews, improvements and learning briefings."

    def link(self):
        return f"{settings.SITE_URL}/library/"

    def feed_url(self):
        return f"{settings.SITE_URL}/library/feed.xml"

    def items(self):
        return Publication.objects.public()[:50]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_link(self, item):
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item):
        return settings.SITE_URL + item.get_absolute_url()

    def item_pubdate(self, item):
        return datetime.combine(item.published_on, time(9), tzinfo=UTC)


feed = login_not_required(LibraryFeed())
