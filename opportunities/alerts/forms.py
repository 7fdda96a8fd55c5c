"""What a reader fills in to be told something."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Stage
from opportunities.models import Alert

About = Alert.About
OFFERED = {
    Stage.ANNOUNCED: [About.OPENING, About.CHANGE],
    Stage.LAPSED: [About.OPENING, About.CHANGE],
    Stage.UPCOMING: [About.OPENING, About.DEADLINE, About.CHANGE],
    Stage.OPEN: [About.DEADLINE, About.CHANGE],
}
"""Of something announced there is no deadline to remind of; of what is over, nothing to tell."""


class EmailForm(forms.Form):
    """One address, on one line: a list, a name with an address or a second header is refused."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={"invalid": _("Write one e-mail address, such as name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ListingForm(EmailForm):
    how_often = forms.ChoiceField(
        label=_("How often"),
        choices=Alert.HowOften.choices,
        initial=Alert.HowOften.DAILY,
        widget=forms.RadioSelect,
    )


class FollowForm(EmailForm):
    about = forms.TypedMultipleChoiceField(
        label=_("Tell me"),
        coerce=str,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what to be told.")},
    )

    def __init__(self, *args, stage: Stage, **kwargs):
        super().__init__(*args, **kwargs)
        offered = OFFERED[stage]
        self.fields["about"].choices = [(about.value, about.label) for about in offered]
        self.fields["about"].initial = [about.value for about in offered]
