import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from opportunities.choices import Audience, IscedLevel, Kind, Level
from opportunities.models import Opportunity, OpportunityChange, Words
from opportunities.models.fields import ChoiceSetField
from partnerships.models import Article, PartnershipChange
from partnerships.models.changes import AppendOnlyError
from tests.factories import (
    ArticleFactory,
    DeadlineFactory,
    EligibilityRuleFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db


# --- The record of changes: rows are added, never rewritten


@pytest.fixture(params=[OpportunityChange, PartnershipChange])
def line(request):
    owner = (OpportunityFactory if request.param is OpportunityChange else PartnershipFactory)()
    return request.param.objects.create(**{owner._meta.model_name: owner}, fact="kind", after="x")


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda line: line.save(),
        lambda line: line.save(update_fields=["after"]),
        lambda line: line.delete(),
        lambda line: type(line).objects.update(after="y"),
        lambda line: type(line).objects.filter(pk=line.pk).update(after="y"),
        lambda line: type(line).objects.all().delete(),
        lambda line: type(line).objects.bulk_update([line], ["after"]),
        lambda line: type(line).objects.update_or_create({"after": "y"}, pk=line.pk),
    ],
)
def test_record_refuses_to_be_rewritten(line, rewrite):
    line.after = "y"
    with pytest.raises(AppendOnlyError, match="append-only"):
        rewrite(line)
    assert type(line).objects.get().after == "x"


def test_record_refuses_a_line_saved_over_another(line):
    line._state.adding = True
    with pytest.raises(DatabaseError), transaction.atomic():
        line.save()


def test_record_refuses_a_bulk_upsert(line):
    line.after = "y"
    with pytest.raises(DatabaseError), transaction.atomic():
        type(line).objects.bulk_create(
            [line], update_conflicts=True, update_fields=["after"], unique_fields=["id"]
        )
    assert type(line).objects.get().after == "x"


REWRITES = [
    "UPDATE {table} SET after = 'y'",
    "DELETE FROM {table}",
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "TRUNCATE {table}",
]


@pytest.mark.parametrize("sql", REWRITES)
def test_record_refuses_raw_sql(line, sql):
    is_other = {"sqlite": "TRUNCATE", "postgresql": "OR REPLACE"}[connection.vendor] in sql
    expected = None if is_other else "append-only"
    connection.check_constraints()  # what is deferred would refuse a TRUNCATE for another reason
    with pytest.raises(DatabaseError, match=expected), transaction.atomic():
        connection.cursor().execute(sql.format(table=line._meta.db_table))
    assert type(line).objects.get().after == "x"


def test_record_keeps_what_it_is_about(line):
    owner = getattr(line, "opportunity", None) or line.partnership
    owner.citations.all().delete()
    with pytest.raises(Exception, match="protected"):
        owner.delete()


# --- A set of choices in one column


def saved(**values) -> Opportunity:
    row = OpportunityFactory(**values)
    return Opportunity.objects.get(pk=row.pk)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ((), ()),
        (None, ()),
        ([Level.MASTER], ("master",)),
        (("master", "bachelor"), ("bachelor", "master")),
        ({"doctorate", "bachelor"}, ("bachelor", "doctorate")),
        (["master", "master"], ("master",)),
        (tuple(Level.values), tuple(Level.values)),
    ],
)
def test_choice_set_comes_back_in_declared_order(given, read):
    row = saved(levels=given)
    assert row.levels == read
    assert Opportunity.objects.filter(levels=read).get() == row


def test_choice_set_is_found_by_one_whole_word():
    row = saved(levels=["postdoctoral"], languages=["zh-Hans", "fr"])
    assert Opportunity.objects.filter(levels__contains=",postdoctoral,").get() == row
    assert Opportunity.objects.filter(languages__contains=",fr,").get() == row
    assert not Opportunity.objects.filter(levels__contains=",doctoral,").exists()
    assert not Opportunity.objects.filter(languages__contains=",zh,").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("levels", ["phd"]),
        ("audiences", ["student", "nobody"]),
        ("levels", ["bachelor,master"]),
        ("languages", ["fr", "French"]),
        ("languages", ["fr,kk"]),
    ],
)
def test_choice_set_refuses_a_word_that_is_not_in_it(field, value):
    with pytest.raises(ValidationError) as refused:
        Opportunity(slug="a", **{field: value}).full_clean()
    assert set(refused.value.message_dict) == {field}


def test_choice_set_offers_checkboxes_and_reads_them():
    field = Opportunity._meta.get_field("audiences").formfield()
    assert [value for value, _ in field.choices] == Audience.values
    assert list(field.clean(["traveller", "student"])) == ["traveller", "student"]
    assert not field.clean([])
    with pytest.raises(ValidationError):
        field.clean(["nobody"])


