"""One address of every page type of the demo, for whatever looks at them all."""

PAGES = {
    "home": "/",
    "listing": "/opportunities/",
    "narrowed": "/opportunities/?country=KZ&sector=energy&stage=announced",
    "empty": "/opportunities/?kind=festival&funding=unpaid&level=postdoctoral",
    "unread": "/opportunities/?country=XX&page=abc",
    "fitting": "/opportunities/?nationality=KE&residence=KE&age=24&held=6",
    "fits": "/opportunities/example-climate-masters-highlands/?nationality=KE&age=24&held=6",
    "about-you": "/opportunities/filter/about-you/?nationality=KE&age=abc",
    "deadlines": "/opportunities/filter/deadlines/",
    "facet": "/opportunities/filter/country/",
    "announced": "/opportunities/green-energy-internships-china-kazakhstan/",
    "open": "/opportunities/example-climate-masters-highlands/",
    "partnership": "/partnerships/china-kazakhstan/",
    "kept promises": "/partnerships/example-kenya-brazil/",
    "article": "/articles/wang-yi-nurtleu-beijing/",
    "partnerships": "/partnerships/",
    "articles": "/articles/",
    "country": "/countries/kz/",
    "sector": "/sectors/energy/",
    "grouping": "/groupings/sco/",
    "how we know": "/how-we-know/",
    "safe applying": "/safe-applying/",
    "privacy": "/privacy/",
    "nothing saved": "/saved/",
    "alert": "/alerts/new/?kind=internship",
    "follow": "/alerts/opportunities/green-energy-internships-china-kazakhstan/",
    "offline": "/offline/",
    "unknown": "/opportunities/never-was/",
}
PREFIXES = {"en": "", "fr": "/fr", "ar": "/ar"}
WIDTHS = (360, 1280)
