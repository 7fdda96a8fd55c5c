"""What drafting writes, what it leaves alone, and what it never makes twice."""

import pytest

from opportunities import editorial
from opportunities.choices import Fact, Stage
from opportunities.drafting import NEW, Action, NotDrafted, PartnershipDecision, decide, propose
from opportunities.models import Opportunity, OpportunityCitation, ReadOffer
from opportunities.recognise import Standing
from partnerships.models import Article, Country, Partnership, PartnershipCitation
from tests.factories import (
    OpportunityFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
)

from .reading import NEWS, article, as_proposed, on, proposed_partnership, take_all

pytestmark = pytest.mark.usefixtures("world")

CALL = (
    "Scholarships for students from Kenya and Morocco: call for applications\n\n"
    "The university invites applications for scholarships for Kenyan and Moroccan students. "
    "Applications are open until 15 January 2027. Kenya and Morocco cooperate in education."
)
CANCELLED = (
    "Festival of Kenya and Morocco cancelled\n\n"
    "Kenya and Morocco work together in culture. "
    "The music festival of both countries for young people has been cancelled, the ministry said."
)


def counts() -> tuple[int, ...]:
    tables = (Partnership, Opportunity, PartnershipCitation, OpportunityCitation, ReadOffer)
    return tuple(table.objects.count() for table in tables)


def old_promise(**options) -> Opportunity:
    """Read from another article, and published."""
    partnership = PartnershipFactory(parties=["KE", "MA"], published=True)
    given = {"kind": "scholarship", "sectors": ["education"], "published": True}
    return OpportunityFactory(partnerships=[partnership], **given | options)


# --- Drafts


def test_an_article_becomes_a_partnership_and_drafts_resting_on_sentences():
    source = article()
    written = take_all(source)
    partnership = written.partnership
    assert {party.country_id for party in partnership.parties.all()} == {"KE", "MA"}
    assert partnership.status == "draft"
    assert {o.kind for o in written.drafted} == {"scholarship", "internship", "festival"}
    for item in [partnership, *written.drafted]:
        assert item.status == "draft" and item.citations.exists()
        for citation in item.citations.all():
            assert source.text[citation.start : citation.end] == citation.quote
    for opportunity in Opportunity.objects.for_card():
        assert opportunity.stage_at() == Stage.ANNOUNCED
        assert list(opportunity.partnerships.all()) == []  # a draft partnership is not shown
        assert opportunity.citations.filter(fact=Fact.PARTNERSHIP).get().value == partnership.slug


def test_each_stated_fact_cites_the_words_that_state_it():
    scholarship = next(o for o in take_all(article()).drafted if o.kind == "scholarship")
    assert (scholarship.places_available, scholarship.audiences) == (40, ("student",))
    cited = {c.fact: c for c in scholarship.citations.all()}
    assert "40 scholarships" in cited[Fact.PLACES_AVAILABLE].quote
    assert cited[Fact.PLACES_AVAILABLE].value == "40"
    assert "students" in cited[Fact.AUDIENCE].quote
    assert cited[Fact.KIND].value == "scholarship"
    assert not scholarship.deadlines.exists() and Fact.DEADLINE not in cited


def test_what_an_editor_corrects_is_no_longer_cited_as_read():
    source = article()
    take_all(source, places_available=None, audiences=(), kind="training", sectors=[])
    for made in Opportunity.objects.all():
        facts = {c.fact: c.value for c in made.citations.all()}
        assert facts[Fact.KIND] == "training"
        assert facts.keys() == {Fact.EXISTENCE, Fact.KIND, Fact.PARTNERSHIP}


def test_titles_are_in_the_language_of_the_article_or_in_english():
    arabic = (
        "وقع المغرب وكينيا اتفاق شراكة في مجال التعليم في الرباط.\n\n"
        "وسيقدم المغرب 40 منحة دراسية للطلاب الكينيين ابتداء من العام المقبل."
    )
    (offer,) = propose(article(arabic, language="ar")).offers
    assert (offer.language, offer.title) == ("ar", "منحة دراسية، المغرب وكينيا")
    assert offer.summary == offer.offer.quote
    german = (
        "Kenia und Marokko vereinbaren eine Partnerschaft.\n\n"
        "Marokko wird künftig 40 Stipendien für kenianische Studierende vergeben."
    )
    (offer,) = propose(article(german, language="de")).offers
    assert (offer.language, offer.title) == ("en", "Scholarship, Kenya and Morocco")
    assert offer.summary == "An article in German speaks of it; the sentence is quoted below."


