"""What holds for the project as a whole: migrations, doors, deployment, files."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "partnerships", "opportunities")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "services", "misc", "managers"}
# Written in halves, so that this file names none itself.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "crates" + ".io",
    "ruby" + "gems.org",
    "proxy.go" + "lang.org",
    "docker" + ".io",
    "anaconda" + ".org",
]


def ours(pattern: str) -> list[Path]:
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob(pattern))]


def tracked() -> list[Path]:
    if not ((ROOT / ".git").exists() and shutil.which("git")):
        pytest.skip("no git, or no checkout of it")
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.django_db
def test_migrations_say_all_that_the_models_say(capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert capsys.readouterr().out.strip() == "No changes detected"


def test_doors_between_the_rooms_hold():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    quiet = ["-W", "error", "-W", "ignore:The FORMS_URLFIELD_ASSUME_HTTPS"]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *quiet, "manage.py", *arguments],
        cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


PRODUCTION = {
    "SECRET_KEY": "k7#Qz9_vLw2!xPn4@Rt6$Yb8%Uc1^Ia3&Od5*Sf0(Gh)Jm-Ke+Ni=Ev/Al?Bo",
    "ALLOWED_HOSTS": "serai.example",
    "SITE_URL": "https://serai.example",
    "DATABASE_URL": "sqlite://:memory:",
}


def test_deployment_check_is_clean():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "no issues" in checked.stdout


def test_production_refuses_to_start_without_a_secret_key():
    without = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    refused = manage("check", **without)
    assert refused.returncode != 0
    assert "Set SECRET_KEY" in refused.stderr


def test_no_file_names_a_package_registry():
    named = {
        str(path.relative_to(ROOT)): host
        for path in tracked()
        for host in REGISTRIES
        if host.encode() in path.read_bytes()
    }
    assert named == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_with_hashes_and_name_no_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")
    ]
    pin = r"[a-z0-9._\[\],-]+==[^ ;]+( ; .+)? \\"
    assert all(
        re.fullmatch(rf"{pin}|    --hash=sha256:[0-9a-f]{{64}}( \\)?", line) for line in lines
    )
    joined = "\n".join(lines).replace(" \\\n", " ").splitlines()
    assert len(joined) > 10 and all("==" in line and "--hash=" in line for line in joined)


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda p: p.name)
def test_template_has_no_inline_style_script_or_handler(path):
    markup = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle\s*=", markup, re.IGNORECASE)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", markup, re.IGNORECASE)
    assert not re.search(r"javascript:", markup, re.IGNORECASE)
    scripts = re.findall(r"<script\b[^>]*>", markup, re.IGNORECASE)
    assert all(re.search(r"\ssrc=|type=\"application/(ld\+)?json\"", tag) for tag in scripts)


def test_modules_are_named_for_what_they_are_about():
    paths = [*ours("*.py"), *(path for path in (ROOT / "tests").rglob("*.py"))]
    named = {part for path in paths for part in (path.stem, *path.parent.relative_to(ROOT).parts)}
    assert not named & FORBIDDEN_NAMES


def test_nothing_of_ours_reads_the_clock_at_import():
    """`now()` as a default is called once, when the process starts."""
    once = re.compile(r"^\s*\w+ = .*(now|today|localdate)\(\)", re.MULTILINE)
    at_module_level = re.compile(r"^\w+ = .*\b(now|today|localdate)\(\)", re.MULTILINE)
    as_default = re.compile(r"default=[\w.]*(now|today|localdate)\(\)")
    texts = {path: path.read_text(encoding="utf-8") for path in ours("*.py")}
    assert any(once.search(text) for text in texts.values())  # the pattern finds what it looks for
    read = [path for path, t in texts.items() if at_module_level.search(t) or as_default.search(t)]
    assert read == []
