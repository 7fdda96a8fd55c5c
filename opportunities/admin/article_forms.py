"""Where an article is, and what decides how it is read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Article
from partnerships.validators import validate_plain_text


class DayInput(forms.DateInput):
    """The browser's own, which needs no script and writes ISO days."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class SourceForm(forms.Form):
    """An address, a text or a file; with a text or a file, the address says where it stands."""

    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=2000,
        widget=forms.TextInput({"class": "vURLField", "inputmode": "url", "autofocus": True}),
        help_text=_("We fetch it. With a text or a file below, we only note where it stands."),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        widget=forms.Textarea({"class": "vLargeTextField", "rows": 8, "dir": "auto"}),
        help_text=_("The first line is taken for its title."),
    )
    file = forms.FileField(label=_("Or a file"), required=False, help_text=_(".txt or .html"))

    def clean(self) -> dict:
        data = super().clean()
        if data.get("text") and data.get("file"):
            self.add_error("file", _("Give a text or a file, not both."))
        elif not self.errors and not any(data.get(name) for name in ("address", "text", "file")):
            self.add_error("address", _("Give an address, a text or a file."))
        return data

    @property
    def source(self) -> str:
        """The field that what is read comes from."""
        return next(name for name in ("text", "file", "address") if self.cleaned_data.get(name))


class ArticleForm(forms.ModelForm):
    """What decides how it is read and what it may be cited for."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1000,
        validators=[validate_plain_text],
        help_text=_("Where something public rests on it; readers see the reason."),
    )

    class Meta:
        model = Article
        fields = ["title", "nature", "outlet", "language", "published_on"]
        widgets = {"published_on": DayInput}
