"""The desk's list of households that somebody must call."""

from datetime import timedelta

import pytest
from flask import Flask

from jobfair.accounts.models import User
from jobfair.core.actor import Role
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.telling.models import Notice
from jobfair.telling.rules import Channel
from jobfair.telling.views import SHOWN_MOST
from tests.client import Page, PageClient
from tests.factories import (
    NOW,
    make_fair,
    make_household,
    make_notice,
    make_partner,
    signed_in,
)

ARABIC = "لديكم مكان في المعرض.\nhttps://fair.example.org/my/abc?a=1&b=2"


@pytest.fixture(autouse=True)
def organiser(app: Flask) -> User:
    return signed_in(app, Role.ORGANISER)


def shown(page: PageClient, fair: Fair) -> Page:
    return page.get(f"/desk/{fair.slug}/tell?lang=en")


def hrefs(found: Page, scheme: str) -> list[str]:
    return [a.get("href") for a in found.root.all("a") if a.get("href").startswith(scheme)]


def told_at(notice: Notice) -> bool:
    return session().get_one(Notice, notice.id).told_at is not None


def test_the_words_stand_ready_in_both_languages(page: PageClient) -> None:
    fair = make_fair()
    household = make_household(fair, lang="ar", phone="0151 234567")
    make_notice(household, lang="ar", text=ARABIC, german="Sie haben einen Platz.")
    listed = shown(page, fair)
    own, german = (div for div in listed.root.all("div") if "jf-tell__words" in div.get("class"))
    assert (own.get("lang"), own.get("dir")) == ("ar", "rtl")
    assert "لديكم مكان" in own.text
    assert (german.get("lang"), german.get("dir")) == ("de", "ltr")
    assert german.text == "Sie haben einen Platz."
    assert "Arabic" in listed.text
    assert hrefs(listed, "tel:")[0] == "tel:+49151234567"
    (sms,) = hrefs(listed, "sms:")
    assert sms.startswith("sms:+49151234567?&body=%D9%84%D8%AF")
    assert sms.endswith("abc%3Fa%3D1%26b%3D2")


def test_german_words_stand_there_once(page: PageClient) -> None:
    fair = make_fair()
    make_notice(make_household(fair, lang="tr"), lang="de", text="Platz!", german="Platz!")
    listed = shown(page, fair)
    assert listed.text.count("Platz!") == 1
    assert "Turkish" in listed.text


def test_without_a_number_they_are_told_when_they_come(page: PageClient) -> None:
    fair = make_fair()
    make_notice(make_household(fair, phone=""), failed_at=NOW)
    listed = shown(page, fair)
    assert "No number: tell them when they come." in listed.text
    assert "The mail did not arrive." in listed.text
    assert hrefs(listed, "sms:") == []
    assert len(hrefs(listed, "tel:")) == 1, "only ours at the foot"


def test_told_and_taken_back(page: PageClient) -> None:
    fair = make_fair()
    notice = make_notice(make_household(fair))
    assert "To tell (1)" in shown(page, fair).text
    after = page.submit(1)
    assert after.url == f"/desk/{fair.slug}/tell"
    assert told_at(notice)
    assert "Nobody has to be told anything" in after.text
    assert "To tell (" not in after.text
    page.submit(1)
    assert not told_at(notice)
    assert "To tell (1)" in shown(page, fair).text


def test_what_was_told_long_ago_or_by_nobody_is_not_shown(
    page: PageClient, organiser: User
) -> None:
    fair = make_fair()
    notice = make_notice(make_household(fair), told_at=NOW)
    assert "Told in the last 24 hours" not in shown(page, fair).text
    with transaction() as current:
        current.get_one(Notice, notice.id).told_by = organiser.id
    assert "Told in the last 24 hours" in shown(page, fair).text
    with frozen(NOW + timedelta(hours=25)):
        assert "Told in the last 24 hours" not in shown(page, fair).text


def test_people_of_partners_stand_apart(page: PageClient) -> None:
    fair = make_fair()
    partner = make_partner(fair, name="Café International")
    make_notice(make_household(fair, partner_id=partner.id))
    listed = shown(page, fair)
    assert "1 household of partners" in listed.text
    assert "Café International" in listed.text
    assert "1 household to tell" not in listed.text


def test_other_fairs_and_mails_on_their_way_are_not_listed(page: PageClient) -> None:
    fair, other = make_fair(), make_fair()
    foreign = make_notice(make_household(other))
    make_notice(make_household(fair), channel=Channel.MAIL)
    assert "Nobody has to be told anything" in shown(page, fair).text
    for act in ("told", "not-told"):
        page.post(f"/desk/{fair.slug}/tell/{foreign.id}/{act}", status=404)
        page.post(f"/desk/{fair.slug}/tell/999999/{act}", status=404)
    assert not told_at(foreign)


def test_a_false_token_marks_nothing_and_shows_the_list(page: PageClient) -> None:
    fair = make_fair()
    notice = make_notice(make_household(fair))
    shown(page, fair)
    refused = page.submit(1, {"csrf_token": "false"}, status=422)
    assert "Please check 1 entry" in refused.text
    assert "1 household to tell" in refused.text
    assert not told_at(notice)


def test_a_long_list_shows_who_waits_longest(page: PageClient) -> None:
    fair = make_fair()
    for _household in range(SHOWN_MOST + 1):
        make_notice(make_household(fair, adults=0, children=1))
    listed = shown(page, fair)
    assert f"{SHOWN_MOST + 1} households to tell" in listed.text
    assert len(hrefs(listed, "sms:")) == SHOWN_MOST


def test_only_organisers_see_it(app: Flask, page: PageClient) -> None:
    fair = make_fair()
    for role in (Role.DOOR, Role.ATTENDANT, Role.EXHIBITOR, Role.PARTNER):
        signed_in(app, role)
        page.get(f"/desk/{fair.slug}/tell", status=403)


def test_words_cannot_break_out(page: PageClient) -> None:
    fair = make_fair()
    evil = '"><script>alert(1)</script>'
    make_notice(make_household(fair, phone="0151 1234567"), text=evil, german=evil)
    listed = shown(page, fair)
    assert evil in listed.text
    assert all("alert" not in script.text for script in listed.root.all("script"))


def test_forgetting_a_household_takes_it_off_the_list(page: PageClient) -> None:
    fair = make_fair()
    notice = make_notice(make_household(fair))
    with transaction() as current:
        current.get_one(Notice, notice.id).text = ""
    assert "Nobody has to be told anything" in shown(page, fair).text
