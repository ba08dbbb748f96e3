"""Where the key results of an objective were in each of its versions.

An id that follows from the position (`kr2`) names another key result once one above it is dropped.
What a check-in document says is about those of its own time.
"""

from dataclasses import dataclass

from okrsite.history.log.versions import VersionKey


@dataclass(frozen=True, slots=True)
class NumberedVersion:
    """A version by the place of its commit in the log, where the newest comes first.

    `pairing` are the positions that the key results of the version before have in it, -1 where
    dropped; None is where they stayed.
    """

    place: int
    key: VersionKey
    pairing: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Numbering:
    """The versions of an objective, the oldest first."""

    versions: tuple[NumberedVersion, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether any key result ever had another position."""
        return any(version.pairing is not None for version in self.versions)

    def at(self, place: int) -> VersionKey | None:
        """Return the version after the commit at a place, None before the first."""
        earlier = self._until(place)
        return earlier[-1].key if earlier else None

    def position_at(self, place: int, position: int, later: int) -> int | None:
        """Return where a key result was after the commit at a place, by its position after that at
        a later one; None where it was added in between."""
        earlier = self._until(place)
        for version in reversed(self._until(later)[len(earlier) :]):
            if version.pairing is not None:
                if position not in version.pairing:
                    return None
                position = version.pairing.index(position)
        return position

    def _until(self, place: int) -> tuple[NumberedVersion, ...]:
        return tuple(version for version in self.versions if version.place >= place)
