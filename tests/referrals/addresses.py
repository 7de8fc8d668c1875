"""The addresses of the pages of a referral, by their names."""

from django.urls import reverse


def url(name, *args):
    return reverse(f"referrals:{name}", args=args)


def page(referral, key):
    return url("page", referral.pk, key)
