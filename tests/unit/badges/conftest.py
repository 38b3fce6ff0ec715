"""Pages as pictures, and households to print."""

from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from jobfair.attendees.badges.badge import Badge
from jobfair.attendees.badges.fonts import Fonts, load_fonts
from jobfair.attendees.badges.qr import badge_url
from jobfair.attendees.badges.sheet import SheetData
from jobfair.attendees.badges.texts import SheetTexts
from jobfair.attendees.badges.ticket import Call, Ride
from jobfair.core.codes import ALPHABET

GERMAN = SheetTexts(
    title="Blatt für die Familie",
    when="Donnerstag, 10. Dezember 2026, 14 bis 18 Uhr",
    cut="An der Linie ausschneiden.",
    help="Hilfe am Messetag:",
    outbound="Hinfahrt",
    back="Rückfahrt",
    no_ride="Warten auf einen Platz",
    no_ride_note="Wir melden uns, sobald ein Platz frei ist.",
    advice=(
        "Seien Sie 5 Minuten früher an der Haltestelle.",
        "Zeigen Sie am Eingang Ihre Ausweise.",
        "Für die Rückfahrt treffen wir uns um 17:05 im Eingang.",
    ),
    cannot_come="Können Sie nicht kommen? Bitte rufen Sie an.",
    own_page="Ändern oder absagen: Ihre eigene Seite",
)
ARABIC = replace(
    GERMAN,
    title="ورقة العائلة",
    cut="قصّوا على الخط المتقطّع",
    help="رقم هاتف للمساعدة",
    outbound="الذهاب",
    back="العودة",
    advice=(
        "كونوا عند الموقف قبل 5 دقائق.",
        "أظهروا بطاقاتكم عند المدخل.",
        "للعودة نلتقي في المدخل الساعة 17:05.",
    ),
    cannot_come="لا تستطيعون الحضور؟ نرجو الاتصال بنا.",
    own_page="للتغيير أو الإلغاء: صفحتكم الخاصة",
)


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return load_fonts()


@pytest.fixture
def make_badge() -> Callable[..., Badge]:
    def make(number: int, latin_name: str = "Amal Haddad", own_name: str | None = None) -> Badge:
        code = "".join(ALPHABET[(number * 7 + place * 5) % 32] for place in range(12))
        return Badge(code, badge_url("https://jobfair.example.org", code), latin_name, own_name)

    return make


@pytest.fixture
def household(make_badge: Callable[..., Badge]) -> Callable[..., SheetData]:
    def make(people: int, rtl: bool = False) -> SheetData:
        return SheetData(
            fair="#JobsForYou Osnabrück",
            address="Kreishaus, Am Schölerberg 1, 49082 Osnabrück",
            phone="0541 501 0000",
            lang="ar" if rtl else "de",
            rtl=rtl,
            badges=tuple(make_badge(number, own_name="أمل حداد") for number in range(people)),
            outbound=Ride("4", Call("13:03", "Bramsche, Bahnhof"), Call("13:40", "Kreishaus")),
            back=Ride("4", Call("17:15", "Kreishaus"), Call("17:46", "Bramsche, Bahnhof")),
            own=ARABIC if rtl else GERMAN,
            german=GERMAN,
            own_url="https://jobfair.example.org/my/AAAAAAAK7dxyQ2mJr1oVw5c8n4Ts0uZb3e",
        )

    return make


@pytest.fixture
def render() -> Callable[..., list[Image.Image]]:
    def pictures(pdf: bytes, dpi: int = 100) -> list[Image.Image]:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
        finally:
            document.close()

    return pictures


@pytest.fixture
def decode() -> Callable[[Image.Image], set[str]]:
    def texts(picture: Image.Image) -> set[str]:
        return {found.text for found in zxingcpp.read_barcodes(picture)}

    return texts
