"""The address word (slug) proposed where an editor leaves it empty."""

import re
import unicodedata
from itertools import count

from django.db.models import Model

MOST = 100  # of the 120 the column holds: room for a number, and for reading it aloud


def letters(pairs: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in pairs.split())


CYRILLIC = letters(
    "а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts "
    "ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya ё:yo і:i ї:yi є:ye ґ:g ә:a ғ:gh қ:q ң:ng ө:o ұ:u ү:u һ:h"
)
ARABIC = letters(
    "ا:a ب:b ت:t ث:th ج:j ح:h خ:kh د:d ذ:dh ر:r ز:z س:s ش:sh ص:s ض:d ط:t ظ:z ع: غ:gh ف:f ق:q ك:k ل:l "
    "م:m ن:n ه:h و:w ي:y ى:a ة:a ء: أ:a إ:i آ:a ؤ:u ئ:i پ:p چ:ch ژ:zh گ:g ک:k ی:y ـ:"
)
LATIN = letters("ß:ss æ:ae œ:oe ø:o đ:d ð:d þ:th ł:l ı:i")
LETTERS = CYRILLIC | ARABIC | LATIN


def transliterated(text: str) -> str:
    """Words of `[a-z0-9]` joined by hyphens; '' for a script that has no table here.

    Letters with a table are read before they are taken apart, for й is no и with an accent.
    """
    latin = "".join(LETTERS.get(letter, letter) for letter in text.lower())
    plain = unicodedata.normalize("NFKD", latin)
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’ʼ`")
    words = "-".join(re.findall(r"[a-z0-9]+", plain))
    return words if len(words) <= MOST else words[: MOST + 1].rpartition("-")[0] or words[:MOST]


def free_address(model: type[Model], text: str, fallback: str) -> str:
    """An address nothing of this model has or once had: from the text, else `fallback` and a number."""
    wanted = transliterated(text)
    base = wanted or fallback
    candidates = (f"{base}-{n}" for n in count(2 if wanted else 1))
    taken = taken_addresses(model, base)
    if wanted and wanted not in taken:
        return wanted
    return next(address for address in candidates if address not in taken)


def taken_addresses(model: type[Model], base: str) -> set[str]:
    former = model.former_slugs.rel.related_model
    return {
        address
        for rows in (model, former)
        for address in rows.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    }
