"""The lists of what stands behind the opportunities: partnerships and sources."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.shortcuts import render
from django.views.generic import View

from .models import Article, Partnership

PAGE_SIZE = 50


class PartnershipList(View):
    def get(self, request):
        page = page_of(Partnership.objects.visible().for_page(), request)
        return render(request, "partnerships/partnership_list.html", {"page": page})


class ArticleList(View):
    def get(self, request):
        page = page_of(Article.objects.visible().select_related("outlet"), request)
        return render(request, "partnerships/article_list.html", {"page": page})


def page_of(rows: QuerySet, request, size: int = PAGE_SIZE) -> Page:
    """The page asked for; the first or the last where that is none."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
