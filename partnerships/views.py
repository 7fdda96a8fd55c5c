"""The lists of what stands behind the opportunities: partnerships and sources."""

from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from .models import Article, Partnership

PAGE_SIZE = 50


@method_decorator(csrf_exempt, name="dispatch")
class ReadOnly(View):
    """A public page: GET and HEAD, and 405 for the rest, which a missing token must not veil."""

    http_method_names = ["get", "head", "options"]


class PartnershipList(ReadOnly):
    def get(self, request):
        page = page_of(Partnership.objects.visible().for_page(), request)
        return render(request, "partnerships/partnership_list.html", {"page": page})


class ArticleList(ReadOnly):
    def get(self, request):
        page = page_of(Article.objects.visible().select_related("outlet"), request)
        return render(request, "partnerships/article_list.html", {"page": page})


def page_of(rows: QuerySet, request, size: int = PAGE_SIZE) -> Page:
    """The page asked for. Raises BadRequest (400) where there is none of that number."""
    try:
        return Paginator(rows, size).page(request.GET.get("page", 1))
    except InvalidPage:
        raise BadRequest from None
