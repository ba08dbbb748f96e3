"""`okrsite init`: a site that builds at once, and never writes over anything."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from okrsite.cli import main
from okrsite.cli.commands import init as init_module
from okrsite.cli.commands.init import init as init_command
from okrsite.history.diff.markdown import MARKER
from tests.sites import ROOT, build

DAY = "2026-11-15"
TOOLS = Path(sys.executable).parent


def run(*words: str | Path, **more: str) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False, **more)


def make(folder: Path, *options: str) -> Result:
    return run("init", folder, "--as-of", DAY, *options)


def texts(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def test_the_new_site_has_no_findings_and_builds_strictly(tmp_path: Path) -> None:
    folder = tmp_path / "my okrs"
    result = make(folder, "--name", "Acme: the company", "--editor", "vscode-schema")
    assert result.exit_code == 0, result.output
    configuration = folder / "mkdocs.yml"
    lint = run("lint", "--strict", "-f", configuration, "--as-of", DAY)
    assert (lint.exit_code, lint.stdout) == (0, "")
    site = tmp_path / "site"
    built = build(configuration, site, "--strict")
    assert built.exit_code == 0, built.output
    home = (site / "index.html").read_text("utf-8")
    assert "Acme: the company" in home
    assert "Customers recommend us to their friends" in home
    for page in ("teams/product", "people/robin-ames", "kpis/support/customer-satisfaction"):
        assert (site / page / "index.html").exists()


def test_it_says_what_it_wrote_and_what_comes_next(tmp_path: Path) -> None:
    result = make(tmp_path / "new")
    assert result.stdout.splitlines() == [
        str(tmp_path / "new" / p) for p in sorted(texts(tmp_path / "new"))
    ]
    steps = [line for line in result.stderr.splitlines() if line.strip()[:2] in ("1.", "2.", "3.")]
    assert len(steps) == 3
    assert "okrsite serve" in steps[0]


@pytest.mark.parametrize(
    "there", ["mkdocs.yml", "requirements.txt", "content/company.md", "content"]
)
def test_nothing_is_written_where_something_is_in_the_way(tmp_path: Path, there: str) -> None:
    file = tmp_path / there
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("mine", encoding="utf-8")
    result = make(tmp_path)
    assert result.exit_code == 2
    assert str(file) in result.stderr
    assert texts(tmp_path) == {there: "mine"}


def test_a_link_that_leads_nowhere_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").symlink_to(tmp_path / "nowhere")
    assert make(tmp_path).exit_code == 2
    assert os.listdir(tmp_path) == ["mkdocs.yml"]


def test_other_files_stay_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert make(tmp_path).exit_code == 0
    assert texts(tmp_path)["README.md"] == "mine"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_in_the_middle_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    write_whole, written = init_module.write_whole, []

    def write(file: Path, text: str) -> None:
        if len(written) == 5:
            raise error
        written.append(file)
        write_whole(file, text)

    monkeypatch.setattr(init_module, "write_whole", write)
    result = make(tmp_path)
    assert texts(tmp_path) == {"README.md": "mine"}
    assert os.listdir(tmp_path) == ["README.md"]
    if isinstance(error, OSError):
        assert result.exit_code == 2
        assert "nothing was written" in result.stderr
        assert "No space left" in result.stderr
    else:
        assert result.exit_code == 2


def test_a_folder_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    result = make(tmp_path / "file")
    assert result.exit_code == 2
    assert "is a file" in result.stderr


@pytest.mark.parametrize("name", ["", "  ", "a\x1bb"])
def test_a_name_that_cannot_be_seen_is_refused(tmp_path: Path, name: str) -> None:
    result = make(tmp_path / "new", "--name", name)
    assert result.exit_code == 2
    assert not (tmp_path / "new").exists()


def test_the_day_says_the_quarter(tmp_path: Path) -> None:
    run("init", tmp_path / "a", "--as-of", "2031-02-01")
    assert (tmp_path / "a/content/okrs/2031-q1").is_dir()
    run("init", tmp_path / "b")
    today = date.today()
    assert (tmp_path / f"b/content/okrs/{today.year}-q{(today.month + 2) // 3}").is_dir()
    assert run("init", tmp_path / "c", "--as-of", "tomorrow").exit_code == 2


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("git@github.com:acme/okrs.git", ".github/workflows/okr-review.yml"),
        ("https://gitlab.com/acme/okrs.git", ".gitlab-ci.yml"),
    ],
)
def test_the_remote_says_the_pipeline_and_where_documents_are_edited(
    tmp_path: Path, address: str, file: str
) -> None:
    git(tmp_path, "init", "-q", "-b", "trunk")
    git(tmp_path, "remote", "add", "origin", address)
    assert make(tmp_path).exit_code == 0
    made = texts(tmp_path)
    assert file in made
    assert "/edit/trunk/content/" in yaml.safe_load(made["mkdocs.yml"])["edit_uri"]
    if file.startswith(".github"):
        assert "branches: [trunk]" in made[".github/workflows/okr-site.yml"]


def test_a_terminal_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okrsite.cli.asking.on_terminal", lambda: True)
    result = run("init", tmp_path / "new", "--as-of", DAY, input="Acme\nsvn\ngitlab\n")
    assert result.exit_code == 0, result.output
    made = texts(tmp_path / "new")
    assert yaml.safe_load(made["mkdocs.yml"])["site_name"] == "Acme"
    assert ".gitlab-ci.yml" in made


def test_every_choice_of_a_pipeline_is_named_in_the_help() -> None:
    assert {"github", "gitlab", "none"} <= set(
        run("init", "--help").stdout.replace("|", " ").replace("[", " ").replace("]", " ").split()
    )
    assert init_command.help is not None


# The files for other tools, checked by tools that know them


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    for ci in ("github", "gitlab"):
        assert make(folder / ci, "--ci", ci, "--pull", "--notify").exit_code == 0
    return folder


def tool(*words: str | Path, folder: Path = ROOT) -> None:
    name, *others = words
    command = [str(TOOLS / str(name)), *map(str, others)]
    environment = {**os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_workflows_are_sound_and_safe(made: Path) -> None:
    for folder in (made / "github/.github/workflows", ROOT / ".github/workflows"):
        files = sorted(folder.glob("*.yml"))
        assert files
        tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files)
        tool("zizmor", "--offline", "--persona=pedantic", *files)
    tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    tool("zizmor", "--offline", "--persona=pedantic", ROOT / "action.yml")


def test_what_works_with_a_pull_request_has_no_token_to_write(made: Path) -> None:
    review = yaml.safe_load((made / "github/.github/workflows/okr-review.yml").read_text("utf-8"))
    assert review["permissions"] == {}
    jobs = review["jobs"]
    writing = {name for name, job in jobs.items() if "write" in job["permissions"].values()}
    assert writing == {"comment"}
    steps = json.dumps(jobs["comment"]["steps"])
    assert not [word for word in ("checkout", "mkdocs", "pip ", "okrsite lint") if word in steps]
    assert "head.repo.full_name == github.repository" in jobs["comment"]["if"]


def test_the_gitlab_pipeline_is_sound(made: Path) -> None:
    file = made / "gitlab/.gitlab-ci.yml"
    tool(
        "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci",
        file,
    )  # fmt: skip
    script = yaml.safe_load(file.read_text("utf-8"))["comment"]["script"][-1]
    compile(script.partition("<<'PYTHON'\n")[2].rpartition("PYTHON")[0], "comment", "exec")


@pytest.mark.parametrize("job", ["notify", "pull"])
def test_a_scheduled_job_runs_on_the_default_branch_alone(made: Path, job: str) -> None:
    file = made / f"github/.github/workflows/okr-{job}.yml"
    workflow = yaml.safe_load(file.read_text("utf-8"))
    assert sorted(workflow[True]) == ["schedule", "workflow_dispatch"]
    assert workflow["permissions"] == {}
    assert "github.event.repository.default_branch" in workflow["jobs"][job]["if"]
    file = made / f"gitlab/.gitlab/okr-{job}.yml"
    rule = yaml.safe_load(file.read_text("utf-8"))[f"okr-{job}"]["rules"][0]["if"]
    assert "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in rule
    assert '$CI_PIPELINE_SOURCE == "schedule"' in rule
    included = yaml.safe_load((made / "gitlab/.gitlab-ci.yml").read_text("utf-8"))["include"]
    assert {"local": f".gitlab/okr-{job}.yml"} in included
    assert "okrsite[http,notify,sql]" in (made / "gitlab/requirements.txt").read_text("utf-8")


def test_the_job_that_notifies_may_only_read(made: Path) -> None:
    file = made / "github/.github/workflows/okr-notify.yml"
    assert yaml.safe_load(file.read_text("utf-8"))["jobs"]["notify"]["permissions"] == {
        "contents": "read"
    }
    for ci in ("github", "gitlab"):
        written = yaml.safe_load((made / ci / "mkdocs.yml").read_text("utf-8"))
        options = {"notify": "OKRSITE_NOTIFY", "pull": {"hosts": [], "connections": []}}
        assert {"okrsite": options} in written["plugins"]


def test_a_job_is_added_to_a_site_that_exists(tmp_path: Path) -> None:
    assert make(tmp_path, "--ci", "gitlab").exit_code == 0
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    result = make(tmp_path, "--ci", "gitlab", "--pull")
    assert result.exit_code == 0, result.output
    assert "add `- local: .gitlab/okr-pull.yml` below `include:` in .gitlab-ci.yml" in result.output
    now = {file for file in tmp_path.rglob("*") if file.is_file()}
    assert now - set(before) == {tmp_path / ".gitlab/okr-pull.yml"}
    assert before == {file: file.read_bytes() for file in before}
    assert make(tmp_path, "--ci", "gitlab", "--pull").exit_code == 2
    assert "add --ci github or --ci gitlab" in make(tmp_path, "--ci", "none", "--pull").output


@pytest.mark.parametrize(
    ("job", "option"),
    [
        ("notify", {"notify": "OKRSITE_NOTIFY"}),
        ("pull", {"pull": {"hosts": ["metrics.example.com"], "connections": ["WAREHOUSE_URL"]}}),
    ],
)
def test_the_settings_of_a_job_are_said_as_lines_to_paste(
    tmp_path: Path, job: str, option: dict[str, Any]
) -> None:
    assert make(tmp_path, "--ci", "github").exit_code == 0
    said = make(tmp_path, "--ci", "github", f"--{job}").output
    lines = dedent(said.partition("with your own names:\n")[2].partition("\n  3.")[0])
    assert yaml.safe_load(lines) == {"plugins": [{"okrsite": option}]}
    configuration = tmp_path / "mkdocs.yml"
    text = configuration.read_text("utf-8").partition("plugins:")[0]
    configuration.write_text(f"{text}{lines}", "utf-8")
    assert CliRunner().invoke(main, ["lint", "-f", str(configuration)]).exit_code == 0
    (tmp_path / f".github/workflows/okr-{job}.yml").unlink()
    assert "with your own names" not in make(tmp_path, "--ci", "github", f"--{job}").output


def test_the_pipelines_know_their_own_comment(made: Path) -> None:
    for file in (made / "github/.github/workflows/okr-review.yml", made / "gitlab/.gitlab-ci.yml"):
        assert MARKER in file.read_text("utf-8")


def test_the_commands_of_the_pipelines_exist(made: Path) -> None:
    for file in (
        made / "github/.github/workflows/okr-review.yml", made / "gitlab/.gitlab-ci.yml",
        made / "github/.github/workflows/okr-pull.yml", made / "gitlab/.gitlab/okr-pull.yml",
        made / "github/.github/workflows/okr-notify.yml", made / "gitlab/.gitlab/okr-notify.yml",
    ):  # fmt: skip
        lines = [
            line.strip("- ").partition("run: ")[-1] or line.strip("- ")
            for line in file.read_text("utf-8").splitlines()
        ]
        called = [line.split() for line in lines if line.startswith(("okrsite ", "run: okrsite"))]
        for _, name, *options in called:
            command = main.commands[name]
            known = {word for option in command.params for word in option.opts}
            assert {word for word in options if word.startswith("--")} <= known


def test_the_hook_lets_sound_documents_pass_and_stops_others(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(made / "github", folder)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    tool("pre-commit", "run", "--all-files", folder=folder)
    (folder / "content/teams/support.md").write_text("---\ntype: team\nparnet: x\n---\n", "utf-8")
    git(folder, "add", "-A")
    with pytest.raises(AssertionError, match="did you mean `parent`"):
        tool("pre-commit", "run", folder=folder)


def test_the_hook_looks_at_data_and_at_what_is_deleted(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(made / "github", folder)
    kpi = "---\ntype: kpi\ntitle: Calls\nowner: support\nunit: calls\ndata: calls.csv\n---\n"
    (folder / "content/kpis/support/calls.md").write_text(kpi, "utf-8")
    data = folder / "content/kpis/support/calls.csv"
    data.write_text("date,value\n2026-10-31,5\n", "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "A site")
    data.write_text("date,value\n31.10.2026,5\n", "utf-8")
    git(folder, "add", "-A")
    with pytest.raises(AssertionError, match=r"calls\.csv:2"):
        tool("pre-commit", "run", folder=folder)
    git(folder, "reset", "-q", "--hard")
    git(folder, "rm", "-q", "content/teams/support.md")
    with pytest.raises(AssertionError, match="support"):
        tool("pre-commit", "run", folder=folder)


def test_the_hook_for_others_is_sound() -> None:
    tool("pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["id"] == "okrsite-lint"


@pytest.mark.parametrize("there", ["*.pyc\n", "*.pyc", "*.pyc\nsite/\n", ""])
def test_what_a_new_repository_has_is_added_to(tmp_path: Path, there: str) -> None:
    (tmp_path / ".gitignore").write_text(there, encoding="utf-8")
    (tmp_path / ".gitattributes").write_text("*.png binary\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("# Ours\n", encoding="utf-8")
    assert make(tmp_path).exit_code == 0
    written = (tmp_path / ".gitignore").read_text("utf-8")
    assert written.startswith(there)
    assert written.splitlines().count("site/") == 1
    assert ".venv/" in written.splitlines()
    attributes = (tmp_path / ".gitattributes").read_text("utf-8")
    assert attributes.startswith("*.png binary\n")
    assert "\ncontent/**/*.md merge=union\n" in attributes
    assert (tmp_path / "README.md").read_text("utf-8") == "# Ours\n"


def test_lists_of_git_that_were_added_to_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".gitignore").write_text("*.pyc\n", encoding="utf-8")
    write = init_module.write_whole

    def failing(file: Path, text: str) -> None:
        if file.name == "requirements.txt":
            raise OSError(28, "No space left on device")
        write(file, text)

    monkeypatch.setattr(init_module, "write_whole", failing)
    assert make(tmp_path).exit_code == 2
    assert texts(tmp_path) == {".gitignore": "*.pyc\n"}


@pytest.mark.parametrize(
    ("noted", "required"),
    [
        (None, "# okrsite>=0.1.0,<0.2"),
        (
            '{"url": "https://example.com/o", "vcs_info": {"vcs": "git", "commit_id": "abc"}}',
            "okrsite @ git+https://example.com/o@abc",
        ),
        (
            '{"url": "file:///wheels/okrsite-0.1.0-py3-none-any.whl", "archive_info": {}}',
            "okrsite @ file:///wheels/okrsite-0.1.0-py3-none-any.whl",
        ),
    ],
)
def test_the_requirement_is_what_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: str | None, required: str
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return noted

    monkeypatch.setattr(init_module, "distribution", lambda name: Installed())
    assert make(tmp_path).exit_code == 0
    assert (tmp_path / "requirements.txt").read_text("utf-8").splitlines()[-1] == required


def test_a_name_alone_is_never_required(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pip does not note the folder of --find-links, and elsewhere the name may be anybody's."""

    class ByName:
        def read_text(self, name: str) -> None:
            return None

    monkeypatch.setattr(init_module, "distribution", lambda name: ByName())
    made = make(tmp_path)
    assert "write in requirements.txt where okrsite comes from" in made.stderr
    lines = (tmp_path / "requirements.txt").read_text("utf-8").splitlines()
    assert all(line.startswith("#") for line in lines)
    assert "# okrsite @ git+https://HOST/PATH@COMMIT" in lines