def test_free_choice_set_reads_words_between_commas():
    field = Opportunity._meta.get_field("languages").formfield()
    assert field.clean(" fr, kk ,,zh-Hans ") == ("fr", "kk", "zh-Hans")
    assert field.clean("") == ()
    assert field.prepare_value(("fr", "kk")) == "fr, kk"
    assert not field.has_changed(("fr", "kk"), "fr,kk")
    assert field.has_changed(("fr",), "fr, kk")


def test_choice_set_survives_serialisation():
    row = saved(levels=["master", "bachelor"], languages=["fr"])
    [again] = serializers.deserialize("json", serializers.serialize("json", [row]))
    assert (again.object.levels, again.object.languages) == (("bachelor", "master"), ("fr",))


def test_choice_set_that_does_not_fit_its_column_is_an_error():
    field = ChoiceSetField(choice_set=Kind, max_length=20)
    assert "too narrow" in field.check()[0].msg
    assert not Opportunity.check()


def test_choice_set_has_room_for_all_its_words():
    rule = EligibilityRuleFactory(kind="level-held", text="", levels=IscedLevel.values)
    rule.full_clean()
    assert rule.levels == tuple(IscedLevel.values)


# --- Words in the reader's language


@pytest.mark.parametrize(
    ("versions", "language", "shown"),
    [
        ({"fr": "original", "en": "human"}, "en", "en"),
        ({"fr": "original", "en": "human"}, "fr", "fr"),
        ({"en": "human", "fr": "original"}, "ru", "fr"),
        ({"en": "machine", "kk": "human"}, "ru", "en"),
        ({"en": "original", "zh-Hans": "machine"}, "zh-hans", "zh-Hans"),
        ({"en": "original", "zh": "machine"}, "zh-hans", "zh"),
        ({"en": "original", "pt": "human"}, "pt-BR", "pt"),
        ({"en": "human", "fr": "original"}, None, "fr"),
        ({"en": "human", "fr": "original"}, "", "fr"),
    ],
)
def test_words_are_the_readers_else_the_original_else_any(versions, language, shown):
    opportunity = Opportunity.objects.create(slug="a")
    for tag, origin in versions.items():
        Words.objects.create(opportunity=opportunity, language=tag, origin=origin)
    assert opportunity.words_in(language).language == shown


def test_bare_draft_has_no_words_and_still_a_name():
    draft = Opportunity.objects.create(slug="a-slug")
    assert draft.words_in("en") is None and draft.shown is None
    assert str(draft) == "a-slug" and str(Opportunity(slug="b")) == "b"


def test_title_follows_the_language_of_the_page():
    opportunity = OpportunityFactory(title="Grant")
    Words.objects.create(opportunity=opportunity, language="fr", origin="human", title="Bourse")
    with translation.override("fr"):
        assert str(opportunity) == "Bourse"
    with translation.override("ru"):
        assert str(opportunity) == "Grant"


# --- What belongs together


@pytest.mark.parametrize(
    ("name", "fact", "make"),
    [("deadline", "deadline", DeadlineFactory), ("rule", "eligibility", EligibilityRuleFactory)],
)
def test_citation_of_another_opportunitys_part_is_refused(name, fact, make):
    part = make()
    own = OpportunityCitationFactory.build(
        opportunity=part.opportunity, fact=fact, article=ArticleFactory(), **{name: part}
    )
    own.full_clean()
    own.opportunity = OpportunityFactory()
    with pytest.raises(ValidationError) as refused:
        own.full_clean()
    assert set(refused.value.message_dict) == {name}


# --- An article is public while something published rests on it


@pytest.mark.parametrize("make", [OpportunityCitationFactory, PartnershipCitationFactory])
@pytest.mark.parametrize(
    ("state", "is_visible"),
    [
        ({}, False),
        ({"in_review": True}, False),
        ({"withdrawn": True}, False),
        ({"published": True}, True),
    ],
)
def test_article_is_visible_while_something_published_rests_on_it(make, state, is_visible):
    owner = "opportunity" if make is OpportunityCitationFactory else "partnership"
    citation = make(**{f"{owner}__{key}": value for key, value in state.items()})
    assert Article.objects.visible().filter(pk=citation.article_id).exists() == is_visible


def test_article_removed_is_not_visible_though_published_things_rest_on_it():
    article = ArticleFactory(removed_on="2026-11-01", removed_because="Its owner asks.")
    OpportunityFactory(published=True, article=article)
    PartnershipCitationFactory(partnership=PartnershipFactory(published=True), article=article)
    assert not Article.objects.visible().filter(pk=article.pk).exists()
    assert article in Article.objects.rested_on()


def test_article_nobody_cites_is_not_visible_beside_one_that_is():
    ArticleFactory()
    shown = OpportunityFactory(published=True, article=ArticleFactory()).citations.get().article
    OpportunityFactory(published=True, article=shown)
    assert Article.objects.visible().get() == shown
