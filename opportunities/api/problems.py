"""What went wrong, for a program: RFC 9457."""

from django.http import HttpResponse, JsonResponse


def problem(status: int, title: str, errors: dict[str, list[str]] | None = None) -> HttpResponse:
    """`errors`: by parameter, why it was refused."""
    body = {"title": title, "status": status} | ({"errors": errors} if errors else {})
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    return for_anybody(response)


def for_anybody(response: HttpResponse) -> HttpResponse:
    """Scripts of other sites may read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
