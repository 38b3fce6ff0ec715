"""The pages of signing in, of one's own account and of the team."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.accounts import operations, queries
from jobfair.accounts.keys import hash_password
from jobfair.accounts.models import SignInSession, User
from jobfair.accounts.rules import LinkPurpose
from jobfair.core.actor import Role
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.mail.models import OutboxMail
from tests.client import Page, PageClient
from tests.factories import NOW, make_fair, make_user

PASSWORD = "drei Busse fahren los"
OTHER = "vier Busse kommen an"


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair."""
    return make_fair()


@pytest.fixture
def organiser(app: Flask, fair: Fair) -> User:
    """Make the organiser of the fair, with a password."""
    return make_user(
        Role.ORGANISER,
        fair.id,
        name="Frau Muster",
        email="muster@example.org",
        password_hash=hash_password(PASSWORD),
    )


def sign_in(page: PageClient, user: User, password: str = PASSWORD, **request: int) -> Page:
    page.get("/sign-in?next=/account")
    return page.submit(0, {"email": user.email, "password": password}, **request)


def link_for(user: User, purpose: LinkPurpose) -> str:
    with transaction():
        url = operations.make_link(user.id, purpose, now=NOW)
    return url.removeprefix("https://fair.example.org")


def link_in_mail() -> str:
    mail = session().scalars(sa.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    assert mail is not None
    url = next(line for line in mail.text.splitlines() if "/sign-in/link/" in line)
    return url.removeprefix("https://fair.example.org")


def test_signing_in_leads_where_one_wanted_to_go(page: PageClient, organiser: User) -> None:
    asked = page.open("/account")
    assert asked.location == "/sign-in?next=/account"
    assert "Frau Muster" in str(sign_in(page, organiser).root.all("input", name="name"))
    assert page.last is not None
    assert page.last.url == "/account"


def test_the_cookie_lasts_and_holds_no_account(page: PageClient, organiser: User) -> None:
    page.get("/sign-in")
    fields = {"email": organiser.email, "password": PASSWORD, "csrf_token": page.last.csrf_token}
    answer = page.open("/sign-in", method="POST", data=fields)
    assert answer.location == "/desk/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" in cookie
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_led_away(page: PageClient, organiser: User, wish: str) -> None:
    page.get("/sign-in")
    fields = {"email": organiser.email, "password": PASSWORD, "csrf_token": page.last.csrf_token}
    answer = page.open("/sign-in", method="POST", data=fields, query_string={"next": wish})
    assert answer.location == "/desk/"


def test_wrong_and_unknown_look_alike(page: PageClient, organiser: User) -> None:
    wrong = sign_in(page, organiser, "falsch falsch", status=422).text
    page.get("/sign-in?next=/account")
    unknown = page.submit(0, {"email": "x@example.org", "password": "falsch falsch"}, status=422)
    assert wrong == unknown.text
    assert page.open("/account").status_code == 302


def test_what_was_typed_stays_after_a_fault(page: PageClient, organiser: User) -> None:
    page.get("/sign-in")
    fields = {"email": organiser.email, "password": PASSWORD, "csrf_token": "old"}
    shown = page.post("/sign-in", fields, status=422)
    assert shown.root.all("input", name="email")[0].get("value") == organiser.email
    assert page.submit(0, {"password": PASSWORD, "email": organiser.email}).status == 200


def test_asking_for_a_link_tells_nothing(page: PageClient, organiser: User) -> None:
    answers = []
    for email in (organiser.email, "nobody@example.org"):
        page.get("/sign-in/link")
        answers.append(page.submit(0, {"email": email}).text)
    assert answers[0] == answers[1]
    assert session().scalar(sa.select(sa.func.count(OutboxMail.id))) == 1


def test_a_link_works_once_and_only_by_the_button(page: PageClient, organiser: User) -> None:
    page.get("/sign-in/link?next=/account")
    page.submit(0, {"email": organiser.email})
    link = link_in_mail()
    for _scanner in range(2):
        page.get(link)
    assert page.submit(0).url == "/account"
    stranger = PageClient(page.app)
    used = stranger.get(link, 404).text
    assert used == stranger.get("/sign-in/link/forged", 404).text


def test_a_dead_link_offers_a_new_one(page: PageClient, organiser: User) -> None:
    link = link_for(organiser, LinkPurpose.RESET)
    with frozen(NOW + timedelta(days=1)):
        page.get(link, 404)
        page.submit(0, {"email": organiser.email})
        page.get(link_in_mail())
        page.submit(0)
        assert page.open("/account").status_code == 200


def test_a_forgotten_password_is_set_anew(page: PageClient, organiser: User) -> None:
    page.get("/sign-in")
    page.follow("vergessen" if "vergessen" in page.last.text else "forgotten")
    page.submit(0, {"email": organiser.email})
    page.get(link_in_mail())
    page.submit(0, {"password": "kurz"}, status=422)
    answer = page.open(
        page.last.url,
        method="POST",
        data={"password": OTHER, "csrf_token": page.last.csrf_token},
    )
    assert answer.location == "/desk/"
    assert sign_in(PageClient(page.app), organiser, OTHER).url == "/account"


def test_an_invited_person_can_go_on_without_a_password(page: PageClient, fair: Fair) -> None:
    guest = make_user(Role.DOOR, fair.id, name="tuer")
    page.get(link_for(guest, LinkPurpose.INVITATION) + "?next=/account")
    assert page.submit(0, {"name": "Tim Tür"}).url == "/account"
    assert session().scalar(sa.select(User.name)) == "Tim Tür"


def test_signing_out_ends_the_session(page: PageClient, organiser: User) -> None:
    sign_in(page, organiser)
    assert page.open("/sign-out").status_code == 405
    page.submit(0)
    assert page.open("/account").status_code == 302
    assert queries.list_sessions(organiser.id, NOW) == []


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(
    page: PageClient, organiser: User
) -> None:
    sign_in(page, organiser)
    cookie = page.client.get_cookie("jobfair")
    assert cookie is not None
    page.submit(0)
    page.client.set_cookie("jobfair", cookie.value)
    assert page.open("/account").status_code == 302


def test_a_closed_account_is_out_at_once(page: PageClient, organiser: User) -> None:
    sign_in(page, organiser)
    with transaction() as current:
        current.get_one(User, organiser.id).disabled_at = NOW
    assert page.open("/account").status_code == 302


def test_the_profile_is_changed(page: PageClient, organiser: User) -> None:
    sign_in(page, organiser)
    page.submit(1, {"name": "", "lang": "en"}, status=422)
    shown = page.submit(1, {"name": "Mrs Muster", "lang": "en"})
    assert "Your account" in shown.text
    assert page.get("/account").root.all("html")[0].get("lang") == "en"


def test_the_password_is_changed(page: PageClient, organiser: User) -> None:
    other = PageClient(page.app)
    sign_in(other, organiser)
    sign_in(page, organiser)
    page.submit(2, {"present": "falsch", "password": OTHER}, status=422)
    page.submit(2, {"present": PASSWORD, "password": "kurz"}, status=422)
    page.submit(2, {"present": PASSWORD, "password": OTHER})
    assert other.open("/account").status_code == 302
    assert page.open("/account").status_code == 200


def test_other_devices_are_listed_and_signed_out(page: PageClient, organiser: User) -> None:
    phones = [PageClient(page.app) for _ in range(3)]
    for phone in phones:
        sign_in(phone, organiser)
    sign_in(page, organiser)
    page.submit(3)
    assert [phone.open("/account").status_code for phone in phones].count(302) == 1
    page.submit(len(page.last.forms) - 1)
    assert [phone.open("/account").status_code for phone in phones].count(302) == 3
    assert page.open("/account").status_code == 200


def test_the_session_is_touched_now_and_then(page: PageClient, organiser: User) -> None:
    sign_in(page, organiser)

    def seen() -> object:
        return session().scalar(sa.select(SignInSession.seen_at))

    with frozen(NOW + timedelta(minutes=4)):
        page.get("/account")
        assert seen() == NOW
    with frozen(NOW + timedelta(minutes=6)):
        page.get("/account")
        assert seen() == NOW + timedelta(minutes=6)


def test_the_team_invites_and_takes_away(page: PageClient, organiser: User, fair: Fair) -> None:
    sign_in(page, organiser)
    team = f"/desk/{fair.slug}/team"
    page.get(team)
    form = len(page.last.forms) - 1
    page.submit(form, {"name": "Tim", "email": "keine"}, status=422)
    page.submit(form, {"name": "Tim", "email": "tim@example.org", "role": "door"})
    assert "tim@example.org" in page.last.text
    tim = queries.find_user_by_email("tim@example.org")
    assert tim is not None
    token = {"csrf_token": page.last.csrf_token}
    page.post(f"{team}/{tim.id}/invite", token)
    assert session().scalar(sa.select(sa.func.count(OutboxMail.id))) == 2
    page.post(f"{team}/{tim.id}/take/door", token)
    assert [member.user_id for member in queries.list_team(fair.id)] == [organiser.id]
    page.post(f"{team}/{organiser.id}/take/organiser", token)
    assert len(queries.list_team(fair.id)) == 1


def test_a_fair_has_its_own_team(page: PageClient, organiser: User, fair: Fair) -> None:
    sign_in(page, organiser)
    page.get(f"/desk/{make_fair().slug}/team", 403)


def test_without_a_token_nothing_is_changed(page: PageClient, organiser: User, fair: Fair) -> None:
    sign_in(page, organiser)
    helper = make_user(Role.DOOR, fair.id)
    team = f"/desk/{fair.slug}/team"
    for url in (f"{team}/{helper.id}/invite", f"{team}/{helper.id}/take/door", team):
        page.open(url, method="POST", data={"name": "x", "email": "x@example.org", "role": "door"})
    page.open("/account/sessions/end-others", method="POST")
    page.open("/sign-out", method="POST")
    assert page.open("/account").status_code == 200
    assert len(queries.list_team(fair.id)) == 2
    assert session().scalar(sa.select(sa.func.count(OutboxMail.id))) == 0


def test_one_account_is_not_tried_for_ever(limited: Flask, organiser: User) -> None:
    for _attempt in range(10):
        sign_in(PageClient(limited), organiser, "falsch falsch", status=422)
    sign_in(PageClient(limited), organiser, status=429)
    other = make_user(Role.DOOR, password_hash=hash_password(OTHER))
    sign_in(PageClient(limited), other, OTHER)


def test_one_browser_does_not_try_for_ever(limited: Flask, organiser: User) -> None:
    page = PageClient(limited)
    for attempt in range(30):
        page.get("/sign-in")
        page.submit(0, {"email": f"u{attempt}@example.org", "password": OTHER}, status=422)
    page.get("/sign-in")
    page.submit(0, {"email": organiser.email, "password": PASSWORD}, status=429)
    sign_in(PageClient(limited), organiser)


def test_language_switch_keeps_the_address_and_never_a_password(page: PageClient) -> None:
    page.get("/sign-in?lang=en")
    typed = {"email": "nobody@example.org", "password": "not the one"}
    refused = page.submit(0, typed, status=422)
    assert "not the one" not in refused.response.get_data(as_text=True)
    again = page.submit(len(refused.forms) - 1, button="Deutsch", status=422)
    assert again.root.all("input", name="email")[-1].get("value") == "nobody@example.org"
