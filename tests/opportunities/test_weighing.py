"""Which articles an editor should read first."""

import pytest

from opportunities.recognise import Standing
from opportunities.weighing import MOST, score, weigh
from partnerships.ingestion.read import Reading

PROMISE = (
    "China and Kazakhstan sign a partnership\n\nBeijing and Astana will cooperate under the Belt and "
    "Road Initiative. The two governments will launch scholarships for students from both countries."
)


def test_article_of_partners_and_promises_says_why():
    found = weigh(Reading(title="China and Kazakhstan sign a partnership", text=PROMISE))
    assert (found.language, set(found.partners)) == ("en", {"CN", "KZ"})
    assert ("scholarship", Standing.ANNOUNCED) in found.offers
    assert "belt-and-road" in "".join(found.groupings)
    assert found.score >= 9


def test_article_of_neither_weighs_nothing():
    found = weigh(Reading(text="The match ended in a draw. Rain fell on the field all evening."))
    assert (found.score, found.partners, found.offers) == (0, (), ())


@pytest.mark.parametrize(
    ("partners", "groupings", "offered", "expected"),
    [
        ((), (), {}, 0),
        (("CN",), (), {}, 1),
        (("CN", "KZ"), (), {}, 3),
        (("CN", "KZ"), ("sco", "bri", "c5"), {}, 5),
        ((), (), {"exchange": Standing.PAST}, 1),
        (("CN", "KZ"), (), {"exchange": Standing.ANNOUNCED}, 8),
        (("CN", "KZ"), (), {"exchange": Standing.CALL}, 9),
        (("CN", "KZ"), ("sco", "bri"), dict.fromkeys("abcd", Standing.CALL), MOST),
    ],
)
def test_score_is_a_sum_with_bounds(partners, groupings, offered, expected):
    assert score(partners, groupings, offered) == expected


def test_kind_named_often_counts_once_by_its_best_standing():
    often = PROMISE + "\n\n" + "Another scholarship will be launched for students. " * 20
    assert weigh(Reading(text=often)).score == weigh(Reading(text=PROMISE)).score
