"""Pages of one's own account: name, language, password, sessions."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from jobfair.accounts import identity, queries, service
from jobfair.accounts.forms import PasswordForm, ProfileForm
from jobfair.accounts.rules import home_of
from jobfair.accounts.views import blueprint, refused, slowed
from jobfair.accounts.words import device_name
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import DomainError
from jobfair.web.access import requires
from jobfair.web.forms import ActionForm
from jobfair.web.problems import message_of

__all__ = ["blueprint"]


@blueprint.get("/account")
@requires(Permission.SIGNED_IN)
def account() -> ResponseReturnValue:
    """Show what the account is and where it is signed in."""
    return _page()


@blueprint.post("/account")
@requires(Permission.SIGNED_IN)
def edit_profile() -> ResponseReturnValue:
    """Change name and language."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return _page(profile=form)
    actor = identity.signed_in().actor
    service.edit_profile(actor, form.name.data or "", form.lang.data, now=clock.now())
    flash(gettext("Saved."))
    return redirect(url_for("accounts.account", lang=form.lang.data))


@blueprint.post("/account/password")
@slowed(refused)
@requires(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change the password, which signs all other devices out."""
    form, person = PasswordForm(), identity.signed_in()
    if form.validate_on_submit():
        try:
            service.change_password(person.actor, person.session_id, *form.typed, now=clock.now())
        except DomainError as error:
            field = "present" if error.code == "password_wrong" else "password"
            form.refuse(message_of(error), field)
        else:
            flash(gettext("Your password is set. All other devices are signed out."))
            return redirect(url_for("accounts.account"))
    return _page(password=form)


@blueprint.post("/account/sessions/<int:session_id>/end")
@requires(Permission.SIGNED_IN)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign one other device out."""
    service.end_session(identity.signed_in().actor, session_id, now=clock.now())
    flash(gettext("That device is signed out."))
    return redirect(url_for("accounts.account"))


@blueprint.post("/account/sessions/end-others")
@requires(Permission.SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    """Sign all other devices out."""
    person = identity.signed_in()
    service.end_other_sessions(person.actor, person.session_id, now=clock.now())
    flash(gettext("All other devices are signed out."))
    return redirect(url_for("accounts.account"))


def _page(
    profile: ProfileForm | None = None, password: PasswordForm | None = None
) -> ResponseReturnValue:
    person = identity.signed_in()
    shown = profile or password
    page = render_template(
        "accounts/account.html",
        person=person,
        home=home_of(person.actor),
        faulty=shown,
        profile=profile or ProfileForm(formdata=None, name=person.name, lang=person.lang),
        password=password or PasswordForm(formdata=None),
        action=ActionForm(formdata=None),
        sessions=queries.list_sessions(person.actor.id or 0, clock.now()),
        device_name=device_name,
    )
    return page, 422 if shown else 200