def test_a_text_in_an_unknown_language_proposes_nothing():
    proposal = propose(article("ᓄᓇᕗᑦ ᐃᓄᐃᑦ ᓴᓇᔨᑦ", language=""))
    assert (proposal.language, list(proposal.offers), proposal.partnership.is_new) == (
        "",
        [],
        False,
    )


def test_what_is_past_is_shown_and_not_drafted():
    past = (
        "Kenya and Morocco are partners.\n\nLast year 40 students received scholarships in Rabat."
    )
    proposal = propose(article(past))
    assert [(o.offer.standing, o.action) for o in proposal.offers] == [
        (Standing.PAST, Action.DISCARD)
    ]
    assert not take_all(article(past)).drafted


# --- Twice is the same as once


def test_reading_the_same_article_twice_makes_nothing_new():
    source = article()
    take_all(source)
    before = counts()
    written = take_all(source)
    assert counts() == before and not (written.drafted or written.merged)
    assert all(offer.is_done for offer in propose(source).offers)


def test_the_same_decision_sent_twice_writes_once():
    source, by = article(), UserFactory(role="Editor")
    proposal = propose(source)
    sent = proposed_partnership(proposal), [as_proposed(proposal, o) for o in proposal.offers]
    decide(source, *sent, by=by)
    before = counts()
    decide(source, *sent, by=by)
    assert counts() == before


def test_a_reprint_makes_nothing_new():
    source = article()
    take_all(source)
    before = counts()
    reprint = article("Our paper, Tuesday.\n\n" + NEWS, origin=source)
    proposal = propose(reprint)
    assert proposal.partnership.existing == Partnership.objects.get()
    assert all(offer.is_done for offer in proposal.offers)
    take_all(reprint)
    assert counts()[:2] == before[:2] and counts()[3:] == before[3:]


@pytest.mark.parametrize(
    "correct",
    [
        lambda o: o.words.update(title="The editor’s own"),
        lambda o: Opportunity.objects.filter(pk=o.pk).update(kind="fellowship"),
        lambda o: o.citations.all().delete(),
        lambda o: o.delete(),
        lambda o: o.partnerships.clear(),
    ],
)
def test_a_correction_is_neither_written_over_nor_made_again(correct):
    source = article()
    made = take_all(source).drafted[0]
    correct(made)
    rows = list(Opportunity.objects.values()), list(OpportunityCitation.objects.values())
    words = [list(o.words.values()) for o in Opportunity.objects.all()]
    take_all(source)
    assert (
        list(Opportunity.objects.values()),
        list(OpportunityCitation.objects.values()),
    ) == rows
    assert [list(o.words.values()) for o in Opportunity.objects.all()] == words


def test_what_was_left_out_stays_out_until_somebody_asks_for_it():
    source = article()
    take_all(source, action=Action.DISCARD)
    assert not Opportunity.objects.exists()
    assert {offer.action for offer in propose(source).offers} == {Action.DISCARD}
    assert len(take_all(source, action=Action.DRAFT).drafted) == 3


def test_parties_an_editor_corrected_are_found_again():
    source = article()
    partnership = take_all(source).partnership
    partnership.parties.filter(country="KE").update(country=Country.objects.get(pk="TN"))
    assert propose(source).partnership.existing == partnership
    take_all(source)
    assert Partnership.objects.count() == 1


def test_a_partnership_of_the_same_parties_is_used_and_another_is_not():
    PartnershipFactory(parties=["KE", "MA", "TN"])
    same = PartnershipFactory(parties=["MA", "KE"])
    written = take_all(article())
    assert written.partnership == same
    assert Partnership.objects.count() == 2
    assert same.citations.get().fact == "parties"


# --- Old promises


