"""Codes sent by e-mail, kept only as hashes."""

from __future__ import annotations

from django.conf import settings
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


class RecoveryCode(models.Model):
    """One of the codes a person keeps for the day their second factor is lost. Only its hash is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    # Stands before the hyphen of the code, so that one hash has to be tried and not ten.
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "number"], name="one_recovery_code_per_number")]

    def __str__(self) -> str:
        return f"recovery code {self.number}"
