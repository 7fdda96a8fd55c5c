"""The sixteen questions of the mixed workload, in words of the corpus' own vocabulary."""

from bisect import bisect_left
from functools import cache

from opportunities.filters import Query
from opportunities.search.text import fold, stem

from .vocabulary import vocabulary

SCRIPTS = (("en", "fr", "es", "pt"), ("ru", "kk"), ("ar",), ("zh",))


def workload(rows: int) -> dict[str, Query]:
    """By name. Frequent words are of rank 15 to 40, as content words are; the rare one stands in
    about five of up to 40 000 rows, and in a hundred of a million."""
    rare = word("en", min(30_000, max(1_000, rows * 4 // 5)))
    common, other = word("en", 15), word("en", 40)
    accented = word("fr", 25, holding="é")
    return {
        "browse open": Query(),
        "nationality": Query(nationality=some("NG")),
        "five filters": Query(
            kind=some("scholarship"),
            level=some("master"),
            funding=some("full"),
            nationality=some("KE"),
            language=some("en"),
        ),
        "one common word": Query(q=common, sort="deadline"),
        "two common words": Query(q=f"{common} {other}"),
        "rare word": Query(q=rare),
        "French accents and nationality": Query(q=accented, nationality=some("CI")),
        "Chinese": Query(q=word("zh", 12)),
        "Russian": Query(q=word("ru", 20)),
        "Arabic": Query(q=word("ar", 20)),
        "common word by relevance": Query(q=word("en", 20)),
        "phrase": Query(q=f'"{vocabulary("en").phrases[3]}"'),
        "every stage, newest": Query(stage=some("all"), sort="newest"),
        "closing soon, fully funded": Query(deadline=some("30"), funding=some("full")),
        "country and parent sector": Query(country=some("KZ"), sector=some("energy")),
        "several values in three facets": Query(
            kind=some("scholarship", "fellowship", "research-grant"),
            level=some("master", "doctorate"),
            country=some("CN", "FR", "KZ"),
        ),
    }


def some(*values: str) -> frozenset[str]:
    return frozenset(values)


def word(language: str, rank: int, holding: str = "") -> str:
    """The first word from this rank on that begins no other: our engine takes the last word typed
    for a beginning, and the peers need not."""
    words = vocabulary(language).words[rank - 1 :]
    return next(one for one in words if holding in one and begins_no_other(one, language))


def begins_no_other(word: str, language: str) -> bool:
    known = folded_words(next(script for script in SCRIPTS if language in script))
    typed = fold(word)
    place = bisect_left(known, typed)
    while place < len(known) and known[place].startswith(typed):
        if stem(known[place]) != stem(typed):
            return False
        place += 1
    return True


@cache
def folded_words(languages: tuple[str, ...]) -> list[str]:
    return sorted({fold(word) for language in languages for word in vocabulary(language).words})
