"""What a browser would make of a page: the values its form sends, and what runs or styles inline."""

from html.parser import HTMLParser

EXECUTABLE = {"", "module", "text/javascript", "application/javascript"}


class Page(HTMLParser):
    """`values` of the named fields of its forms; `inline`, what a strict policy would refuse."""

    def __init__(self, html: str):
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.inline: list[str] = []
        self.select = self.textarea = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.note_inline(tag, given)
        if tag == "input":
            self.take_input(given)
        elif tag == "textarea":
            self.textarea = given.get("name")
            self.values[self.textarea] = [""]
        elif tag == "select":
            self.select = given.get("name")
        elif tag == "option" and self.select and "selected" in given:
            self.values.setdefault(self.select, []).append(given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.values[self.textarea][0] += data.removeprefix("\n")

    def take_input(self, given):
        kind, name = given.get("type", "text"), given.get("name")
        if not name or kind in {"submit", "file", "button"} or name == "csrfmiddlewaretoken":
            return
        if kind in {"checkbox", "radio"} and "checked" not in given:
            return
        default = "on" if kind in {"checkbox", "radio"} else ""
        self.values.setdefault(name, []).append(given.get("value", default))

    def note_inline(self, tag, given):
        if tag == "script" and "src" not in given and given.get("type", "") in EXECUTABLE:
            self.inline.append("<script>")
        if tag == "style":
            self.inline.append("<style>")
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name[:2] == "on"]


def form_values(response) -> dict[str, list[str]]:
    return Page(response.content.decode()).values
