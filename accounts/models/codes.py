"""Codes sent by e-mail, kept only as hashes."""

from __future__ import annotations

from django.db import models


class EmailedCode(models.Model):
    """One code for one address and one purpose. Never enters an event, a log or the database in clear."""

    email = models.EmailField()
    purpose = models.CharField(max_length=100)
    digest = models.CharField(max_length=128)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email", "purpose"])]

    def __str__(self) -> str:
        return f"code for {self.purpose}"
