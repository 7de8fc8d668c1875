"""A person who signs in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower


class People(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Required by Django's own command. Nobody is above the rights: this makes an ordinary person."""
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def the_scheduler(self) -> User:
        """The fixed actor of what the clock does by itself."""
        return self.get_or_create(email="scheduler@system", defaults={"name": "The scheduler", "is_active": False})[0]

    def anonymous(self) -> User:
        """The fixed actor of what somebody does without signing in."""
        return self.get_or_create(
            email="anonymous@system", defaults={"name": "Someone not signed in", "is_active": False}
        )[0]


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do is in their memberships; the person alone may do nothing."""

    email = models.EmailField("email address", max_length=254, unique=True)
    name = models.CharField("full name", max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    phone = models.CharField("telephone number", max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    # Made when somebody proves an e-mail address with a code: no password, one part, nothing else.
    correspondent = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
