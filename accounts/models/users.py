"""A person who signs in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.roles import Role
from audit.models import Trail

if TYPE_CHECKING:
    from accounts.standing import Standing

# Actors that are nobody: they never sign in and no list shows them.
SYSTEM = "@system"


def normal_address(typed: str) -> str:
    """The one spelling under which an e-mail address is kept and looked for."""
    return typed.strip().lower()


class UserQuerySet(models.QuerySet["User"]):
    def people(self) -> UserQuerySet:
        """Everyone but the fixed actors of the system."""
        return self.exclude(email__endswith=SYSTEM)

    def visible_to(self, by: Standing) -> UserQuerySet:
        """Those who manage people see everyone; each other person only themselves."""
        from accounts.roles import MANAGING

        return self.people() if by.holds(*MANAGING) else self.filter(pk=by.user.pk)


class _People(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=normal_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Required by Django's own command. Nobody is above the rights: this makes an ordinary person."""
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        # Exactly: a database that folds more letters than we do would let one account be guessed under many names.
        return self.get(email=normal_address(username or ""))

    def the_scheduler(self) -> User:
        """The fixed actor of what the clock does by itself."""
        return self.get_or_create(email="scheduler@system", defaults={"name": "The scheduler", "is_active": False})[0]

    def anonymous(self) -> User:
        """The fixed actor of what somebody does without signing in."""
        return self.get_or_create(
            email="anonymous@system", defaults={"name": "Someone not signed in", "is_active": False}
        )[0]


People = _People.from_queryset(UserQuerySet)


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
    # Counted up to end every session of this person at once.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()

    def get_absolute_url(self) -> str:
        return reverse("accounts:person", args=[self.pk])

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told of what this person does: `coordinators`, the others who hold that role on the day."""
        from accounts.models.memberships import Membership

        holders = Membership.objects.on(day).filter(role=Role.COORDINATOR).values("user_id")
        return User.objects.filter(pk__in=holders).exclude(pk=self.pk)

    @property
    def factors(self) -> models.QuerySet[Any]:
        """The authenticator app and passkeys, which allauth keeps."""
        return self.authenticator_set.all()  # type: ignore[attr-defined, no-any-return]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django compares this with what the session holds: a new password or a new round ends the session.
        return salted_hmac(
            "accounts.models.User.session",
            f"{self.session_round}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
