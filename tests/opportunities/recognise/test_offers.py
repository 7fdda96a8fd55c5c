from datetime import date

import pytest

from opportunities.choices import Audience, Kind
from opportunities.recognise import Standing, offers

from .cases import NO_CALLS, NOT_OFFERED, OFFERED


def said(text: str, language: str, **more) -> list[tuple[str, str]]:
    return [(offer.kind, offer.standing) for offer in offers(text, language=language, **more)]


@pytest.mark.parametrize(("language", "text", "kind", "standing"), OFFERED)
def test_offer_is_found_with_its_kind_and_standing(language, text, kind, standing):
    assert (kind, standing) in said(text, language)


@pytest.mark.parametrize(("language", "text"), NOT_OFFERED)
def test_what_only_looks_like_an_offer_is_none(language, text):
    assert said(text, language) == []


@pytest.mark.parametrize(("language", "text"), NO_CALLS)
def test_what_lies_ahead_is_no_call(language, text):
    standings = [standing for _, standing in said(text, language)]
    assert standings
    assert Standing.CALL not in standings


@pytest.mark.parametrize(("language", "text", "kind", "standing"), OFFERED)
def test_offer_keeps_its_words_among_others(language, text, kind, standing):
    """Astral characters, accents in two code points and dropped marks before it move no span."""
    before = "😀 Re\u0301sume\u0301 \u200b\u00ad١٢٣.\n\n"
    for offer in offers(before + text + "\n", language=language):
        assert offer.quote == (before + text + "\n")[offer.start : offer.end]
        assert offer.quote.strip() == offer.quote
        assert offer.quote in text


def test_offer_values_are_words_of_the_closed_lists():
    for language, text, *_ in OFFERED:
        for offer in offers(text, language=language):
            assert offer.kind in Kind.values
            assert set(offer.audience) <= set(Audience.values)


def test_apply_and_deadline_make_a_call_only_of_an_official_text():
    text = "Students can apply for the scholarship. The deadline is 3 May 2026."
    assert said(text, "en", is_official=True) == [("scholarship", "call")]
    assert said(text, "en") == [("scholarship", "announced")]


def test_call_past_its_deadline_is_past():
    text = "Applications are open for 20 scholarships until 3 May 2024."
    assert said(text, "en", published_on=date(2024, 4, 1)) == [("scholarship", "call")]
    assert said(text, "en", published_on=date(2024, 6, 1)) == [("scholarship", "past")]


def test_call_rests_on_the_sentence_that_calls():
    text = (
        "Programme Eiffel\n"
        "L'appel à candidatures est ouvert jusqu'au 9 janvier 2020, indique Campus France. "
        "Le programme de bourses Eiffel finance des étudiants."
    )
    (offer,) = offers(text, language="fr")
    assert offer.quote.startswith("L'appel à candidatures")
    assert (offer.standing, offer.deadline) == ("call", date(2020, 1, 9))


def test_call_rests_on_what_it_offers_where_that_comes_first():
    text = (
        "Call for applications\nThe ministry offers scholarships to students from Malawi. "
        "The scholarships include a stipend of 200 dollars for each student. "
        "Applications are open until 9 January 2030."
    )
    (offer,) = offers(text, language="en")
    assert offer.quote.startswith("The ministry offers")
    assert offer.standing == "call"


def test_call_offers_more_only_with_places_of_its_own():
    call = "Call for applications\nThe ministry offers scholarships to students from Malawi. "
    stay = "In summer the students will meet at a youth exchange. "
    work = "Another 12 internships await students at the port. "
    assert said(call + stay + work, "en") == [("scholarship", "call"), ("internship", "call")]
    assert said(call + stay, "en") == [("scholarship", "call"), ("exchange", "call")]


def test_places_named_apart_are_offered_apart_in_a_call():
    call = "Call for applications\nThe ministry offers scholarships to students from Malawi. "
    assert len(said(call + "In all, 50 scholarships are available to students.", "en")) == 2
    assert len(said(call + "The scholarships are available to all students.", "en")) == 1


def test_what_is_called_off_stands_apart_in_a_call():
    text = (
        "Call for applications\nThe ministry offers scholarships to students from Fiji. "
        "The essay contest for students has been called off."
    )
    assert said(text, "en") == [("scholarship", "call"), ("competition", "cancelled")]


HOW = (
    "Candidates are under thirty. Applicants submit a letter before 3 May. "
    "Each application is read twice. Interested candidates register online. "
)


def test_text_that_tells_how_to_apply_is_a_call():
    offered = "The Government of Serbia has made 30 scholarships available to Zambian students. "
    assert said(offered + HOW, "en") == [("scholarship", "call")]
    assert said(offered + "They met in Lusaka. " * 15 + HOW, "en") == [("scholarship", "announced")]
    off = "The essay contest for students has been called off. "
    assert ("scholarship", "call") not in said(offered + off + HOW, "en")


