"""“Read an article”: an address, a text or a file in; drafts, their sentences and a preview out."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from opportunities import editorial
from opportunities.drafting import NotDrafted, Proposal, Written, decide, propose
from opportunities.drafting.passages import LONGEST as MOST_READ
from opportunities.models import Opportunity
from partnerships.ingestion.refusals import Refused
from partnerships.ingestion.store import Stored, store
from partnerships.models import Article, Citation, Partnership
from partnerships.names import language_name, text_direction

from .article_forms import ArticleForm, SourceForm
from .forms import problems_in
from .marked import MOST_SHOWN, marked
from .obtaining import nothing_to_read, obtain, read_address, take_for_call
from .previewing import look
from .reading_forms import ReadingForms
from .rights import has_right
from .saying import say_what_was_found, say_what_was_written

WRITES = [("add", Opportunity), ("add", Partnership), ("add", Article)]


class ReadsArticles(admin.ModelAdmin):
    """Of the desk's page for opportunities: two steps under one address."""

    network = None
    """Another than the internet, for tests."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.read_view)
        return [path("read/", view, name="opportunities_article_read"), *super().get_urls()]

    def read_view(self, request):
        if not may_read(request.user):
            raise PermissionDenied
        if "article" not in request.GET:
            return self.source_step(request)
        article = article_named(request.GET["article"])
        if article.removed_on or not article.text:
            messages.error(request, nothing_to_read(article))
            return self.source_step(request, article)
        if "_article" in request.POST:
            return self.article_step(request, article)
        return self.offers_step(request, article)

    # --- First: where it is

    def source_step(self, request, article: Article | None = None):
        is_sent = request.method == "POST" and article is None
        sent = (request.POST, request.FILES) if is_sent else (None, None)
        form = SourceForm(*sent, initial={"address": article.address if article else ""})
        if is_sent and form.is_valid() and (stored := self.stored(request, form)):
            say_what_was_found(request, stored)
            return HttpResponseRedirect(read_address(stored.article))
        context = {"form": form, "title": _("Read an article")}
        return self.reading_page(request, "admin/read_source.html", context)

    def stored(self, request, form: SourceForm) -> Stored | None:
        """None where it was refused; the form then says why, at the field it came from."""
        try:
            found = self.take_in(request, obtain(form, self.network))
        except Refused as refused:
            form.add_error(form.source, str(refused))
        except ValidationError as refused:
            for key, said in problems_in(refused).items():
                form.add_error(key if key in form.fields else form.source, said)
        else:
            if found.is_new:
                take_for_call(found.article)
            return found
        return None

    def take_in(self, request, obtained) -> Stored:
        """One that is known, but of which there is no copy yet, gets one."""
        found = store(obtained.reading, found_at=obtained.found_at, by=request.user)
        article = found.article
        if not (article.text or article.removed_on) and self.may_correct(request, article):
            with editorial.revise_source(article, by=request.user):
                article.text = obtained.reading.text
                article.full_clean()
                article.save()
        return found

    # --- What is known of it

    def article_step(self, request, article: Article):
        if not self.may_correct(request, article):
            raise PermissionDenied
        form = ArticleForm(
            request.POST, instance=Article.objects.get(pk=article.pk), prefix="about"
        )
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                with editorial.revise_source(article, by=request.user, reason=reason):
                    form.save()
            except ValidationError as refused:
                for key, said in problems_in(refused).items():
                    form.add_error(key if key in form.fields else None, said)
            else:
                messages.success(request, _("Noted, and read again."))
                return HttpResponseRedirect(read_address(article))
        return self.offers_step(request, article, about=form)

    def may_correct(self, request, article: Article) -> bool:
        desk = self.admin_site.get_model_admin(Article)
        return desk.has_change_permission(request, article)

    # --- Then: what becomes of it

    def offers_step(self, request, article: Article, about: ArticleForm | None = None):
        proposal = propose(article)
        is_sent = request.method == "POST" and about is None
        forms = ReadingForms(proposal, self.may_change(request), request.POST if is_sent else None)
        preview = None
        if "_publish" in request.POST and not may_publish(request.user):
            raise PermissionDenied
        if is_sent and forms.are_valid():
            try:
                if "_preview" not in request.POST:
                    written = self.written(request, forms)
                    say_what_was_written(request, written)
                    return self.after_writing(request, article, written)
                preview = look(lambda: self.decided(request, forms), forms)
            except NotDrafted as refused:
                forms.show(refused.problems)
        return self.offers_page(request, forms, preview, about)

    def after_writing(self, request, article: Article, written: Written):
        """What waits for publishing stays as it was sent."""
        if not written.waiting:
            return HttpResponseRedirect(read_address(article))
        forms = ReadingForms(
            propose(article), self.may_change(request), request.POST, written.waiting
        )
        return self.offers_page(request, forms, preview=None, about=None)

    def may_change(self, request):
        desks = {
            model: self.admin_site.get_model_admin(model) for model in (Opportunity, Partnership)
        }
        return lambda item: desks[type(item)].has_change_permission(request, item)

    def decided(self, request, forms: ReadingForms, *, publish: bool = False) -> Written:
        """Raises NotDrafted."""
        return decide(
            forms.proposal.article,
            forms.partnership.decision(),
            forms.decisions(),
            by=request.user,
            may_change=self.may_change(request),
            publish=publish,
            spares_public=not {"_publish", "_preview"} & request.POST.keys(),
            also_publish=forms.also_publish() if publish else (),
        )

    def written(self, request, forms: ReadingForms) -> Written:
        with transaction.atomic():
            written = self.decided(request, forms, publish="_publish" in request.POST)
            self.note_written(request, written)
        return written

    def note_written(self, request, written: Written) -> None:
        """In the history that the admin keeps of each row."""
        how = _("From an article.")
        for opportunity in written.drafted:
            self.log_addition(request, opportunity, how)
        for opportunity in written.merged:
            self.log_change(request, opportunity, how)

    # --- The pages

    def offers_page(self, request, forms: ReadingForms, preview, about):
        article, proposal = forms.proposal.article, forms.proposal
        may_correct = self.may_correct(request, article)
        language = article.language or proposal.recognised.language
        context = {
            "title": article.title or _("Read an article"),
            "article": article,
            "proposal": proposal,
            "forms": forms,
            "about": about
            or (ArticleForm(instance=article, prefix="about") if may_correct else None),
            "pieces": marked(article.text, spans_of(proposal)),
            "whole": len(article.text),
            "most_seen": MOST_SHOWN,
            "most_read": MOST_READ,
            "language": language,
            "language_name": language_name(language) if language else "",
            "direction": text_direction(language),
            "preview": preview,
            "shown": preview.shown if preview else editorial.characters_if_published(article),
            "most_shown": Citation.MAX_SHOWN_OF_ONE_ARTICLE,
            "may_publish": may_publish(request.user),
        }
        return self.reading_page(request, "admin/read_article.html", context)

    def reading_page(self, request, template: str, context: dict) -> TemplateResponse:
        request.current_app = self.admin_site.name
        base = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "subtitle": None,
        }
        return TemplateResponse(request, template, base | context)


# --- Who may


def may_read(user) -> bool:
    return all(has_right(user, right, model) for right, model in WRITES)


def may_publish(user) -> bool:
    return has_right(user, "publish", Opportunity) and has_right(user, "publish", Partnership)


def article_named(pk: str) -> Article:
    article = (
        Article.objects.select_related("outlet", "origin").filter(pk=pk).first()
        if pk.isdecimal() and len(pk) < 19
        else None
    )
    if article is None:
        raise Http404
    return article


# --- What is shown


def spans_of(proposal: Proposal) -> list[tuple[int, int, str]]:
    """The sentence of each offer by its number, that of the parties by a letter."""
    spans = [(o.offer.start, o.offer.end, str(o.number)) for o in proposal.offers]
    parties = [b for b in proposal.partnership.bases if b.fact == "parties"]
    return [*((b.start, b.end, "P") for b in parties), *spans]
