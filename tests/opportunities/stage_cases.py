"""Every boundary of the stage rule, as rows to create and a moment to ask at: for both twins."""

from dataclasses import dataclass
from datetime import date, datetime, time

from opportunities.choices import Application, Fact, Stage
from opportunities.models import Opportunity
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    DeadlineFactory,
    OpportunityCitationFactory,
    OrganisationFactory,
)


@dataclass(frozen=True)
class D:
    """A deadline; `nationals` of whom it is for."""

    on: str
    at: str = ""
    zone: str = ""
    nationals: str = ""


@dataclass(frozen=True)
class C:
    """A citation of an article of its own; a call on the university's page unless said otherwise."""

    address: str = "https://uni.example/call"
    nature: str = "call"
    fact: str = Fact.OFFICIAL_CALL
    published: str = "2026-11-01"
    received: str = "2026-11-02"
    set_aside: str = ""
    removed: bool = False


def news(published: str = "", received: str = "2026-11-02", **more) -> C:
    return C("", "news", Fact.EXISTENCE, published, received, **more)


@dataclass(frozen=True)
class Row:
    """One opportunity. `domain` is registered for its provider, `host_domain` for its host."""

    citations: tuple[C, ...] = (C(),)
    application: str = Application.ROLLING
    deadlines: tuple[D, ...] = ()
    zone: str = ""
    opens_on: str = ""
    ends_on: str = ""
    domain: str | None = "uni.example"
    host_domain: str | None = None
    stranger_domain: str | None = None

    def create(self) -> Opportunity:
        if self.stranger_domain:
            OrganisationFactory(domain=self.stranger_domain)
        row = Opportunity.objects.create(
            slug=f"row-{Opportunity.objects.count()}",
            application=self.application,
            zone=self.zone,
            opens_on=day(self.opens_on),
            ends_on=day(self.ends_on),
            provider=None if self.domain is None else OrganisationFactory(domain=self.domain),
            host=None if self.host_domain is None else OrganisationFactory(domain=self.host_domain),
        )
        for citation in self.citations:
            cite(row, citation)
        for deadline in self.deadlines:
            add_deadline(row, deadline)
        return row


def cite(row: Opportunity, citation: C) -> None:
    count = row.citations.count()
    article = ArticleFactory(
        nature=citation.nature,
        address=f"{citation.address}?{row.slug}-{count}" if citation.address else "",
        published_on=day(citation.published),
        received_on=day(citation.received),
        removed_on=date(2026, 11, 20) if citation.removed else None,
        removed_because="At its owner's request." if citation.removed else "",
    )
    OpportunityCitationFactory(
        opportunity=row, article=article, fact=citation.fact, set_aside_because=citation.set_aside
    )


def add_deadline(row: Opportunity, stated: D) -> None:
    deadline = DeadlineFactory(
        opportunity=row,
        on=day(stated.on),
        at=time.fromisoformat(stated.at) if stated.at else None,
        zone=stated.zone,
    )
    if stated.nationals:
        deadline.countries.add(CountryFactory(iso2=stated.nationals))


def day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def moment(written: str) -> datetime:
    """`2026-12-15T17:00+05:00`; Z is UTC."""
    return datetime.fromisoformat(written)


CANCELLED, LAPSED, ANNOUNCED = Stage.CANCELLED, Stage.LAPSED, Stage.ANNOUNCED
UPCOMING, CLOSED, OPEN = Stage.UPCOMING, Stage.CLOSED, Stage.OPEN
NOON = "2026-11-23T12:00Z"
FAR = "2199-01-01T00:00Z"
CANCELLATION = C(fact=Fact.CANCELLATION, nature="statement")
SET_ASIDE = "The later word counts."


def called(**more) -> Row:
    return Row(**more)


def promised(*citations: C, **more) -> Row:
    return Row(citations=citations, domain=None, **more)


def by_deadline(*deadlines: D, **more) -> Row:
    return Row(application=Application.BY_DEADLINE, deadlines=deadlines, **more)


def call_at(address: str, **more) -> Row:
    return Row(citations=(C(address=address),), **more)


