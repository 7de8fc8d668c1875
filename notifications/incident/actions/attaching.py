"""The documents that go with a notification."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import AlreadyDone
from documents.models import Upload
from documents.uploads import discard
from notifications.incident import rights
from notifications.incident.models import Attachment, Notification


@transaction.atomic
def attach(notification: Notification, upload: Upload, *, by: Standing) -> Attachment:
    """Attach a file that has been accepted. Also after sending: it says when it was added. Raises AlreadyDone."""
    rights.PREPARE.require(by, notification)
    hold(notification.trail)
    notification.refresh_from_db(fields=["status"])
    if not (notification.is_preparing or notification.is_sent):
        raise AlreadyDone("The notification is closed.")
    attachment = Attachment.objects.create(notification=notification, upload=upload, added_by=by.user, added_at=by.at)
    record(notification.trail, "notification file attached", by=by, subject=attachment)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: Standing) -> None:
    """Take a file off; its bytes are removed. Raises AlreadyDone once the notification was sent: it went with it."""
    notification = attachment.notification
    rights.PREPARE.require(by, notification)
    hold(notification.trail)
    notification.refresh_from_db(fields=["status"])
    if not notification.is_preparing:
        raise AlreadyDone("What went with a notification stays.")
    upload = attachment.upload
    record(notification.trail, "notification file removed", by=by, subject=attachment)
    attachment.delete()
    discard(upload)
