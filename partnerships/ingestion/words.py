"""Values as pages and feeds state them, written the way we keep them. Pure."""

import re
import unicodedata
from datetime import date

LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")


def clean(text: str) -> str:
    """One kind of line end, no control characters: they break feeds, calendars and mail."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or is_kept(c)).strip()


def is_kept(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cs"} and character not in "\ufffe\uffff"


def line(text: str | None, limit: int) -> str:
    """A field of one line."""
    return " ".join(clean(text or "").split())[:limit].rstrip()


def language_tag(stated: str | None) -> str:
    """BCP 47 as we keep it: fr, pt-BR, zh-Hans."""
    found = LANGUAGE.fullmatch((stated or "").strip().split(".")[0])
    if not found:
        return ""
    language, script, region = found.groups()
    parts = [language.lower(), script and script.title(), region and region.upper()]
    return "-".join(filter(None, parts))


def day(stated: str | None) -> date | None:
    try:
        found = date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None
    return found if 1990 <= found.year < 2200 else None
