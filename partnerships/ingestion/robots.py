"""What a robots.txt lets a program read (RFC 9309): the longest rule that fits decides. Pure.

The standard library's reader knows neither `*` and `$` nor the longest rule.
"""

import re
from collections.abc import Iterator

ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
MAX_RULES = 5_000
MAX_PATTERN = 2_000


def allows(robots: str, agent: str, path: str) -> bool:
    """Whether `agent` (its product token) may read `path`, query string included."""
    groups = groups_of(robots)
    rules = groups.get(agent.lower(), groups.get("*", []))
    path = one_way(path or "/")
    fitting = [(len(rule), allowed) for allowed, rule in rules if fits(rule, path)]
    return max(fitting)[1] if fitting else True


def groups_of(robots: str) -> dict[str, list[tuple[bool, str]]]:
    """{agent: [(allowed, pattern), …]}; groups of the same agent are one."""
    groups, agents, in_rules = {}, [], False
    for count, (key, value) in enumerate(lines_of(robots)):
        if key == "user-agent":
            agents = [value.lower()] if in_rules else [*agents, value.lower()]
            in_rules = False
            groups.setdefault(value.lower(), [])
        elif key in {"allow", "disallow"}:
            in_rules = True
            if value and count < MAX_RULES:
                for agent in agents:
                    groups[agent].append((key == "allow", one_way(value[:MAX_PATTERN])))
    return groups


def lines_of(robots: str) -> Iterator[tuple[str, str]]:
    for line in robots.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def one_way(path: str) -> str:
    """Escapes written one way, so that /ä and /%c3%a4 and /%7Ea and /~a meet."""
    ascii_only = "".join(
        c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace"))
        for c in path
    )
    return ESCAPE.sub(unescaped, ascii_only)


def unescaped(found: re.Match) -> str:
    character = chr(int(found[1], 16))
    return character if character in UNRESERVED else found[0].upper()


def fits(pattern: str, path: str) -> bool:
    """Part by part from the left, so no pattern can make it slow."""
    anchored = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not parts:
        return not anchored or path == first
    last = parts.pop() if anchored else ""
    at = len(first)
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(path) - len(last) >= at and path.endswith(last)
