"""What a partner answers to the criteria, where a test is about something else."""


def answers_to(seat, answer="met", why="The hospital's findings show it."):
    """Code -> (answer, why) for each criterion that is asked of the holder of this seat."""
    return {criterion.code: (answer, why) for criterion in seat.decision.asked_of_each}
