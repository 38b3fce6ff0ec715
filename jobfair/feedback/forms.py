"""The five questions."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectMultipleField
from wtforms.validators import NumberRange, ValidationError

from jobfair.exhibitors.fields import NoteField
from jobfair.feedback import rules, words
from jobfair.feedback.rules import FIT_MOST, HIRES_MOST, Again, AnswerInput, Lacking, Talks
from jobfair.web.filters import num
from jobfair.web.forms import BaseForm, DigitsField

FITS = tuple(str(fit) for fit in range(1, FIT_MOST + 1))


class CountField(DigitsField):
    """A number of people."""

    def gettext(self, string: str) -> str:  # noqa: ARG002  # the field has one message
        """Word the one message that the field itself gives."""
        return str(gettext("Please write a number, for example 3."))


class AnswerForm(BaseForm):
    """What an exhibitor says about the fair."""

    talks = RadioField(
        _l("1. How many conversations did you have?"),
        choices=[
            (one.value, label if one is Talks.MORE else num(label))
            for one, label in words.TALKS.items()
        ],
        validate_choice=False,
    )
    hires = CountField(
        _l("2. With how many people do you go on?"),
        [
            NumberRange(
                0, HIRES_MOST, message=_l("Please write a number, 0 if you go on with nobody.")
            )
        ],
        description=_l("An interview, trial work, training or a job. 0 if with nobody."),
    )
    fit = RadioField(
        _l("3. Did the people fit what you offer?"),
        choices=[(fit, fit) for fit in FITS],
        validate_choice=False,
        description=_l("1 means not at all, 5 means very well."),
    )
    lacking = SelectMultipleField(
        _l("4. What was lacking most?"),
        choices=[(one.value, label) for one, label in words.LACKING.items()],
    )
    again = RadioField(
        _l("5. Do you come again?"),
        choices=[(one.value, label) for one, label in words.AGAIN.items()],
        validate_choice=False,
    )
    comment = NoteField(_l("What else do you want to tell us?"), limit=rules.COMMENT_MOST)

    def validate_talks(self, field: Field) -> None:
        """Ask for one of the answers."""
        if field.data not in set(Talks):
            raise ValidationError(_l("Please choose how many conversations you had."))

    def validate_fit(self, field: Field) -> None:
        """Ask for one of the answers."""
        if field.data not in FITS:
            raise ValidationError(_l("Please choose how well the people fitted."))

    def validate_again(self, field: Field) -> None:
        """Ask for one of the answers."""
        if field.data not in set(Again):
            raise ValidationError(_l("Please choose whether you come again."))

    @property
    def said(self) -> AnswerInput:
        """Return what was answered, after `validate`."""
        return AnswerInput(
            talks=Talks(self.talks.data),
            hires=self.hires.data or 0,
            fit=int(self.fit.data),
            again=Again(self.again.data),
            lacking=tuple(one for one in Lacking if one.value in (self.lacking.data or ())),
            comment=self.comment.data or "",
        )
