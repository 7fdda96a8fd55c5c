"""The demo's own secret key, made once and kept beside its database."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_key(path: Path) -> str:
    """Read the key at `path`; make it first, readable by its owner only, where there is none."""
    if not path.exists():
        whole = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(get_random_secret_key() + get_random_secret_key())
        try:
            os.link(whole, path)  # one of several at once wins, and nobody reads half a key
        except FileExistsError:
            pass
        finally:
            whole.unlink()
    return path.read_text(encoding="ascii")
