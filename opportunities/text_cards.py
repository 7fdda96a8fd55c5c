"""One opportunity as a few lines of plain text, for a chat or an SMS."""

from django.utils.translation import gettext as _

from . import wording
from .calendars import page_url
from .cards import Card
from .choices import Stage

MOST_BYTES = 1_000
MOST_OF_A_LINE = 200
WITH_CALL = {Stage.UPCOMING, Stage.OPEN}


def text_card(card: Card) -> str:
    """At most MOST_BYTES of UTF-8. A long line is cut; an address is whole or left out, and our
    own page, where all the rest is, always fits."""
    ours = page_url(card.item)
    left = MOST_BYTES - size(ours)
    lines = []
    for text, is_address in lines_of(card):
        line = wording.capitalised(wording.one_line(text)) if not is_address else text
        if not is_address:
            line = cut(line, min(MOST_OF_A_LINE, left - 1))
        if line and size(line) + 1 <= left:
            lines.append(line)
            left -= size(line) + 1
    return "\n".join([*lines, ours])


def lines_of(card: Card) -> list[tuple[str, bool]]:
    """In the order in which they are read, and whether an address is in it."""
    item, called = card.item, card.stage in WITH_CALL
    no_call = _("There is no official call yet, so nobody can apply.")
    lines = [
        (wording.in_example(item, card.words.title), False),
        (f"{card.stage.label}, {card.voice}", False),
        (no_call if card.stage == Stage.ANNOUNCED else due_with_zone(card), False),
    ]
    if called:
        lines.append((_("Official page: %(address)s") % {"address": item.official_page}, True))
    return [*lines, *sources(card)]


def due_with_zone(card: Card) -> str:
    deadline = card.next_deadline
    if not deadline or card.stage not in WITH_CALL:
        return card.due
    when = wording.deadline_time(deadline)
    if card.stage == Stage.OPEN:
        return f"{card.due}, {when}"
    day = _("apply by %(date)s") % {"date": wording.day(deadline.on)}
    return f"{card.due} · {day}, {when}"


def sources(card: Card) -> list[tuple[str, bool]]:
    """The article it rests on: the call where there is one."""
    citations = [*card.item.official_calls, *card.item.citations.all()]
    shown = [c.article for c in citations if c.is_in_force and not c.article.removed_on]
    if not shown:
        return []
    article = shown[0]
    names = [str(name) for name in (article.title, article.outlet) if name]
    said = ", ".join(names) or _("title not stated")
    lines = [(_("Source: %(name)s") % {"name": said}, False)]
    return [*lines, (article.address, True)] if article.address else lines


def size(text: str) -> int:
    return len(text.encode())


def cut(text: str, most: int) -> str:
    """The text in at most so many bytes, never through a character."""
    if size(text) <= most:
        return text
    whole = text.encode()[: max(0, most - size("…"))].decode(errors="ignore")
    return f"{whole.rstrip()}…" if whole else ""
