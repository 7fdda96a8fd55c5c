import pytest

from partnerships.ingestion.robots import allows


def test_robots_empty_allows_everything():
    assert allows("", "Serai", "/news/1")
    assert allows("<html>not found</html>", "Serai", "/")


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("Disallow: /", "/news", False),
        ("Disallow:", "/news", True),
        ("Disallow: /private", "/private/1", False),
        ("Disallow: /private", "/public", True),
        ("Disallow: /\nAllow: /news", "/news/1", True),  # the longest decides, in any order
        ("Allow: /news\nDisallow: /", "/about", False),
        ("Disallow: /news\nAllow: /news", "/news", True),  # as long: the kinder one
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?x", True),
        ("Disallow: /*?print=", "/a?print=1", False),
        ("Disallow: /a*b*c", "/a1b2c3", False),
        ("Disallow: /a*b*c", "/a1c2b", True),
        ("Disallow: /a*a$", "/a", True),  # the parts may not share a letter
        ("Disallow: /exact$", "/exact", False),
        ("Disallow: /exact$", "/exactly", True),
        ("Disallow: /ä", "/%C3%A4/1", False),
        ("Disallow: /%7Ejoe", "/~joe", False),
        ("Disallow: /a%2fb", "/a/b", True),
        ("disallow : /x # all of it", "/x/y", False),
        ("Crawl-delay: 5\nSitemap: /s.xml\nDisallow: /x", "/x", False),
    ],
)
def test_rule_that_fits_best_decides(rules, path, expected):
    assert allows(f"User-agent: *\n{rules}", "Serai", path) is expected


def test_own_group_stands_before_the_general_one():
    robots = "User-agent: *\nDisallow: /\n\nUser-agent: SERAI\nDisallow: /private\n"
    assert allows(robots, "Serai", "/news")
    assert not allows(robots, "Serai", "/private")
    assert not allows(robots, "Other", "/news")


def test_agents_named_together_share_their_rules():
    robots = "User-agent: one\nUser-agent: serai\nDisallow: /x\nUser-agent: two\nDisallow: /y\n"
    assert not allows(robots, "Serai", "/x")
    assert allows(robots, "Serai", "/y")


def test_groups_of_the_same_agent_are_one():
    robots = "User-agent: serai\nDisallow: /x\n\nUser-agent: serai\nDisallow: /y\n"
    assert not allows(robots, "Serai", "/x") and not allows(robots, "Serai", "/y")


def test_hostile_pattern_costs_no_time():
    robots = "User-agent: *\n" + "Disallow: /" + "a*" * 900 + "b$\n"
    robots *= 200
    assert allows(robots, "Serai", "/" + "a" * 1_900)
