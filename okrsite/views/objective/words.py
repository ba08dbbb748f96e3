"""What is said of objectives and key results in several places."""

from markupsafe import Markup

from okrsite.cycles import State
from okrsite.model import Objective
from okrsite.views.parts import Desk, Link


def anchor_of(link: Link) -> Markup:
    """Write a link as HTML, for a value that is one."""
    return Markup('<a href="%s">%s</a>') % (link.href, link.text) if link.href else link.text


def graded(desk: Desk, computed: float | None, by_hand: bool) -> str | None:
    """Say what a score given by hand would be if it were computed."""
    if not by_hand:
        return None
    return desk.say("graded by hand, computed %(score)s", score=desk.words.score(computed))


def is_closed(desk: Desk, objective: Objective) -> bool:
    """Tell whether an objective's cycle is closed on the day of the site."""
    return desk.site.project.cycles[objective.cycle].state(desk.site.as_of) is State.CLOSED
