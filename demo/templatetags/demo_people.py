from django import template

from accounts.roles import Role
from demo.people import AGENCIES, PEOPLE

register = template.Library()


@register.simple_tag
def demo_people():
    """The people of the demonstration, for the sign-in page."""
    names = {agency.key: agency.name for agency in AGENCIES}
    return [
        {
            "email": person.email,
            "name": person.name,
            "job": person.job,
            "role_words": Role(person.role).label,
            "agency_name": names[person.agency],
        }
        for person in PEOPLE
    ]
