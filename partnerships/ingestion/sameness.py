"""Whether two addresses are one page and two texts one news. Pure.

Texts are compared by their shingles, five words in a row (one character each in Chinese and Japanese).
Marks are the least of many hashes of these, three at a time: texts that resemble each other share some
(MinHash with bands), so the database finds candidates by an index.
"""

import re
import unicodedata
from datetime import date
from hashlib import blake2b
from random import Random
from urllib.parse import parse_qsl, urlencode, urlsplit
from zlib import crc32

WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\W_぀-ヿ㐀-鿿가-힣]+")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|mc_[ce]id|igshid|ref|ref_src|cmpid|at_\w+", re.I)
SHINGLE = 5
MOST_WORDS = 20_000
BANDS, ROWS = 16, 3
PRIME = (1 << 61) - 1
_random = Random(2026)  # noqa: S311 - any numbers do, as long as they stay the same
FUNCTIONS = [(_random.randrange(1, PRIME), _random.randrange(PRIME)) for _ in range(BANDS * ROWS)]

SAME = 0.9  # of the shingles of both: one text, whoever signs it
SAME_OF_ONE_AGENCY = 0.5
WITHIN = 0.85  # of the shorter text's: it was cut
COPIED, FEWEST_COPIED = 0.95, 60  # so much of so long a text was copied, whoever signs it
FEWEST_SHINGLES = 20  # a shorter text resembles too much by chance
MOST_DAYS_APART = 45

AGENCIES = {
    "afp": r"AFP|Agence France[- ]Presse",
    "ap": r"AP|Associated Press",
    "reuters": r"Reuters|Рейтер|路透社?|رويترز",
    "xinhua": r"Xinhua|Xinhuanet|Синьхуа|新华社|新華社|شينخوا",
    "cctv": r"CCTV|央视网|CGTN",
    "chinanews": r"中新社|中新网|China News Service",
    "tass": r"TASS|ТАСС",
    "ria": r"RIA Novosti|РИА Новости",
    "interfax": r"Interfax|Интерфакс",
    "kazinform": r"Kazinform|QazInform|Казинформ|Қазинформ|ҚазАқпарат",
    "efe": r"EFE",
    "europapress": r"Europa Press",
    "lusa": r"Lusa",
    "agencia-brasil": r"Agência Brasil",
    "ansa": r"ANSA",
    "dpa": r"dpa",
    "aps": r"APS|وأج",
    "map": r"MAP|ومع",
    "anadolu": r"Anadolu|Анадолу|الأناضول",
    "wam": r"WAM|وام",
    "spa": r"SPA|واس",
    "qna": r"QNA|قنا",
    "kuna": r"KUNA|كونا",
    "irna": r"IRNA|إرنا",
    "pti": r"PTI",
    "ani": r"ANI",
    "bernama": r"Bernama",
    "antara": r"Antara|ANTARA",
    "vna": r"VNA|TTXVN",
    "kyodo": r"Kyodo|共同通信",
    "yonhap": r"Yonhap|연합뉴스",
}
LETTER = r"[A-Za-zÀ-ɏͰ-ӿ؀-ۿ]"  # of a script that parts its words
SIGNED = {
    code: re.compile(rf"(?<!{LETTER})(?:{names})(?!{LETTER})") for code, names in AGENCIES.items()
}
BEGINNING, END = 300, 200  # where an agency signs


def address_key(address: str) -> str:
    """One for http and https, with and without www, a last slash, a fragment, what tracks a reader."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    asked = [pair for pair in parse_qsl(parts.query, True) if not TRACKING.fullmatch(pair[0])]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    return f"{host}{parts.path.rstrip('/')}{query}"[:2_000] if host else ""


def agency_of(text: str, *signatures: str) -> str:
    """Which news agency signs a text: in its first or last words, its author or outlet; '' for none."""
    places = "\n".join([*signatures, text[:BEGINNING], text[-END:]])
    return next((code for code, names in SIGNED.items() if names.search(places)), "")


def shingles(text: str) -> frozenset[int]:
    words = WORD.findall(unicodedata.normalize("NFKC", text).casefold())[:MOST_WORDS]
    return frozenset(
        crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1)
    )


def marks(text: str) -> frozenset[int]:
    """At most 16 numbers; none for a text too short to be told apart."""
    found = shingles(text)
    if len(found) < FEWEST_SHINGLES:
        return frozenset()
    least = [min((a * shingle + b) % PRIME for shingle in found) for a, b in FUNCTIONS]
    bands = (least[at : at + ROWS] for at in range(0, len(least), ROWS))
    return frozenset(number(f"{at}:{band}") for at, band in enumerate(bands))


def number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def is_same_news(
    one: str, other: str, *, same_agency: bool, days: tuple[date | None, date | None]
) -> bool:
    """A call that comes again each year is other news, however alike its words."""
    if are_apart(*days) or years_differ(one, other):
        return False
    ours, theirs = shingles(one), shingles(other)
    if min(len(ours), len(theirs)) < FEWEST_SHINGLES:
        return False
    shared = len(ours & theirs)
    resemblance = shared / len(ours | theirs)
    shorter = min(len(ours), len(theirs))
    within = shared / shorter
    if resemblance >= SAME or (within >= COPIED and shorter >= FEWEST_COPIED):
        return True
    return same_agency and (resemblance >= SAME_OF_ONE_AGENCY or within >= WITHIN)


def are_apart(one: date | None, other: date | None) -> bool:
    return bool(one and other and abs((one - other).days) > MOST_DAYS_APART)


def years_differ(one: str, other: str) -> bool:
    """Each names a year that the other does not."""
    ours, theirs = set(YEAR.findall(one)), set(YEAR.findall(other))
    return bool(ours - theirs and theirs - ours)
