"""Why something could not be fetched or read, each as a sentence an editor understands."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # Before anything is asked
    "address": _("This is not a web address: it begins with http:// or https:// and names a site."),
    "login_in_address": _("This address carries a name or password; leave them out."),
    "port": _("This address names port %(port)s; we read only from ports 80 and 443."),
    # On the way there
    "unknown_host": _("No site is called %(host)s; check the spelling."),
    "special": _("%(host)s is not on the public internet; we read only public sites."),
    "unreachable": _("%(host)s does not answer; try again later."),
    "certificate": _("The certificate of %(host)s is not valid, so we cannot tell who answers."),
    "slow": _("The site took longer than %(seconds)s seconds; try again later or paste the text."),
    "redirects": _("The address sends us on more than %(limit)s times; give the last address."),
    "redirect": _("The page sends us on to something that is not a web address."),
    "robots": _(
        "The site asks programs not to read this page (robots.txt); paste the text instead."
    ),
    "robots_unknown": _(
        "The site does not say whether programs may read it (robots.txt fails); try again later."
    ),
    "broken_off": _("The site broke off its answer; try again later."),
    # What came back
    "login": _(
        "The site does not let us read this page; it may need a login. Paste the text instead."
    ),
    "gone": _("There is no page at this address (%(status)s)."),
    "busy": _("The site says it was asked too often; try again later."),
    "fault": _("The site has a fault of its own (%(status)s); try again later."),
    "status": _("The site answered with %(status)s instead of a page."),
    "large": _("This is larger than %(megabytes)s MB, too large for an article."),
    "garbled": _("The answer is packed in a way we cannot unpack."),
    "type": _("This is %(type)s; we read web pages, plain text and feeds. Paste the text instead."),
    # What it holds
    "file": _("This file ends in “%(ending)s”; we read .txt and .html. Paste the text instead."),
    "not_text": _("This is no page of text (%(kind)s); paste the text instead."),
    "nested": _("The page is nested too deeply to be read; paste the text instead."),
    "no_text": _("We found no article here; the page may need a login. Paste the text instead."),
    "short": _("This text is too short for an article; give all of it."),
    "long": _("This text has more than %(limit)s characters, too many for an article."),
    "unreadable": _("The page is broken in a way we cannot read; paste the text instead."),
    "costly": _("The page took too much time or memory to read; paste the text instead."),
    "not_feed": _("This is not a feed we can read (RSS, Atom or JSON Feed)."),
    "no_links": _("We found no articles linked on this page; give the address of its feed."),
    "is_feed": _("This is a feed, not an article; open one of its entries."),
}


class Refused(Exception):
    """Its text is for the editor, in their language; `code` is for programs, `values` for both."""

    def __init__(self, code: str, **values):
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % self.values
