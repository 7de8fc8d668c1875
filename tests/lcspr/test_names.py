"""What says who somebody is does not go to the public by mistake."""

from datetime import date

import pytest

from cases.actions import add_person
from cases.models import Identity
from lcspr import actions
from lcspr.names import names_in
from publications.models import Publication
from publications.public_report import PublicReport


def report(text="", title="A title", summary="A summary", recommendation="Do better"):
    return PublicReport(
        title=title,
        kind="lcspr",
        summary=summary,
        sections=(("Analysis", f"<p>{text}</p>"), ("Learning", "<p>Nothing here</p>")),
        recommendations=(recommendation,),
        reviewers=("Zephyrine Reviewer",),
        published_on=date(2026, 12, 3),
    )


@pytest.fixture
def identity(child):
    """Zephyrine Quillfeather, born on 2 March 2026, NHS number 943 476 5919, and where she lives."""
    found = Identity.objects.get(child=child)
    Identity.objects.filter(pk=found.pk).update(
        address="12 Gannet Steps\nWestmoor", postcode="TR1 3AY", other_names="Zéphy O'Malley-Thorne"
    )
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Zephyrine was seen",
        "when quillfeather was seen",
        "ZEPHYRINE",
        "Quillfeather's mother",
        "<strong>Zephy</strong>rine",
        "Zephy\u200brine",
        "Zephy\u00adrine",
        "Zephy said",
        "the O’Malley family",
        "of the Thorne family",
        "number 943 476 5919",
        "number 9434765919",
        "born on 2 March 2026",
        "born 02/03/2026",
        "(2 Mar 2026)",
        "at 12 Gannet Steps,",
        "of TR1 3AY",
        "of tr13ay",
    ],
)
def test_a_name_number_birth_date_or_address_is_found_however_it_is_written(case_one, identity, text):
    assert names_in(report(text), case_one) == ["Analysis"]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing of the kind",
        "a quill and a feather",
        "on 12 March 2026",
        "in March 2026",
        "1943476591900",
        "Malleyside",
    ],
)
def test_what_is_none_of_it_is_left_alone(case_one, identity, text):
    assert names_in(report(text), case_one) == []


def test_every_part_of_what_is_published_is_looked_at(case_one, identity):
    found = names_in(report("Zephyrine", title="Zephyrine", summary="Zephyrine", recommendation="Zephyrine"), case_one)
    assert found == ["Title for the public", "Summary", "Analysis", "Recommendations"]


def test_names_that_are_words_are_looked_for_with_their_capital(case_one, when):
    add_person(case_one, by=when("coordinator", 11, 1), relationship="mother", identity={"full_name": "May Will"})
    assert names_in(report("It may be that they will"), case_one) == []
    assert names_in(report("Then May said so"), case_one) == ["Analysis"]
    assert names_in(report("MAY said so"), case_one) == ["Analysis"]


def test_people_of_another_case_are_not_looked_for(case_two, identity):
    assert names_in(report("Zephyrine"), case_two) == []


def test_a_case_without_names_has_none(case_one):
    Identity.objects.update(full_name="", other_names="", nhs_number="", born_on=None)
    assert names_in(report("Anyone at all"), case_one) == []


# --- the verbs ---
@pytest.fixture
def named(begun, write, written, when, agree):
    """A report that was signed with a name in it."""
    write(written, "events", "<p>On that day Zephyrine was taken to hospital.</p>")
    actions.hand_in(written, by=when("reviewer", 11, 14))
    actions.open_sign_off(written, by=when("coordinator", 11, 16))
    agree(written)
    actions.conclude_sign_off(written, by=when("coordinator", 11, 18), outcome="agree", rationale="Well")
    actions.plan_publication(
        written, date(2026, 12, 3), by=when("coordinator", 11, 18, hour=13), public_title="A bruise seen twice"
    )
    return written


def test_a_report_with_a_name_in_it_is_not_published(named, when, send_copies, now):
    send_copies(named, 11, 24)
    with pytest.raises(actions.NamesFound) as found:
        actions.publish(named, by=when("coordinator", 12, 3), summary="Two agencies")
    assert found.value.where == ["What happened"]
    assert "Zephyrine" not in str(found.value)
    assert now(named).status == "pre_publication" and not Publication.objects.exists()


def test_a_name_in_the_summary_or_title_is_found_too(planned, when, send_copies, approved):
    send_copies(planned, 11, 24)
    with pytest.raises(actions.NamesFound):
        actions.publish(planned, by=when("coordinator", 12, 3), summary="Zephyrine was seen twice")
    with pytest.raises(actions.NamesFound):
        actions.plan_publication(
            planned, date(2026, 12, 3), by=when("coordinator", 11, 19), public_title="What happened to Zephyrine"
        )


def test_improvements_are_looked_at_too(planned, when):
    from tests.lcspr.conftest import at

    with pytest.raises(actions.NamesFound):
        actions.publish_improvements_only(
            planned,
            by=when("coordinator", 12, 3),
            summary="For Zephyrine",
            reason="Why",
            sent_at=at(2026, 11, 24, 9),
        )
    assert not Publication.objects.exists()


def test_what_was_found_may_stay_for_a_reason_that_is_kept(named, when, send_copies, now):
    from audit.models import Event

    send_copies(named, 11, 24)
    actions.publish(named, by=when("coordinator", 12, 3), summary="Two agencies", names_checked="The ship of that name")
    assert now(named).status == "published"
    assert Event.objects.get(verb="report published").reason.text == "The ship of that name"
