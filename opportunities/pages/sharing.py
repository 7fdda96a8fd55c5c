"""Ways to pass an opportunity on: plain links that ask nobody but who taps them."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from .notes import Value


def ways_to_share(title: str, address: str) -> list[Value]:
    said = f"{title} {address}"
    mail = urlencode({"subject": title, "body": said}, quote_via=quote)
    return [
        Value("WhatsApp", "https://wa.me/?" + urlencode({"text": said})),
        Value("Telegram", "https://t.me/share/url?" + urlencode({"url": address, "text": title})),
        Value(_("E-mail"), f"mailto:?{mail}"),
    ]