# fmt: off
CASES = [
    # --- cancelled: before everything else
    ("cancelled_beats_open", called(citations=(C(), CANCELLATION)), NOON, CANCELLED),
    ("cancelled_beats_announced", promised(news("2026-11-01"), CANCELLATION), NOON, CANCELLED),
    ("cancelled_beats_lapsed", promised(news("2020-01-01"), CANCELLATION), FAR, CANCELLED),
    ("cancelled_beats_upcoming", called(citations=(C(), CANCELLATION), opens_on="2027-01-01"), NOON, CANCELLED),
    ("cancelled_beats_closed", by_deadline(D("2026-01-01"), citations=(C(), CANCELLATION)), NOON, CANCELLED),
    ("cancelled_by_the_press_too", called(citations=(C(), C("", "news", Fact.CANCELLATION))), NOON, CANCELLED),
    ("cancellation_set_aside", called(citations=(C(), C(fact=Fact.CANCELLATION, set_aside=SET_ASIDE))), NOON, OPEN),
    ("cancellation_set_aside_and_another", called(citations=(C(), C(fact=Fact.CANCELLATION, set_aside=SET_ASIDE), CANCELLATION)), NOON, CANCELLED),

    # --- announced, then lapsed: 180 days to the first second of a UTC day
    ("uncited_never_lapses", promised(), FAR, ANNOUNCED),
    ("published_day_179", promised(news("2026-05-27")), "2026-11-22T23:59:59Z", ANNOUNCED),
    ("published_day_180", promised(news("2026-05-27")), "2026-11-23T00:00:00Z", LAPSED),
    ("published_day_179_read_in_almaty", promised(news("2026-05-27")), "2026-11-23T04:59:59+05:00", ANNOUNCED),
    ("published_day_180_read_in_lima", promised(news("2026-05-27")), "2026-11-22T19:00:00-05:00", LAPSED),
    ("received_day_179", promised(news("", "2026-05-27")), "2026-11-22T23:59:59Z", ANNOUNCED),
    ("received_day_180", promised(news("", "2026-05-27")), "2026-11-23T00:00:00Z", LAPSED),
    ("published_counts_not_received", promised(news("2026-05-27", "2026-11-20")), "2026-11-23T00:00:00Z", LAPSED),
    ("undated_of_two_is_later_day_179", promised(news("2026-01-01", "2026-01-02"), news("", "2026-05-27")), "2026-11-22T23:59:59Z", ANNOUNCED),
    ("undated_of_two_is_later_day_180", promised(news("2026-01-01", "2026-01-02"), news("", "2026-05-27")), "2026-11-23T00:00:00Z", LAPSED),
    ("undated_of_two_is_earlier_day_179", promised(news("", "2026-01-01"), news("2026-05-27")), "2026-11-22T23:59:59Z", ANNOUNCED),
    ("undated_of_two_is_earlier_day_180", promised(news("", "2026-01-01"), news("2026-05-27")), "2026-11-23T00:00:00Z", LAPSED),
    ("receipt_of_a_dated_one_counts_not", promised(news("", "2026-03-01"), news("2026-02-01", "2026-08-01")), "2026-08-28T00:00:00Z", LAPSED),
    ("latest_of_three_counts", promised(news("2026-05-27"), news("2026-06-27"), news("2026-04-27")), "2026-11-23T00:00:00Z", ANNOUNCED),
    ("published_on_a_leap_day_179", promised(news("2024-02-29")), "2024-08-26T23:59:59Z", ANNOUNCED),
    ("published_on_a_leap_day_180", promised(news("2024-02-29")), "2024-08-27T00:00:00Z", LAPSED),
    ("lapses_on_a_leap_day", promised(news("2023-09-02")), "2024-02-29T00:00:00Z", LAPSED),
    ("called_never_lapses", called(citations=(C(published="2020-01-01"),)), NOON, OPEN),
    ("no_call_yet_opening_is_no_matter", promised(news("2026-11-01"), opens_on="2027-01-01"), NOON, ANNOUNCED),
    ("no_call_yet_deadline_is_no_matter", by_deadline(D("2026-01-01"), citations=(news("2026-11-01"),)), NOON, ANNOUNCED),
    ("call_elsewhere_lapses_too", call_at("https://press.example/call"), "2027-04-30T00:00:00Z", LAPSED),

    # --- what makes a call official
    ("call_on_the_domain", call_at("https://uni.example/call"), NOON, OPEN),
    ("call_on_a_subdomain", call_at("https://apply.uni.example/call"), NOON, OPEN),
    ("call_two_levels_down", call_at("https://a.b.uni.example/call"), NOON, OPEN),
    ("call_with_port", call_at("https://uni.example:8443/call"), NOON, OPEN),
    ("call_over_http", call_at("http://uni.example/call"), NOON, OPEN),
    ("call_in_capitals", call_at("HTTPS://UNI.Example/call"), NOON, OPEN),
    ("call_with_the_root_dot", call_at("https://uni.example./call"), NOON, OPEN),
    ("call_elsewhere", call_at("https://other.example/call"), NOON, ANNOUNCED),
    ("call_on_a_look_alike", call_at("https://evil-uni.example/call"), NOON, ANNOUNCED),
    ("call_on_a_longer_name", call_at("https://evilluni.example/call"), NOON, ANNOUNCED),
    ("call_on_a_look_alike_suffix", call_at("https://uni.example.evil.example/call"), NOON, ANNOUNCED),
    ("call_with_the_domain_as_user", call_at("https://uni.example@evil.example/call"), NOON, ANNOUNCED),
    ("call_with_the_domain_as_password", call_at("https://x:uni.example@evil.example/call"), NOON, ANNOUNCED),
    ("call_with_a_backslash", call_at("https://evil.example\\@uni.example/call"), NOON, ANNOUNCED),
    ("call_with_the_domain_in_its_path", call_at("https://evil.example/uni.example"), NOON, ANNOUNCED),
    ("call_over_ftp", call_at("ftp://uni.example/call"), NOON, ANNOUNCED),
    ("call_without_address", call_at(""), NOON, ANNOUNCED),
    ("call_above_the_domain", call_at("https://uni.example/call", domain="apply.uni.example"), NOON, ANNOUNCED),
    ("call_beside_the_domain", call_at("https://press.uni.example/", domain="apply.uni.example"), NOON, ANNOUNCED),
    ("domain_in_capitals", call_at("https://uni.example/call", domain="UNI.Example"), NOON, OPEN),
    ("domain_in_unicode", call_at("https://xn--bcher-kva.example/call", domain="bücher.example"), NOON, OPEN),
    ("call_in_unicode", call_at("https://Bücher.example/call", domain="xn--bcher-kva.example"), NOON, OPEN),
    ("call_in_another_script", call_at("https://unі.example/call"), NOON, ANNOUNCED),  # Cyrillic і
    ("call_of_the_host_organisation", call_at("https://host.example/call", host_domain="host.example"), NOON, OPEN),
    ("call_of_the_host_where_no_provider", call_at("https://host.example/", domain=None, host_domain="host.example"), NOON, OPEN),
    ("call_of_a_stranger", call_at("https://third.example/call", stranger_domain="third.example"), NOON, ANNOUNCED),
    ("call_where_provider_has_no_domain", call_at("https://uni.example/call", domain=""), NOON, ANNOUNCED),
    ("call_where_nobody_provides", call_at("https://uni.example/call", domain=None), NOON, ANNOUNCED),
    ("news_on_the_domain", called(citations=(C(nature="news"),)), NOON, ANNOUNCED),
    ("statement_on_the_domain", called(citations=(C(nature="statement"),)), NOON, ANNOUNCED),
    ("list_on_the_domain", called(citations=(C(nature="list"),)), NOON, ANNOUNCED),
    ("call_cited_for_another_fact", called(citations=(C(fact=Fact.EXISTENCE),)), NOON, ANNOUNCED),
    ("call_set_aside", called(citations=(C(set_aside=SET_ASIDE),)), NOON, ANNOUNCED),
    ("call_set_aside_and_another", called(citations=(C(set_aside=SET_ASIDE), C())), NOON, OPEN),
    ("call_removed_at_request_still_counts", called(citations=(C(removed=True),)), NOON, OPEN),

    # --- upcoming: to 00:00 of opens_on in the zone, else in UTC
    ("opens_in_almaty_last_second", called(opens_on="2026-12-01", zone="Asia/Almaty"), "2026-11-30T23:59:59+05:00", UPCOMING),
    ("opens_in_almaty", called(opens_on="2026-12-01", zone="Asia/Almaty"), "2026-12-01T00:00:00+05:00", OPEN),
    ("opens_without_zone_last_second", called(opens_on="2026-12-01"), "2026-11-30T23:59:59Z", UPCOMING),
    ("opens_without_zone", called(opens_on="2026-12-01"), "2026-12-01T00:00:00Z", OPEN),
    ("opens_far_east", called(opens_on="2026-12-01", zone="Pacific/Kiritimati"), "2026-11-30T10:00:00Z", OPEN),
    ("opens_far_east_last_second", called(opens_on="2026-12-01", zone="Pacific/Kiritimati"), "2026-11-30T09:59:59Z", UPCOMING),
    ("opens_far_west_last_second", called(opens_on="2026-12-01", zone="Etc/GMT+12"), "2026-12-01T11:59:59Z", UPCOMING),
    ("opens_far_west", called(opens_on="2026-12-01", zone="Etc/GMT+12"), "2026-12-01T12:00:00Z", OPEN),
    ("opens_when_midnight_never_is_last_second", called(opens_on="2027-04-30", zone="Africa/Cairo"), "2027-04-29T23:59:59+02:00", UPCOMING),
    ("opens_when_midnight_never_is", called(opens_on="2027-04-30", zone="Africa/Cairo"), "2027-04-30T01:00:00+03:00", OPEN),
    ("opens_at_the_first_of_two_midnights", called(opens_on="2026-11-01", zone="America/Havana"), "2026-11-01T00:00:00-04:00", OPEN),
    ("upcoming_beats_closed", by_deadline(D("2026-01-01"), opens_on="2027-01-01"), NOON, UPCOMING),
    ("upcoming_beats_ended", called(ends_on="2026-01-01", opens_on="2027-01-01"), NOON, UPCOMING),

    # --- closed by deadline: time and zone, zone only, time only, neither
    ("minute_and_zone_last_second", by_deadline(D("2026-12-15", "17:00", "Asia/Almaty")), "2026-12-15T17:00:59+05:00", OPEN),
    ("minute_and_zone_over", by_deadline(D("2026-12-15", "17:00", "Asia/Almaty")), "2026-12-15T17:01:00+05:00", CLOSED),
    ("last_minute_of_the_day_over", by_deadline(D("2026-12-31", "23:59", "Asia/Almaty")), "2027-01-01T00:00:00+05:00", CLOSED),
    ("first_minute_of_the_day", by_deadline(D("2026-12-15", "00:00", "Asia/Almaty")), "2026-12-15T00:00:59+05:00", OPEN),
    ("first_minute_of_the_day_over", by_deadline(D("2026-12-15", "00:00", "Asia/Almaty")), "2026-12-15T00:01:00+05:00", CLOSED),
    ("seconds_stated_are_within_the_minute", by_deadline(D("2026-12-15", "17:00:30", "UTC")), "2026-12-15T17:00:59Z", OPEN),
    ("quarter_hour_zone_over", by_deadline(D("2026-12-15", "17:00", "Asia/Kathmandu")), "2026-12-15T11:16:00Z", CLOSED),
    ("zone_without_time_last_second", by_deadline(D("2026-12-15", "", "Asia/Almaty")), "2026-12-15T23:59:59+05:00", OPEN),
    ("zone_without_time_over", by_deadline(D("2026-12-15", "", "Asia/Almaty")), "2026-12-16T00:00:00+05:00", CLOSED),
    ("time_without_zone_last_second", by_deadline(D("2026-12-15", "17:00")), "2026-12-15T17:00:59-12:00", OPEN),
    ("time_without_zone_over", by_deadline(D("2026-12-15", "17:00")), "2026-12-15T17:01:00-12:00", CLOSED),
    ("neither_last_second", by_deadline(D("2026-12-15")), "2026-12-16T11:59:59Z", OPEN),
    ("neither_over", by_deadline(D("2026-12-15")), "2026-12-16T12:00:00Z", CLOSED),
    ("far_east_last_second", by_deadline(D("2026-12-15", "", "Pacific/Kiritimati")), "2026-12-15T09:59:59Z", OPEN),
    ("far_east_over", by_deadline(D("2026-12-15", "", "Pacific/Kiritimati")), "2026-12-15T10:00:00Z", CLOSED),
    ("far_west_over", by_deadline(D("2026-12-15", "", "Etc/GMT+12")), "2026-12-16T12:00:00Z", CLOSED),
    ("shown_twice_takes_the_later", by_deadline(D("2026-10-25", "02:30", "Europe/Paris")), "2026-10-25T02:30:59+01:00", OPEN),
    ("shown_twice_over", by_deadline(D("2026-10-25", "02:30", "Europe/Paris")), "2026-10-25T02:31:00+01:00", CLOSED),
    ("never_shown_last_second", by_deadline(D("2027-03-28", "02:30", "Europe/Paris")), "2027-03-28T03:30:59+02:00", OPEN),
    ("never_shown_over", by_deadline(D("2027-03-28", "02:30", "Europe/Paris")), "2027-03-28T03:31:00+02:00", CLOSED),
    ("day_of_25_hours_over", by_deadline(D("2026-10-25", "", "Europe/Paris")), "2026-10-25T23:00:00Z", CLOSED),
    ("day_of_23_hours_over", by_deadline(D("2027-03-28", "", "Europe/Paris")), "2027-03-28T22:00:00Z", CLOSED),
    ("leap_day_last_second", by_deadline(D("2028-02-29", "", "UTC")), "2028-02-29T23:59:59Z", OPEN),
    ("leap_day_over", by_deadline(D("2028-02-29", "", "UTC")), "2028-03-01T00:00:00Z", CLOSED),
    ("two_channels_first_passed", by_deadline(D("2026-12-01"), D("2026-12-15")), "2026-12-10T00:00Z", OPEN),
    ("two_channels_last_passed", by_deadline(D("2026-12-15"), D("2026-12-01")), "2026-12-16T12:00Z", CLOSED),
    ("earlier_date_may_close_last", by_deadline(D("2026-12-15", "", "Pacific/Kiritimati"), D("2026-12-14")), "2026-12-15T11:59:59Z", OPEN),
    ("earlier_date_closed_last", by_deadline(D("2026-12-15", "", "Pacific/Kiritimati"), D("2026-12-14")), "2026-12-15T12:00:00Z", CLOSED),
    ("one_country_has_longer", by_deadline(D("2026-12-01", nationals="KZ"), D("2026-12-15", nationals="CN")), "2026-12-10T00:00Z", OPEN),
    ("every_country_has_passed", by_deadline(D("2026-12-01", nationals="KZ"), D("2026-12-15", nationals="CN")), "2026-12-16T12:00Z", CLOSED),
    ("by_deadline_without_any", by_deadline(), FAR, OPEN),
    ("by_deadline_outlives_its_end", by_deadline(D("2026-12-15"), ends_on="2026-11-01"), NOON, OPEN),
    ("opens_and_closes_the_same_day", by_deadline(D("2026-12-15", "", "UTC"), opens_on="2026-12-15"), "2026-12-15T00:00Z", OPEN),

    # --- rolling, no application needed, not said: by ends_on where it is known
    ("rolling_without_end", called(), FAR, OPEN),
    ("rolling_last_second", called(ends_on="2026-12-15", zone="Asia/Almaty"), "2026-12-15T23:59:59+05:00", OPEN),
    ("rolling_over", called(ends_on="2026-12-15", zone="Asia/Almaty"), "2026-12-16T00:00:00+05:00", CLOSED),
    ("rolling_without_zone_last_second", called(ends_on="2026-12-15"), "2026-12-16T11:59:59Z", OPEN),
    ("rolling_without_zone_over", called(ends_on="2026-12-15"), "2026-12-16T12:00:00Z", CLOSED),
    ("rolling_ignores_a_deadline_left_behind", called(deadlines=(D("2026-01-01"),)), NOON, OPEN),
    ("not_needed_last_second", called(application=Application.NOT_NEEDED, ends_on="2026-12-15", zone="UTC"), "2026-12-15T23:59:59Z", OPEN),
    ("not_needed_over", called(application=Application.NOT_NEEDED, ends_on="2026-12-15", zone="UTC"), "2026-12-16T00:00:00Z", CLOSED),
    ("application_not_said_over", called(application="", ends_on="2026-12-15", zone="UTC"), "2026-12-16T00:00:00Z", CLOSED),
    ("application_not_said_without_end", called(application="", deadlines=(D("2026-01-01"),)), NOON, OPEN),
]
# fmt: on
