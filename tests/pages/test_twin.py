"""The Markdown that is made of a page's HTML."""

import pytest

from okrsite.pages.twin import markdown_twin, twin_path


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1 id=x>Grow</h1><p>Why</p>", "# Grow\n\nWhy"),
        ('<p>See <a class="y" href="../a/">our <b>plan</b></a>.</p>', "See [our plan](../a/)."),
        ("<p><span>0.45</span><span>expected 0.35</span></p>", "0.45 expected 0.35"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("<dl><dt>Owner</dt><dd>Sales</dd></dl>", "- Owner: Sales"),
        (
            "<table><thead><tr><th>Date</th><th>Value</th></tr></thead>"
            "<tbody><tr><td>1 Oct<td>5</table>",
            "| Date | Value\n| --- | ---\n| 1 Oct | 5",
        ),
        ("<pre><code>a  = [1]\n\nb</code></pre>", "```\na  = [1]\n\nb\n```"),
        ("<p>Use <code>to</code>.</p>", "Use `to`."),
        ("<p>A<svg><text>9</text></svg><script>x()</script><form>f</form>B</p>", "AB"),
        # Text stays text: it is neither HTML nor a link.
        ("<p>&lt;b&gt; [x](javascript:y)</p>", "&lt;b&gt; \\[x\\](javascript:y)"),
        ("<p>`z` \\</p>", "\\`z\\` \\\\"),
        ('<p><a href="#a_(b)">x</a></p>', "[x](#a_%28b%29)"),
        ('<h2>Goals<a class="headerlink" href="#g">¶</a></h2>', "## Goals"),
        ("<p>A<!-- secret -->B</p>", "AB"),
    ],
)  # fmt: skip
def test_a_page_becomes_markdown(html: str, markdown: str) -> None:
    assert markdown_twin(html) == f"{markdown}\n"


def test_a_twin_lies_next_to_its_page() -> None:
    assert twin_path("teams/sales/index.html") == "teams/sales/index.md"
    assert twin_path("teams/sales.html") == "teams/sales.md"
