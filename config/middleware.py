"""What every request passes on its way in, and every answer on its way out."""

import uuid
from urllib.parse import parse_qsl, unquote_to_bytes

from django.middleware.locale import LocaleMiddleware

from config.errors import bad_request
from opportunities.filters import ABOUT

MAX_QUERY_BYTES = 4_096
MAX_PATH_BYTES = 1_024
MAX_PARAMETERS = 100


class RequestId:
    """A random id on the request, in the answer's header and on every error page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.id
        return response


class InputLimits:
    """The one place that caps an address before anything parses it; over the cap is a plain 400."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.is_too_much(request):
            return bad_request(request)
        return self.get_response(request)

    def is_too_much(self, request) -> bool:
        query = request.META.get("QUERY_STRING", "")
        path = request.path_info.encode()  # Django has read it; what is no UTF-8 stands as %C3
        if len(query) > MAX_QUERY_BYTES or len(path) > MAX_PATH_BYTES:
            return True
        if query.count("&") >= MAX_PARAMETERS:
            return True
        return not (is_clean_text(unquote_to_bytes(query)) and is_clean_text(path))


def is_clean_text(raw: bytes) -> bool:
    """Whole UTF-8 without a NUL, which no database text field takes."""
    try:
        return "\0" not in raw.decode("utf-8")
    except UnicodeDecodeError:
        return False


class LanguageFromPath(LocaleMiddleware):
    """The address alone decides the language, so no answer varies by header or cookie."""

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def tells_of_a_person(query: str) -> bool:
    """Readable or not, and whether or not the page makes anything of it."""
    return any(name in ABOUT and value.strip() for name, value in parse_qsl(query))


def keep_from_everybody(headers) -> None:
    headers["Cache-Control"] = "no-store"
    headers["X-Robots-Tag"] = "noindex"
    headers["Referrer-Policy"] = "same-origin"
    del headers["ETag"]


class ResponseHeaders:
    """What Django sets no header for: device permissions, who may embed, how long to keep.

    A public page may be kept but must be asked for again (304 when unchanged): its stage can
    change with any tick of the clock. Views that say otherwise keep what they said, but where the
    address tells of a person: whatever answers, nobody keeps it or sends it on.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if tells_of_a_person(request.META.get("QUERY_STRING", "")):
            keep_from_everybody(headers)
        if "Cookie" not in headers.get("Vary", ""):
            headers.setdefault("Cache-Control", "public, no-cache")
        return response
