"""The cases of the demonstration: spread over every stage and every state of a clock, dated from today."""

from __future__ import annotations

from datetime import timedelta

from referrals.models import EventKind

from . import prose
from .journey import Journey, World


def tell(world: World) -> list[Journey]:
    """Make them all, oldest first, so that references run in the order of the days."""
    ago = world.working_days_ago
    told = []

    def began(story: prose.Story, days: int, **who: str) -> Journey:
        journey = Journey(world, story, began=ago(days), **who)
        told.append(journey)
        return journey

    # A review published some months ago, its actions running.
    case = began(prose.NEGLECT, 250).referred().later(working_days=1).decided().awareness_known().notified()
    case.asked_agencies().later(working_days=6).agencies_answered().later(working_days=3).met()
    case.later(working_days=2).signed().later(working_days=1).sent_to_panel().later(working_days=14).answered()
    case.commissioned().later(working_days=10).begun().later(working_days=40).written().handed_in()
    case.later(working_days=8).approved().later(working_days=2)
    publication = case.later(working_days=0).day + timedelta(days=21)
    case.noticed(publication=publication, title="Three children who were not seen").until(publication)
    case.published(
        "Three children were neglected over two years while services wrote down what they missed. This "
        "review asks why nobody put it together, and what would have helped."
    )
    case.later(working_days=5).acted_on(overdue=True)

    # Six months passed because of a trial: explained, and never moved.
    case = began(prose.EXPLOITATION, 190, referred_by="school").referred().decided().awareness_known().notified()
    case.asked_agencies().later(working_days=7).agencies_answered().later(working_days=3).met()
    case.later(working_days=2).signed().later(working_days=1).sent_to_panel().later(working_days=18).answered()
    case.commissioned().later(working_days=8).begun().later(working_days=60).delayed(world.today + timedelta(days=150))

    # No local review; learning carried out. The rapid review was late.
    case = began(prose.SLEEP, 120, la="fell_isles").referred().decided().awareness_known().notified()
    case.asked_agencies().later(working_days=8).agencies_answered().later(working_days=4).met()
    case.later(working_days=4).signed("no_lcspr").later(working_days=1)
    case.sent_to_panel("An agency's return came late, and the panel wanted to read it.")
    case.later(working_days=15).answered("AGREE_NO_LCSPR", "RR_QUALITY_FEEDBACK").acted_on()

    # The report is with the partners.
    case = began(prose.FIRE, 105).referred().decided().awareness_known().notified()
    case.asked_agencies().later(working_days=6).agencies_answered().later(working_days=3).met()
    case.later(working_days=3).signed().later(working_days=1).sent_to_panel().later(working_days=12).answered()
    case.commissioned().later(working_days=6).begun().later(working_days=35).written().handed_in()
    case.later(working_days=6).put_for_approval(signed=1)

    # A local review being written.
    case = began(prose.SUICIDE, 62, referred_by="school").referred().decided().awareness_known().notified()
    case.asked_agencies().later(working_days=7).agencies_answered().later(working_days=3).met()
    case.later(working_days=2).signed().later(working_days=1).sent_to_panel().later(working_days=9).answered()
    case.commissioned().later(working_days=5).begun()

    # Found not to meet the criteria after all.
    case = began(prose.INGESTION, 48).referred().decided().awareness_known().notified()
    case.later(working_days=6).withdrawn()

    # Decided: learn from it another way.
    case = began(prose.INGESTION, 44, referred_by="school").referred(EventKind.LEARNING).later(working_days=2)
    case.decided("alternative_learning", "The criteria are not met. The partners will hold a practice briefing on it.")

    # Sent to the national body, waiting for its answer.
    case = began(prose.UNBORN, 30).referred().decided().awareness_known().notified()
    case.asked_agencies().later(working_days=6).agencies_answered().later(working_days=3).met()
    case.later(working_days=2).signed().later(working_days=1).sent_to_panel()

    # Being signed, due in two working days.
    case = began(prose.HEAD_INJURY, 13).referred().decided().awareness_known().notified()
    case.asked_agencies().later(working_days=6).agencies_answered().later(working_days=3).met()
    case.later(working_days=2).put_for_signing(signed=1)

    # Agencies are answering; one is late. The police have no copy of the notification yet, nor has the business unit.
    case = began(prose.SUICIDE, 9, la="fell_isles").referred().decided().awareness_known()
    case.notified(told=("icb",), copied=False)
    case.working_plan_applied().asked_agencies().later(working_days=4).agencies_answered(all_of_them=False)

    # The notification is overdue.
    began(prose.EXPLOITATION, 8).referred().decided().awareness_known()

    # The notification is due tomorrow; what goes with it has been attached.
    case = began(prose.SLEEP, 4, referred_by="school").referred().decided().awareness_known()
    case.with_documents(
        ("Form A.txt", "Notification of the death of a child. Fictional, for the demonstration.\n"),
        ("Interim care order.txt", "An order of the court. Fictional, for the demonstration.\n"),
    )

    # Partners say that the criteria are met, and the authority does not notify.
    case = began(prose.HEAD_INJURY, 4, referred_by="school").referred().awareness_known()
    case.later(working_days=2).disputed().later(working_days=1)
    case.disagreement_passed_on("The chair could not bring the two views together.")

    # Two of three partners have said what they think.
    began(prose.FIRE, 3).referred().put_to_partners(answers=2)

    # The referrer has been asked for more.
    began(prose.NEGLECT, 2, referred_by="school").referred().asked_for_more()

    # Just received: nobody has said when the authority knew.
    began(prose.HEAD_INJURY, 1).referred()

    # In the agency: one waits for its lead, one is being written.
    began(prose.UNBORN, 1, referred_by="school").sent_to_lead()
    began(prose.INGESTION, 0, referred_by="school").drafted()
    return told
