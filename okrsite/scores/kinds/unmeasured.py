"""Key results without a measure: the score is the share that was stated last."""

from datetime import date

from okrsite.project.model import Reading
from okrsite.project.model.measures import Unmeasured
from okrsite.scores.kinds.base import Evaluation, KeyResultScoring


class UnmeasuredScoring(KeyResultScoring[Unmeasured]):
    """The score is what people state."""

    def evaluate_readings(self, readings: tuple[Reading, ...], day: date) -> Evaluation:
        """Return the share that was stated last."""
        value = self.last_value(readings)
        return Evaluation(readings, value, value)
