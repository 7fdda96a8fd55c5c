"""One address of every page type of the demo, for whatever looks at them all."""

SECRET = "known-to-tests-"  # noqa: S105 - its purpose follows; of links in mails that `serve` makes
WITHDRAWN = "example-founders-visa"

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
    "nothing to follow": "/alerts/opportunities/example-caravan-tour/",
    "misread alert": "/alerts/new/?country=XX",
    "mail sent": "/alerts/sent/",
    "confirm": f"/alerts/confirm/{SECRET}confirm/",
    "manage": f"/alerts/manage/{SECRET}manage/",
    "keep": f"/alerts/keep/{SECRET}keep/",
    "stop": f"/alerts/stop/{SECRET}stop/",
    "no link": "/alerts/confirm/never-was/",
    "upcoming": "/opportunities/example-solar-energy-masters/",
    "cancelled": "/opportunities/example-caravan-tour/",
    "offline": "/offline/",
    "withdrawn": f"/opportunities/{WITHDRAWN}/",
    "unknown": "/opportunities/never-was/",
}
GONE = {"no link", "withdrawn", "unknown"}  # answered by 404 or 410, which Chromium notes
PREFIXES = {"en": "", "fr": "/fr", "ar": "/ar"}
WIDTHS = (360, 1280)
THEMES = ("light", "dark")