def test_a_new_article_on_an_old_promise_is_further_evidence():
    promise = old_promise()
    (offer, *_rest) = propose(article()).offers
    assert (offer.action, offer.likely[0]) == (Action.MERGE, promise)
    written = take_all(article(NEWS + "\nMore."))
    assert written.merged == [promise]
    assert promise.citations.count() == 2 and len(written.drafted) == 2
    change = promise.changes.get()
    assert (change.fact, change.reason) == ("source", "Another article speaks of it.")
    assert change.article == Article.objects.latest("pk")


def test_another_kind_or_sector_is_no_old_promise():
    old_promise(kind="internship", sectors=["health"])
    assert {o.action for o in propose(article()).offers} == {Action.DRAFT}


def test_two_of_one_kind_are_not_both_the_same_old_promise():
    promise = old_promise()
    twice = NEWS + (
        "\n\nThe two countries also met for other things, and dinner was served on the terrace. "
        "It was long.\n\nA long walk followed.\n\nKenya will offer 10 scholarships to students from Morocco."
    )
    proposed = [o for o in propose(article(twice)).offers if o.offer.kind == "scholarship"]
    assert len(proposed) == 2
    assert [o.likely[:1] for o in proposed if o.is_alike] == [[promise]]
    assert [o.title.endswith(" (2)") for o in proposed] == [False, True]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Morocco will offer 40 scholarships to students from Kenya, said the minister.", ""),
        ("In Kenya the minister said scholarships would be offered to students.", ""),
        ("Le Kenya a annoncé des bourses pour les étudiants marocains.", ""),
        ("Scholarships for students will be offered, said Amina Odhiambo.", "Amina Odhiambo"),
    ],
)
def test_a_country_is_not_taken_for_who_said_it(sentence, name):
    told = article(sentence, language="fr" if "Le " in sentence else "en")
    (offer,) = propose(told).offers
    assert offer.offer.speaker_name == name
    assert (offer.offer.speaker_role == "outlet") == (not name)


def test_an_official_call_moves_a_promise_on():
    university = OrganisationFactory(name="A university", domain="uni.example")
    promise = old_promise(provider=university)
    source = article(CALL, nature="call", address="https://grants.uni.example/call")
    (offer, *_rest) = propose(source).offers
    assert (offer.action, offer.likely[0]) == (Action.MERGE, promise)
    take_all(source)
    promise = Opportunity.objects.for_card().get()
    assert promise.stage_at() == Stage.OPEN
    assert promise.official_page == source.address
    assert [d.on for d in promise.deadlines.all()] == [on("2027-01-15")]
    cited = promise.citations.get(fact=Fact.DEADLINE)
    assert "15 January 2027" in cited.quote and cited.deadline == promise.deadlines.get()
    call = promise.citations.get(fact=Fact.OFFICIAL_CALL)
    assert (call.speaker_role, call.speaker_name) == ("provider", "A university")


def test_a_call_elsewhere_stays_announced():
    promise = old_promise(provider=OrganisationFactory(domain="uni.example"))
    source = article(CALL, nature="call", address="https://uni.example.org/call")
    assert propose(source).owners == []
    take_all(source)
    (promise,) = Opportunity.objects.for_card()
    assert promise.stage_at() == Stage.ANNOUNCED
    assert not promise.citations.filter(fact=Fact.OFFICIAL_CALL).exists()


def test_a_call_with_another_day_is_shown_beside_the_one_that_stands():
    university = OrganisationFactory(domain="uni.example")
    promise = old_promise(provider=university)
    promise.deadlines.create(on=on("2027-02-01"))
    take_all(article(CALL, nature="call", address="https://uni.example/call"))
    assert [d.on for d in promise.deadlines.all()] == [on("2027-02-01")]
    assert promise.citations.get(fact=Fact.DEADLINE).value == "2027-01-15"


def test_a_cancellation_cancels_what_it_is_of_and_drafts_nothing():
    assert not take_all(article(CANCELLED)).drafted
    ReadOffer.objects.all().delete()
    festival = old_promise(kind="festival", sectors=["culture"])
    offer = propose(article(CANCELLED)).offers[0]
    assert (offer.offer.standing, offer.action) == (Standing.CANCELLED, Action.MERGE)
    take_all(article(CANCELLED))
    assert Opportunity.objects.for_card().get().stage_at() == Stage.CANCELLED
    assert festival.changes.get().reason == "A source says that it will not take place."


