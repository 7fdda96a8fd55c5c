"""`python -m tests.translations`: is every string of the source in every catalogue, and translated?

Reads the strings anew, in a copy of the working tree, with Django's makemessages; writes nothing in
the tree. What an entry itself may lack is checked without gettext, and so in `pytest` too.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = Path("config/locale")
CATALOGUES = sorted((ROOT / LOCALE).glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]")
LEFT_OUT = ("tests/", str(LOCALE) + "/")

Key = tuple[str, str, str]  # context, singular, plural


def main() -> int:
    if not shutil.which("xgettext"):
        return failed(
            ["xgettext is not installed: `apt-get install gettext`, then run this again."]
        )
    if not CATALOGUES:
        return failed([f"There is no catalogue under {LOCALE}."])
    with tempfile.TemporaryDirectory() as folder:
        fresh = extracted(Path(folder), [language_of(po) for po in CATALOGUES])
    troubles = [
        f"{language_of(po)}: {trouble}"
        for po in CATALOGUES
        for trouble in [*differences(read(po), fresh), *troubles_of(read(po))]
    ]
    if troubles:
        return failed(troubles)
    languages = ", ".join(language_of(po) for po in CATALOGUES)
    sys.stdout.write(f"Complete: {len(fresh)} strings in {languages}.\n")
    return 0


def failed(troubles: list[str]) -> int:
    sys.stderr.write("\n".join(troubles) + "\n")
    return 1


def language_of(po: Path) -> str:
    return po.parent.parent.name


def read(po: Path) -> Catalog:
    with po.open("rb") as source:
        return read_po(source, abort_invalid=True)


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def key_of(message: Message) -> Key:
    singular, plural = message.id if message.pluralizable else (message.id, "")
    return message.context or "", singular, plural


# --- The catalogue against the source


def extracted(folder: Path, languages: list[str]) -> set[Key]:
    """The strings of the source; makemessages writes in `folder` only."""
    for path in source_files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target)
    (folder / LOCALE).mkdir(parents=True, exist_ok=True)
    chosen = [word for language in languages for word in ("--locale", language)]
    command = [sys.executable, "manage.py", "makemessages", *chosen, "--no-location"]
    ran = subprocess.run(
        command, cwd=folder, env={**os.environ, "DEBUG": "1"}, capture_output=True, text=True
    )
    if ran.returncode:
        sys.exit(f"makemessages failed:\n{ran.stdout}{ran.stderr}")
    written = folder / CATALOGUES[0].relative_to(ROOT)
    return {key_of(message) for message in entries(read(written))}


def source_files() -> list[Path]:
    """Tracked or about to be: what git ignores has no say. Tables are read when the site starts."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = sorted(set(filter(None, listed.stdout.split("\0"))))
    ours = [
        n for n in names if n.endswith((".py", ".html", ".toml")) and not n.startswith(LEFT_OUT)
    ]
    return [Path(name) for name in ours if (ROOT / name).is_file()]


def differences(catalogue: Catalog, fresh: set[Key]) -> list[str]:
    known = {key_of(message) for message in entries(catalogue)}
    return [f"missing: {shown(key)}" for key in sorted(fresh - known)] + [
        f"no longer used: {shown(key)}" for key in sorted(known - fresh)
    ]


def shown(key: Key) -> str:
    context, singular, plural = key
    words = f"“{singular}”" + (f" / “{plural}”" if plural else "")
    return f"{words} (context “{context}”)" if context else words


# --- The catalogue by itself


def troubles_of(catalogue: Catalog) -> list[str]:
    return [
        f"{trouble}: {shown(key_of(message))}"
        for message in entries(catalogue)
        for trouble in troubles_with(message, catalogue)
    ]


def troubles_with(message: Message, catalogue: Catalog) -> list[str]:
    translations = message.string if message.pluralizable else (message.string,)
    if not all(translations):
        return ["empty"]
    troubles = ["fuzzy"] if message.fuzzy else []
    troubles += [str(error) for error in message.check(catalogue)]
    wanted = placeholders(" ".join(key_of(message)[1:]))
    if "python-format" in message.flags:
        troubles += ["placeholders differ" for t in translations if placeholders(t) != wanted]
    return troubles


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


if __name__ == "__main__":
    sys.exit(main())
