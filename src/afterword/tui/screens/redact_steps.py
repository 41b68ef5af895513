"""The steps of a redaction, so that decisions can be taken back one after the other."""

from afterword.redaction import Redaction

Place = tuple[int, int]
"""Where a finding begins and ends."""


class Steps:
    """The places that each step decided, the last step at the end."""

    def __init__(self) -> None:
        self._steps: list[tuple[Place, ...]] = []

    def note(self, before: Redaction, after: Redaction) -> None:
        """Note what was decided between two states; another label alone decides nothing."""
        known = {(each.start, each.end, each.verdict, each.why) for each in before.decided}
        new = [each for each in after.decided if (each.start, each.end, each.verdict, each.why) not in known]
        if new:
            self._steps.append(tuple((each.start, each.end) for each in new))

    def to_take_back(self, state: Redaction, at: int) -> tuple[Place, ...]:
        """Return the places whose decision is to go: that of the finding `at`, or else what the last step decided.

        Of an earlier visit no step is known; then it is the decision next above, or else the last one.
        """
        finding = state.findings[at]
        if state.decision(at):
            return ((finding.start, finding.end),)
        decided = [(f.start, f.end) for index, f in enumerate(state.findings) if state.decision(index) is not None]
        while self._steps:
            still = tuple(place for place in self._steps.pop() if place in decided)
            if still:
                return still
        above = [place for place in decided if place[0] < finding.start]
        return tuple((above or decided)[-1:])


def taken_back(state: Redaction, places: tuple[Place, ...]) -> Redaction:
    """Return the state without the decisions at some places; copies that came with them go as well."""
    for place in places:
        at = next((at for at, each in enumerate(state.findings) if (each.start, each.end) == place), None)
        if at is not None:
            state = state.unmark(at) if state.findings[at] in state.marked else state.undecide(at)
    return state
