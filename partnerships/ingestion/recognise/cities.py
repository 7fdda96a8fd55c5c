"""Cities that stand for their country, as CLDR names them in a language. Pure."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

FEW_ZONES = 4
NO_CITY = {"Europe/Brussels", "America/Puerto_Rico", "Pacific/Easter", "Pacific/Chatham"}
NO_CITY |= {"Pacific/Galapagos", "Atlantic/Canary", "Pacific/Wake", "Pacific/Midway"}
NO_CITY |= {"Europe/Busingen", "Indian/Mauritius", "Indian/Reunion", "Atlantic/Madeira"}
CITIES_OF_LARGE_COUNTRIES = {
    "America/New_York",
    "America/Los_Angeles",
    "America/Chicago",
    "America/Toronto",
    "America/Vancouver",
    "America/Sao_Paulo",
    "America/Buenos_Aires",
    "America/Mexico_City",
    "Europe/Moscow",
    "Asia/Vladivostok",
    "Asia/Novosibirsk",
    "Asia/Yekaterinburg",
    "Australia/Sydney",
    "Asia/Almaty",
    "Asia/Jakarta",
    "Asia/Shanghai",
    "Asia/Urumqi",
}


@cache
def telling_zones() -> dict[str, str]:
    """Zones named for a city that stands for its country → the country. Brussels stands for the EU;
    large countries have dozens of zones, named for towns and islands that others have too."""
    countries = get_global("zone_territories")
    zones = Counter(countries.values())
    return {
        zone: country
        for zone, country in countries.items()
        if zone in CITIES_OF_LARGE_COUNTRIES
        or (zones[country] <= FEW_ZONES and zone not in NO_CITY and not zone.startswith("Etc/"))
    }


def cldr_cities(language: str) -> Iterator[tuple[str, str]]:
    """CLDR names a city for each time zone; most capitals are among them."""
    locale = locale_of(language)
    for zone, country in telling_zones().items() if locale else ():
        entry = locale.time_zones.get(zone, {})
        yield country, entry.get("city", zone.rpartition("/")[2].replace("_", " "))


@cache
def locale_of(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        return None
