"""Pages of signing in: password, one-use links, signing out."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh

from jobfair.accounts import identity, queries, service
from jobfair.accounts.forms import EmailForm, InvitationForm, ResetForm, SignInForm
from jobfair.accounts.rules import Device, LinkPurpose, device_of, home_of, own_path
from jobfair.core import clock
from jobfair.core.errors import DomainError, NotFound
from jobfair.web.access import current_actor, public
from jobfair.web.forms import ActionForm, BaseForm
from jobfair.web.limits import SHELTER, address_key, email_key, limiter, visitor_key
from jobfair.web.locale import use_page_language
from jobfair.web.problems import message_of

blueprint = Blueprint("accounts", __name__)
POST = ["POST"]
View = Callable[..., ResponseReturnValue]
FORMS: dict[LinkPurpose, type[BaseForm]] = {
    LinkPurpose.SIGN_IN: ActionForm,
    LinkPurpose.INVITATION: InvitationForm,
    LinkPurpose.RESET: ResetForm,
}


def slowed(counts: Callable[[Response], bool]) -> Callable[[View], View]:
    """Let nobody try often: tightly for one account and browser, widely for one address."""
    rules = (
        ("10 per 15 minutes", email_key),
        ("30 per 15 minutes", visitor_key),
        (SHELTER, address_key),
    )

    def decorate(view: View) -> View:
        for most, key in rules:
            view = limiter.limit(most, key_func=key, methods=POST, deduct_when=counts)(view)
        return view

    return decorate


def refused(answer: Response) -> bool:
    """Count only what was refused: who signs in is no guesser."""
    return answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def answered(_answer: Response) -> bool:
    """Count every request: each may send a mail."""
    return True


@blueprint.before_request
def private_page() -> None:
    """Keep these pages out of caches, in the languages of people who work."""
    g.private = g.staff = True
    refresh()


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for a password, unless somebody is signed in already."""
    actor = current_actor()
    if actor.id is not None:
        return redirect(_wanted() or home_of(actor))
    return _sign_in_page(SignInForm())


@blueprint.post("/sign-in")
@slowed(refused)
@public
def sign_in_by_password() -> ResponseReturnValue:
    """Sign in with a password."""
    form = SignInForm()
    if form.validate_on_submit():
        try:
            return _arrive(service.sign_in(*form.typed, _device(), now=clock.now()))
        except DomainError as error:
            form.refuse(message_of(error))
    return _sign_in_page(form)


@blueprint.route("/sign-in/link", methods=["GET", "POST"])
@slowed(answered)
@public
def ask_link() -> ResponseReturnValue:
    """Ask for a link that signs in without a password."""
    return _ask(LinkPurpose.SIGN_IN)


@blueprint.route("/sign-in/forgotten", methods=["GET", "POST"])
@slowed(answered)
@public
def forgotten() -> ResponseReturnValue:
    """Ask for a link under which a new password can be set."""
    return _ask(LinkPurpose.RESET)


@blueprint.get("/sign-in/sent")
@public
def sent() -> ResponseReturnValue:
    """Say that a mail is on its way if there is an account, and nothing else."""
    return render_template("accounts/sent.html")


@blueprint.route("/sign-in/link/<key>", methods=["GET", "POST"])
@public
def link(key: str) -> ResponseReturnValue:
    """Show what the link is for; only the button uses it, since programs read mail too."""
    found = queries.find_link(key, clock.now())
    if found is None:
        return _dead_link()
    purpose, user = found.purpose, found.user
    use_page_language(user.lang)
    form = FORMS[purpose](name=user.name)
    if form.validate_on_submit():
        try:
            return _arrive(_use(key, form))
        except NotFound:
            return _dead_link()
        except DomainError as error:
            form.refuse(message_of(error), "password")
    page = render_template("accounts/link.html", form=form, purpose=purpose, user=user)
    return page, _status(form)


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    if ActionForm().validate_on_submit() and current_actor().id is not None:
        person = identity.signed_in()
        service.end_session(person.actor, person.session_id, now=clock.now())
        identity.leave()
        flash(gettext("You are signed out."))
    return redirect(url_for("accounts.sign_in"))


def _sign_in_page(form: SignInForm) -> ResponseReturnValue:
    return render_template("accounts/sign_in.html", form=form, then=_wanted()), _status(form)


def _ask(purpose: LinkPurpose) -> ResponseReturnValue:
    form = EmailForm()
    if form.validate_on_submit():
        service.ask_for_link(form.email.data or "", purpose, now=clock.now(), then=_wanted())
        return redirect(url_for("accounts.sent"))
    return render_template("accounts/ask.html", form=form, purpose=purpose), _status(form)


def _use(key: str, form: BaseForm) -> str:
    now, device = clock.now(), _device()
    if isinstance(form, InvitationForm):
        name, password = form.name.data or "", form.password.data
        return service.accept_invitation(key, name, password, device, now=now)
    if isinstance(form, ResetForm):
        return service.reset_password(key, form.password.data or "", device, now=now)
    return service.follow_link(key, device, now=now)


def _dead_link() -> ResponseReturnValue:
    return render_template("accounts/dead_link.html", form=EmailForm(formdata=None)), 404


def _arrive(key: str) -> ResponseReturnValue:
    person = identity.enter(key)
    return redirect(_wanted() or home_of(person.actor))


def _wanted() -> str | None:
    return own_path(request.args.get("next"))


def _device() -> Device:
    return device_of(request.user_agent.string)


def _status(form: BaseForm) -> int:
    return 422 if form.faults else 200
