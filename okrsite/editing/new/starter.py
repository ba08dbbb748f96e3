"""The files of a new site: the configuration, the first documents, the checks, the pipeline.

Where its repository is on the web is read from the address that git pushes to.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from urllib.parse import quote

import yaml
from jinja2 import Environment, StrictUndefined

from okrsite.documents.json_schema import front_matter_schema, schema_text
from okrsite.editing.new.sample import DOCS, sample_documents
from okrsite.editing.yaml_text import scalar_text

GITHUB, GITLAB, NONE = "github", "gitlab", "none"

_SCP = re.compile(r"(?:[^@/:]+@)?(?P<host>[\w-]+(?:\.[\w-]+)+):(?!//)(?P<path>[^:\\]+)")
_URL = re.compile(r"(?:https?|ssh|git)://(?:[^@/]+@)?(?P<host>[\w.-]+)(?::\d+)?/(?P<path>.+)")

VSCODE, VSCODE_SCHEMA = "vscode", "vscode-schema"
"""The editors that can be prepared: with snippets, and with the schema of the front matter too."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The choices for a new site.

    `origin` is what okrsite was installed from, if not by its name. `name` is the organisation's,
    `day` lies in the quarter of the objectives, `version` is that of okrsite. `edit_uri` is where
    documents can be edited on the web, `branch` the published one. `jobs` are what the
    pipeline does on a schedule besides building the site: `notify`, `pull`.
    """

    name: str
    day: date
    version: str
    ci: str = "none"
    editor: str = "none"
    origin: str | None = None
    edit_uri: str | None = None
    branch: str = "main"
    jobs: tuple[str, ...] = ()


def starter_files(wishes: Wishes) -> dict[str, str]:
    """Return the texts of all files of a new site, by their paths in its folder."""
    documents = sample_documents(wishes.name, wishes.day)
    made = {f"{DOCS}/{uri}": text for uri, text in documents.items()}
    made |= _rendered(wishes, [*_templates(wishes), *_job_templates(wishes)])
    if wishes.editor == VSCODE_SCHEMA:
        made["front-matter.schema.json"] = schema_text(front_matter_schema())
    return dict(sorted(made.items()))


def job_files(wishes: Wishes) -> dict[str, str]:
    """Return the texts of the scheduled jobs alone, for a site that exists already."""
    return _rendered(wishes, _job_templates(wishes))


def _rendered(wishes: Wishes, chosen: Iterable[tuple[str, str]]) -> dict[str, str]:
    values = {
        "name": _setting(wishes.name),
        "edit_uri": wishes.edit_uri,
        "branch": _setting(wishes.branch),
        "jobs": wishes.jobs,
        "requirement": requirement(wishes.version, wishes.origin, wishes.jobs),
        "known": wishes.origin is not None,
        "schema": wishes.editor == VSCODE_SCHEMA,
    }
    templates = Environment(
        variable_start_string="«",
        variable_end_string="»",
        block_start_string="«%",
        block_end_string="%»",
        comment_start_string="«#",
        comment_end_string="#»",
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,
    )
    return {path: templates.from_string(_read(name)).render(values) for path, name in chosen}


EXTRAS = {"notify": ("notify",), "pull": ("http", "sql")}
"""The extras that a job needs."""


def requirement(version: str, origin: str | None = None, jobs: Iterable[str] = ()) -> str:
    """Return the requirement for pip: this version, or a later compatible one.

    Where okrsite was not installed by its name, it is the place that it came from.
    """
    extras = ",".join(sorted(extra for job in jobs for extra in EXTRAS.get(job, ())))
    name = f"okrsite[{extras}]" if extras else "okrsite"
    if origin is not None:
        return f"{name} @ {origin}"
    major, minor = version.split(".")[:2]
    following = f"0.{int(minor) + 1}" if major == "0" else str(int(major) + 1)
    return f"{name}>={version},<{following}"


def _setting(text: str) -> str:
    """Return a text as YAML that stays text: `2026` alone would be a number."""
    plain = scalar_text(text, flow=True)
    return plain if yaml.safe_load(plain) == text else json.dumps(text, ensure_ascii=False)


def _templates(wishes: Wishes) -> Iterator[tuple[str, str]]:
    """Return the files of a site, with the templates that they are made from."""
    yield "mkdocs.yml", "mkdocs.yml"
    yield "requirements.txt", "requirements.txt"
    yield ".gitignore", "gitignore"
    yield ".gitattributes", "gitattributes"
    yield ".pre-commit-config.yaml", "pre-commit-config.yaml"
    if wishes.ci == GITHUB:
        yield ".github/workflows/okr-review.yml", "github/okr-review.yml"
        yield ".github/workflows/okr-site.yml", "github/okr-site.yml"
    if wishes.ci == GITLAB:
        yield ".gitlab-ci.yml", "gitlab/gitlab-ci.yml"
    if wishes.editor in (VSCODE, VSCODE_SCHEMA):
        yield ".vscode/okrsite.code-snippets", "vscode/okrsite.code-snippets"
        yield ".vscode/settings.json", "vscode/settings.json"
    if wishes.editor == VSCODE_SCHEMA:
        yield ".vscode/extensions.json", "vscode/extensions.json"
        yield ".remarkrc.mjs", "vscode/remarkrc.mjs"
        yield "package.json", "vscode/package.json"


def _job_templates(wishes: Wishes) -> Iterator[tuple[str, str]]:
    for job in wishes.jobs:
        if wishes.ci == GITHUB:
            yield f".github/workflows/okr-{job}.yml", f"github/okr-{job}.yml"
        if wishes.ci == GITLAB:
            yield f".gitlab/okr-{job}.yml", f"gitlab/okr-{job}.yml"


def _read(template: str) -> str:
    return files("okrsite.editing.new").joinpath("files", *template.split("/")).read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository's host, like `github.com`, and its path there, without any credentials."""

    host: str
    path: str

    @property
    def kind(self) -> str:
        """The pipelines that run there: `github`, `gitlab` or `none`."""
        names = self.host.lower().split(".")
        return next((kind for kind in (GITHUB, GITLAB) if kind in names), NONE)

    def edit_uri(self, branch: str, docs: str) -> str | None:
        """Return the address below which the host edits the documents of a branch."""
        if self.kind == NONE:
            return None
        middle = "/-/edit/" if self.kind == GITLAB else "/edit/"
        return f"https://{self.host}/{quote(self.path)}{middle}{quote(branch)}/{docs}/"


def remote(address: str) -> Remote | None:
    """Return the remote of an address that git prints; None where it is not on the web."""
    match = _URL.fullmatch(address.strip()) or _SCP.fullmatch(address.strip())
    if match is None:
        return None
    path = match["path"].strip("/").removesuffix(".git")
    return Remote(match["host"], path) if path else None
