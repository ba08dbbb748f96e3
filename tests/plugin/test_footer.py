"""The footer of every page."""

import re
from pathlib import Path

from tests.end_to_end.test_site import KINDS
from tests.sites import build_well, demo_site, write_site

_FOOT = re.compile(r"<p class=okr-foot>(.*?)</p>", re.DOTALL)
_LINK = re.compile(r'<a href="([^"]+)">')


def test_the_footer_says_the_day_and_leads_to_what_there_is() -> None:
    for address in [*KINDS.values(), "guide/scores/"]:
        file = demo_site() / address / "index.html"
        (foot,) = _FOOT.findall(file.read_text("utf-8"))
        assert 'datetime="2026-11-15"' in foot
        links = _LINK.findall(foot)
        assert len(links) == 5
        for link in links:
            target = (file.parent / link).resolve()
            assert target.is_file() or (target / "index.html").is_file(), link


def test_the_footer_leads_to_where_a_page_that_somebody_wrote_is_edited(tmp_path: Path) -> None:
    objective = "---\ntype: objective\n---\n"
    places = {"repo_url": "https://github.com/acme/okrs", "edit_uri": "edit/main/content/"}
    files = {"okrs/2026-q4/company/grow.md": objective}
    config = write_site(tmp_path, files, {"as_of": "2026-11-15"}, theme="material", **places)
    build_well(config, tmp_path / "site")

    def foot(page: str) -> str:
        (found,) = _FOOT.findall((tmp_path / "site" / page).read_text("utf-8"))
        return str(found)

    edit = "https://github.com/acme/okrs/edit/main/content/okrs/2026-q4/company/grow.md"
    assert f'<a href="{edit}">Edit this page</a>' in foot("okrs/2026-q4/company/grow/index.html")
    assert "Edit this page" not in foot("kpis/index.html")
    assert "As of" in foot("404.html")
