"""Styles and scripts where the server looks for them; hashing and compressing take seconds."""

import json
import os
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> None:
    if not are_collected(Path(settings.STATIC_ROOT) / "staticfiles.json"):
        call_command("collectstatic", verbosity=0, interactive=False)


def are_collected(manifest: Path) -> bool:
    """Every file is in the manifest, which collecting writes last, and none is newer than it."""
    if not manifest.exists():
        return False
    known = json.loads(manifest.read_text(encoding="utf-8"))["paths"]
    written = manifest.stat().st_mtime
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    return all(
        os.path.join(getattr(storage, "prefix", None) or "", name) in known
        and os.path.getmtime(storage.path(name)) < written
        for finder in get_finders()
        for name, storage in finder.list(ignored)
    )
