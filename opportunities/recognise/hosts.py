"""Who hosts or gives it, where its sentence names an institution. Pure."""

import re

from .folding import Folded
from .sentences import Sentence
from .vocabulary import Vocabulary

AFTER = re.compile(
    r"(?:\s+(?:of|de|des|du|de la|d'|del|da|do|dos|das|di|der|für|for|und|and|et|y|e|the|la|l'|и)?\s*"
    r"[\"«“]?[^\W\d_a-zа-яё][\w'’\-]*[\"»”]?)+"
)
BEFORE = re.compile(r"(?:[^\W\d_a-zа-яё][\w'’\-]*(?:\s+(?:of|and|de|for)\s+|\s+))+\Z")
EASTERN_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,8}\Z")
LONGEST = 120


def host_of(text: str, folded: Folded, sentence: Sentence, words: Vocabulary) -> str:
    """An institution's word with the capitalised words around it, as written."""
    sentence_start, sentence_end = folded.place(sentence.start), folded.place(sentence.end)
    for found in words.hosts.finditer(folded.text, sentence.start, sentence.end):
        start, end = folded.place(found.start()), folded.place(found.end())
        name = around(text, sentence_start, start, end, sentence_end)
        if name:
            return name[:LONGEST]
    return ""


def around(text: str, first: int, start: int, end: int, last: int) -> str:
    after = AFTER.match(text, end, last)
    before = BEFORE.search(text[first:start])
    if after is None and not (before and any(len(word) > 3 for word in before[0].split())):
        return ""  # an article alone names no institution
    return text[first + before.start() if before else start : after.end() if after else end].strip()
