"""The working plan: when each step is due, and when it was done, asked of what was recorded."""

from datetime import date

from agency_returns import actions as returns
from rapid_reviews import plan


def steps(review):
    return {step.title: step for step in plan.steps(review)}


def test_the_plan_ends_with_the_day_by_which_the_review_is_to_be_sent(review):
    last = plan.steps(review)[-1]
    assert (last.working_day, last.due_on, last.statutory) == (15, date(2026, 10, 29), True)


def test_a_step_is_behind_only_after_its_day_and_only_while_it_is_not_done(met):
    meeting = steps(met)["Rapid review meeting"]
    assert (meeting.due_on, meeting.done_on) == (date(2026, 10, 22), date(2026, 10, 22))
    assert not meeting.is_behind(on=date(2026, 10, 30))
    draft = steps(met)["Draft report"]
    assert not draft.is_behind(on=date(2026, 10, 26))
    assert draft.is_behind(on=date(2026, 10, 27))


def test_the_steps_of_the_agencies_are_done_when_the_last_of_them_has_done_its_part(review, cast, case_one, when):
    asked = [
        returns.send_request(
            case_one,
            agency,
            by=when("coordinator", 10, 9),
            occasion=review.requests_occasion,
            due_on=date(2026, 10, 19),
        ).agency_return
        for agency in (cast.agencies.school, cast.agencies.hospital)
    ]
    assert steps(review)["Requests for information issued to agencies"].done_on == date(2026, 10, 9)
    returns.acknowledge(asked[0], by=when("lead", 10, 12))
    assert steps(review)["Holding or nil return from each agency"].done_on is None
    returns.nil_return(asked[1], by=when("other_lead", 10, 13), records_checked="All")
    assert steps(review)["Holding or nil return from each agency"].done_on == date(2026, 10, 13)
    assert steps(review)["Agency returns"].done_on is None
    returns.nil_return(asked[0], by=when("lead", 10, 15), records_checked="All")
    assert steps(review)["Agency returns"].done_on == date(2026, 10, 15)


def test_the_plan_of_a_review_that_was_sent_is_done(sent):
    assert steps(sent)["Target for sending the rapid review"].done_on == date(2026, 10, 29)
    assert plan.steps(sent)[-1].done_on == date(2026, 10, 29)
