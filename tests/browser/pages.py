"""One address of every page type of the demo, for whatever looks at them all."""

PAGES = {
    "home": "/",
    "listing": "/opportunities/",
    "narrowed": "/opportunities/?country=KZ&sector=energy&stage=announced",
    "empty": "/opportunities/?kind=festival&funding=unpaid&level=postdoctoral",
    "unread": "/opportunities/?country=XX&page=abc",
    "fitting": "/opportunities/?nationality=KE&residence=KE&age=24&held=6",
    "unfit": "/opportunities/?nationality=KE&residence=FR&age=36&held=3&unfit=shown",
    "fits": "/opportunities/example-climate-masters-highlands/?nationality=KE&age=24&held=6",
    "about-you": "/opportunities/filter/about-you/?nationality=KE&age=abc",
    "facet": "/opportunities/filter/country/",
    "announced": "/opportunities/green-energy-internships-china-kazakhstan/",
    "partnership": "/partnerships/china-kazakhstan/",
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
    "unknown": "/opportunities/never-was/",
}
PREFIXES = {"en": "", "fr": "/fr", "ar": "/ar"}
WIDTHS = (360, 1280)