def test_what_is_drafted_from_its_cancellation_is_cancelled():
    take_all(article(CANCELLED), action=Action.DRAFT)
    assert {o.stage_at() for o in Opportunity.objects.for_card()} == {Stage.CANCELLED}


def test_a_page_of_somebody_else_is_no_call_of_it():
    old_promise(provider=OrganisationFactory(name="Another"), host=OrganisationFactory())
    OrganisationFactory(name="A university", domain="uni.example")
    source = article(CALL, nature="call", address="https://uni.example/call")
    proposal = propose(source)
    offers = [as_proposed(proposal, offer) for offer in proposal.offers[:1]]
    before = counts()
    with pytest.raises(NotDrafted) as refused:
        decide(source, PartnershipDecision(), offers, by=None)
    assert refused.value.problems[offers[0].key] == {
        "is_call": ["A university neither provides nor hosts it."]
    }
    assert counts() == before


# --- All or nothing


def test_one_refusal_keeps_everything_out():
    source = article()
    proposal = propose(source)
    offers = [as_proposed(proposal, offer) for offer in proposal.offers]
    offers[1] = as_proposed(proposal, proposal.offers[1], title="x" * 151)
    before = counts()
    with pytest.raises(NotDrafted) as refused:
        decide(source, proposed_partnership(proposal), offers, by=None)
    assert list(refused.value.problems) == [proposal.offers[1].key]
    assert "title" in refused.value.problems[proposal.offers[1].key]
    assert counts() == before


def test_publishing_names_what_is_missing_and_publishes_nothing():
    source = article()
    proposal = propose(source)
    offers = [as_proposed(proposal, o, summary="") for o in proposal.offers[:1]]
    with pytest.raises(NotDrafted) as refused:
        decide(source, proposed_partnership(proposal), offers, by=None, publish=True)
    assert "summary" in refused.value.problems[proposal.offers[0].key]
    assert not Partnership.objects.exists() and not Opportunity.objects.exists()


def test_publishing_puts_all_of_it_before_the_public():
    written = take_all(article(), publish=True)
    assert len(written.published) == 4
    assert Opportunity.objects.visible().announced().count() == 3


def test_too_many_words_of_one_article_are_not_published():
    sentence = "Morocco will offer {} scholarships to students from Kenya, {}."
    long = ", ".join(["who come from towns and villages near the coast"] * 5)
    paragraphs = [sentence.format(n, long).replace("scholarships", kind) for n, kind in
                  enumerate(["scholarships", "internships", "festivals", "exchanges"], start=11)]  # fmt: skip
    source = article("Kenya and Morocco agree.\n\n" + "\n\n".join(paragraphs))
    proposal = propose(source)
    assert len(proposal.offers) == 4
    with pytest.raises(NotDrafted) as refused:
        decide(
            source,
            PartnershipDecision(),
            [as_proposed(proposal, offer) for offer in proposal.offers],
            by=None,
            publish=True,
        )
    (problems,) = refused.value.problems.values()
    assert "at most 900 may be quoted" in problems["citations"][0]


def test_a_partnership_needs_two_parties():
    with pytest.raises(NotDrafted) as refused:
        decide(
            article(), PartnershipDecision(NEW, parties=[Country.objects.get(pk="KE")]), [], by=None
        )
    assert refused.value.problems["partnership"] == {"parties": ["Name at least two parties."]}


def test_what_one_may_not_change_is_only_pointed_at():
    partnership = PartnershipFactory(parties=["KE", "MA"], published=True)
    source = article()
    proposal = propose(source)
    written = decide(
        source,
        proposed_partnership(proposal),
        [as_proposed(proposal, offer) for offer in proposal.offers],
        by=None,
        may_change=lambda item: False,
    )
    assert not partnership.citations.exists() and not partnership.changes.exists()
    assert all(list(o.partnerships.all()) == [partnership] for o in written.drafted)


def test_a_change_of_what_is_public_is_found(client):
    """Written through `editorial`: the index follows."""
    promise = old_promise()
    take_all(article())
    assert editorial.publication_problems(promise) == {}
    assert client.get(f"/opportunities/{promise.slug}/").content.count(b"<blockquote") == 2
