"""Outlets that are followed: where their news is listed, what was seen there, and what waits to be read."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .citations import Citation
from .sources import Article, Outlet

EVERY = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=1)
MOST_TRIES = 4
MOST_OF_A_MARK = 500
"""A longer ETag is not kept: the feed is then read whole each time."""
AFRESH = {"failures": 0, "failure_code": "", "failure_values": {}}


def wait_after(failures: int) -> timedelta:
    """One hour, two, four …, a day at most."""
    return min(EVERY * 2 ** min(failures - 1, 10), LONGEST_WAIT)


class Tried(models.Model):
    """Something asked of the network again and again: how often it failed, why, and when it is next due.

    `failure_code` and `failure_values` are those of `ingestion.refusals.Refused`, which says it in a
    sentence of the reader's language.
    """

    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    failure_code = models.CharField(_("failure"), max_length=40, blank=True, editable=False)
    failure_values = models.JSONField(_("failure in figures"), default=dict, editable=False)
    next_try_at = models.DateTimeField(
        _("next try"), null=True, db_index=True, editable=False, help_text=_("Empty: at once.")
    )

    class Meta:
        abstract = True

    def note_failure(self, code: str, values: dict, now: datetime, **others) -> None:
        self.keep(
            failures=self.failures + 1,
            failure_code=code,
            failure_values=values,
            next_try_at=now + wait_after(self.failures + 1),
            **others,
        )

    def keep(self, **values) -> None:
        """Only what a run learnt: an editor may have changed the rest meanwhile, or deleted the row."""
        type(self).objects.filter(pk=self.pk, address=self.address).update(**values)
        for name, value in values.items():
            setattr(self, name, value)


class FollowedAddressQuerySet(models.QuerySet):
    def followed(self):
        return self.filter(is_followed=True)

    def due(self, now: datetime):
        """Those that waited longest first."""
        return (
            self.followed()
            .filter(Q(next_try_at=None) | Q(next_try_at__lte=now))
            .order_by(F("next_try_at").asc(nulls_first=True), "pk")
        )


class FollowedAddress(Tried):
    """A feed of an outlet, or a page of its that links to its news."""

    outlet = models.ForeignKey(
        Outlet, models.CASCADE, related_name="followed", verbose_name=_("outlet")
    )
    address = models.URLField(
        _("address"),
        max_length=2000,
        help_text=_("A feed (RSS, Atom, JSON Feed), or a page that links to the news."),
    )
    is_followed = models.BooleanField(_("followed"), default=True)
    etag = models.CharField(max_length=MOST_OF_A_MARK, blank=True, editable=False)
    modified = models.CharField(max_length=MOST_OF_A_MARK, blank=True, editable=False)
    read_at = models.DateTimeField(_("last read"), null=True, editable=False)

    objects = FollowedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address that is followed")
        verbose_name_plural = _("addresses that are followed")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "address"],
                name="followed_address_once",
                violation_error_message=_("This address is followed already."),
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def succeeded(self, now: datetime, *, etag: str, modified: str) -> None:
        self.keep(
            **AFRESH,
            read_at=now,
            next_try_at=now + EVERY,
            etag=etag if len(etag) <= MOST_OF_A_MARK else "",
            modified=modified if len(modified) <= MOST_OF_A_MARK else "",
        )

    def begin_anew(self) -> None:
        """What a former address answered says nothing of this one. Not saved."""
        for name, value in AFRESH.items():
            setattr(self, name, value)
        self.etag = self.modified = ""
        self.read_at = self.next_try_at = None


class FollowedEntryQuerySet(models.QuerySet):
    def waiting(self, now: datetime):
        return self.filter(settled_at=None).filter(
            Q(next_try_at=None) | Q(next_try_at__lte=now), followed__is_followed=True
        )


class FollowedEntry(Tried):
    """What an address listed once: kept so that nothing is fetched twice."""

    followed = models.ForeignKey(
        FollowedAddress, models.CASCADE, related_name="entries", verbose_name=_("listed at")
    )
    key = models.CharField(max_length=64, unique=True)
    """A digest of the address as `ingestion.sameness.address_key` writes it."""
    address = models.URLField(_("address"), max_length=2000)
    title = models.CharField(_("title"), max_length=300, blank=True)
    published_on = models.DateField(_("published on"), null=True)
    seen_on = models.DateField(_("last seen"), db_index=True)
    settled_at = models.DateTimeField(_("settled"), null=True)
    """When it was read, or given up."""
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, related_name="+", verbose_name=_("article")
    )

    objects = FollowedEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("followed", "settled_at", name="entry_followed_settled")]

    def __str__(self) -> str:
        return self.title or self.address

    def settle(self, article: Article, now: datetime) -> None:
        self.keep(**AFRESH, article=article, settled_at=now)

    def failed(self, code: str, values: dict, now: datetime, *, may_pass: bool) -> None:
        """Given up where it will not pass, or was tried often enough."""
        is_over = not may_pass or self.failures + 1 >= MOST_TRIES
        self.note_failure(code, values, now, settled_at=now if is_over else None)


class QueuedArticleQuerySet(models.QuerySet):
    def cited(self):
        """Something rests on it, public or not: an editor has read it."""
        resting = (
            Exists(kind.objects.filter(article=OuterRef("article")))
            for kind in Citation.__subclasses__()
        )
        return self.filter(Q(*resting, _connector=Q.OR))

    def waiting(self):
        """Neither put aside nor read, nor removed at somebody's request."""
        rows = self.filter(dismissed_at=None, article__removed_on=None)
        return rows.exclude(pk__in=self.model.objects.cited().values("pk"))


class QueuedArticle(models.Model):
    """An article that came by itself and waits for an editor, with what was recognised in it.

    Its state is not stored but for the dismissal: it is in use once something cites the article.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, related_name="queued", verbose_name=_("article")
    )
    outlet = models.ForeignKey(
        Outlet, models.SET_NULL, null=True, related_name="+", verbose_name=_("outlet")
    )
    """Who listed it; its own outlet may be another."""
    queued_at = models.DateTimeField(_("came"), default=timezone.now)
    score = models.PositiveSmallIntegerField(_("score"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    countries = models.JSONField(_("countries"), default=list)
    partners = models.JSONField(_("partners"), default=list)
    groupings = models.JSONField(_("groupings"), default=list)
    offers = models.JSONField(_("offers"), default=list)
    """[[kind, standing], …]"""
    dismissed_at = models.DateTimeField(_("dismissed"), null=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("dismissed by"),
    )

    objects = QueuedArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article to read")
        verbose_name_plural = _("articles to read")
        ordering = ["-score", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.article)

    def dismiss(self, *, by, now: datetime | None = None) -> None:
        self.dismissed_at, self.dismissed_by = now or timezone.now(), by
        self.save()

    def put_back(self, *, by) -> None:
        self.dismissed_at = self.dismissed_by = None
        self.save()
