"""One function per mail: text and HTML, in the subscriber's language, each with fresh links."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opportunities.addresses import listing_url
from opportunities.cards import Card
from opportunities.labels import Labels
from opportunities.listings import labels_at
from opportunities.models import Mail, Subscriber

from . import tokens
from .criteria import criteria_of, narrowing_words
from .digest import Section, sections_of
from .tokens import Purpose

MOST_IN_A_SUBJECT = 90


def message_of(mail: Mail, now: datetime) -> EmailMultiAlternatives | None:
    """None where there is nothing left to say."""
    write = {
        Mail.Purpose.CONFIRM: confirmation,
        Mail.Purpose.DIGEST: digest,
        Mail.Purpose.RENEW: renewal,
    }[mail.purpose]
    with translation.override(mail.subscriber.language):
        return write(mail, now)


def confirmation(mail: Mail, now: datetime) -> EmailMultiAlternatives | None:
    """It repeats nothing that was typed: whoever asked may not be whom we write to."""
    subscriber = mail.subscriber
    pending, known = subscriber.alerts.pending(now).count(), subscriber.alerts.confirmed().count()
    if not pending and not known:
        return None
    context = {"pending": pending, "known": known}
    if pending:
        context["confirm_url"] = link(subscriber, Purpose.CONFIRM, now)
    subject = _("Confirm your alert") if pending else _("Your alerts")
    return message(mail, subject, "confirmation", context, now)


def renewal(mail: Mail, now: datetime) -> EmailMultiAlternatives:
    context = {"keep_url": link(mail.subscriber, Purpose.KEEP, now)}
    subject = _("Do you still want our mails?")
    return message(mail, subject, "renewal", context, now)


def digest(mail: Mail, now: datetime) -> EmailMultiAlternatives | None:
    sections = sections_of(mail, now)
    if not sections:
        return None
    labels = labels_at(now)
    parts = [Part(section, labels) for section in sections]
    return message(mail, subject_of(parts), "digest", {"parts": parts}, now)


@dataclass(frozen=True)
class Part:
    """A section as the templates name it."""

    section: Section
    labels: Labels

    @property
    def heading(self) -> str:
        if self.section.query is None:
            return _("What you follow")
        return narrowing_words(self.section.query, self.labels)

    @property
    def criteria(self):
        return criteria_of(self.section.query, self.labels) if self.section.query else []

    @property
    def how_often(self) -> str:
        return self.section.alert.get_how_often_display()

    @property
    def list_url(self) -> str:
        return absolute(listing_url(self.section.query)) if self.section.query else ""

    @property
    def asked_url(self) -> str:
        """The listing says what of it is not understood."""
        return absolute(f"{reverse('opportunities:list')}?{self.section.alert.asked}")

    @property
    def withdrawn_url(self) -> str:
        return absolute(self.section.alert.opportunity.get_absolute_url())

    @property
    def to_come(self) -> str:
        """What waits for the next mail, '' where nothing does."""
        more = len(self.section.to_come)
        said = ngettext(
            "%(n)s more had no room here and comes with the next mail.",
            "%(n)s more had no room here and come with the next mail.",
            more,
        )
        return said % {"n": more} if more else ""

    @property
    def entries(self) -> list["Entry"]:
        return [Entry(card) for card in self.section.cards]


@dataclass(frozen=True)
class Entry:
    card: Card

    @property
    def title(self) -> str:
        """On one line, whatever it holds; an example says so first."""
        title = one_line(self.card.words.title)
        return _("Example, not real: %(title)s") % {"title": title} if self.is_example else title

    @property
    def is_example(self) -> bool:
        return self.card.item.is_example

    @property
    def facts(self) -> str:
        card = self.card
        kind, places = card.item.get_kind_display(), [country.name for country in card.places]
        return " · ".join(
            map(one_line, filter(None, [card.stage.label, kind, card.until, *places]))
        )

    @property
    def voice(self) -> str:
        return one_line(self.card.voice)

    @property
    def url(self) -> str:
        return absolute(self.card.item.get_absolute_url())


def subject_of(parts: list[Part]) -> str:
    """“Title of the only one”, else how many."""
    entries = [entry for part in parts for entry in part.entries]
    if not entries and any(part.section.withdrawn_because for part in parts):
        return _("Something you follow was withdrawn")
    if not entries:
        return _("An alert of yours is no longer understood")
    to_come = waiting(parts)
    if len(entries) == 1 and not to_come:
        return shortened(entries[0].title)
    counted = ngettext("%(n)s opportunity for you", "%(n)s opportunities for you", len(entries))
    counted %= {"n": len(entries)}
    return counted + _(", %(n)s more to come") % {"n": to_come} if to_come else counted


def waiting(parts: list[Part]) -> int:
    """So many are for another mail; what two alerts find counts once, what this mail tells not."""
    told = {entry.card.item.pk for part in parts for entry in part.entries}
    return len({pk for part in parts for pk in part.section.to_come} - told)


def message(
    mail: Mail, subject: str, name: str, context: dict, now: datetime
) -> EmailMultiAlternatives:
    subscriber = mail.subscriber
    stop_url = link(subscriber, Purpose.STOP, now)
    context |= {
        "stop_url": stop_url,
        "manage_url": link(subscriber, Purpose.MANAGE, now),
        "language": translation.get_language(),
        "is_bidi": translation.get_language_bidi(),
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "subject": subject,
    }
    text = render_to_string(f"alerts/mail/{name}.txt", context)
    made = EmailMultiAlternatives(
        subject=one_line(subject),
        body=text,
        to=[subscriber.email],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    made.attach_alternative(render_to_string(f"alerts/mail/{name}.html", context), "text/html")
    return made


def link(subscriber: Subscriber, purpose: Purpose, now: datetime) -> str:
    secret = tokens.issue(subscriber, purpose, now)
    return absolute(reverse(f"alerts:{purpose.value}", args=[secret]))


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def one_line(text) -> str:
    return " ".join(str(text).split())


def shortened(title: str) -> str:
    if len(title) <= MOST_IN_A_SUBJECT:
        return title
    return title[: MOST_IN_A_SUBJECT - 1].rstrip() + "…"
