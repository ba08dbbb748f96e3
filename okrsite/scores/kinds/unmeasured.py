"""Key results without a measure: the score is the share that was stated last."""

from datetime import date

from okrsite.project.model import Reading, Unmeasured
from okrsite.scores.kinds.base import AlignedScores, Evaluation, KeyResultScoring


class UnmeasuredScoring(KeyResultScoring[Unmeasured]):
    """The score is what people state."""

    def evaluate_readings(
        self, readings: tuple[Reading, ...], day: date, aligned: AlignedScores | None
    ) -> Evaluation:
        """Return the share that was stated last."""
        value = self.last_value(readings)
        return Evaluation(readings, None, value, None, value)
