"""Addresses of the pages a fact leads to."""

from django.urls import reverse


def page(name: str, *args: str) -> str:
    return reverse(f"opportunities:{name}", args=args)