def test_call_is_for_what_its_title_names():
    text = (
        "Call for applications: scholarships\nApplications are open until 9 January 2030.\n"
        "The language course is in Serbian. A student visa is needed for the language course.\n"
        "The scholarship covers the fees of students."
    )
    main = offers(text, language="en")[0]
    assert (main.kind, main.quote) == ("scholarship", "Applications are open until 9 January 2030.")


def test_heading_within_the_text_is_no_offer_beside_its_paragraph():
    heading = "Scholarships for students"
    text = f"China and Zambia met.\n{heading}\nChina will offer 50 scholarships to students.\nThey left."
    assert [offer.quote for offer in offers(text, language="en")] != [heading]
    assert len(offers(text, language="en")) == 1


def test_long_sentence_is_quoted_in_its_clause():
    filler = ", ".join(["the parties reviewed the steel market at length"] * 12)
    text = f"{filler}, China will offer 50 scholarships to students, {filler}."
    (offer,) = offers(text, language="en")
    assert len(offer.quote) <= 300
    assert "50 scholarships" in offer.quote


def test_sentence_without_any_comma_is_cut_at_words():
    text = "China will offer " + "very " * 90 + "generous scholarships to students " + "too " * 90
    (offer,) = offers(text, language="en")
    assert len(offer.quote) <= 300
    assert "scholarships" in offer.quote
    assert offer.quote == text[offer.start : offer.end]


def test_title_is_no_offer_beside_what_says_it_again_below():
    title, between = (
        "China to offer scholarships to Zambia",
        "The ministers met. They spoke of steel.",
    )
    text = f"{title}\n{between} China will offer 50 scholarships to students."
    (offer,) = offers(text, language="en")
    assert offer.quote == "China will offer 50 scholarships to students."
    (alone,) = offers(f"{title}\n{between}", language="en")
    assert alone.quote == title


def test_line_without_a_stop_below_the_title_is_a_title_too():
    text = "A new partnership\nScholarships for 50 young Zambians\n\nThe ministers met in Lusaka. "
    (offer,) = offers(f"{text}China will offer 50 scholarships to students.", language="en")
    assert offer.quote == "China will offer 50 scholarships to students."


def test_two_promises_in_two_sentences_are_two_offers():
    text = "中方将提供100个奖学金名额。双方愿互派留学生。"
    assert said(text, "zh") == [("scholarship", "announced"), ("exchange", "announced")]


def test_what_one_does_counts_where_it_is_said_how_many_do():
    assert said("Nurses were taught in Lomé.", "en") == []
    assert said("30 nurses were taught in Lomé.", "en") == [("training", "past")]
    assert said("30 containers were taught a lesson.", "en") == []


def test_places_are_of_what_was_named_last():
    more = "Another 15 places will be given to young Kenyans next year."
    assert said(more, "en") == [("scholarship", "announced")]
    text = f"Young officials attend a training course every year. {more}"
    assert said(text, "en") == [("training", "ongoing"), ("training", "announced")]


def test_exchanges_at_large_are_none_beside_what_is_named():
    named = "The youth festival will deepen exchanges between the students of both countries."
    assert said(named, "en") == [("festival", "announced")]
    alone = "The sides will deepen exchanges between the students of both countries."
    assert said(alone, "en") == [("exchange", "announced")]


def test_stay_without_fees_is_no_scholarship_beside_it():
    text = "Each year five students spend a semester in Gwangju, exempt from tuition."
    assert said(text, "en") == [("exchange", "ongoing")]
    text = "Each year five students are exempt from tuition."
    assert said(text, "en") == [("scholarship", "ongoing")]


def test_scholarship_for_an_exchange_is_one_offer():
    text = "Spain will offer 50 scholarships to students of the exchange programme."
    assert said(text, "en") == [("scholarship", "announced")]


def test_language_without_vocabulary_offers_nothing():
    assert offers("Scholarships for students will be offered.", language="xx") == []
    assert offers("Scholarships for students will be offered.", language="../en") == []
    assert offers("", language="") == []


def test_region_of_a_language_does_not_matter():
    assert offers("China will offer 50 scholarships.", language="en-GB")


@pytest.mark.parametrize("piece", ["(", "scholarships, ", "scholarships will open. ", "Dr. "])
def test_hostile_text_is_read_in_time(piece):
    for offer in offers(piece * (20_000 // len(piece)), language="en"):
        assert len(offer.quote) <= 300


def test_html_in_a_quoted_sentence_stays_text():
    text = 'China will offer <img src=x onerror="alert(1)"> 50 scholarships to students.'
    (offer,) = offers(text, language="en")
    assert offer.quote == text
