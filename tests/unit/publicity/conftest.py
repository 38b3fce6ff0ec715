"""Words for posters and flyers, logos, and pages as pictures."""

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from jobfair.publicity.paper.words import Answer, Facts, Words

QUESTIONS = ("Ist es kostenlos?", "Kinder?", "Meine Sprache?", "Papiere?", "Bus verpasst?")
CLAIMS = ("Es ist kostenlos.", "Bringen Sie Ihre Familie mit.", "Der Bus ist auch kostenlos.")


def answers(text: str) -> tuple[Answer, ...]:
    return tuple(Answer(question, text) for question in QUESTIONS)


GERMAN = Words(
    lang="de",
    rtl=False,
    call="Jetzt anmelden",
    kind="Jobmesse für Menschen, die neu hier sind",
    when="Donnerstag, 10. Dezember 2026\n14:00 bis 18:00",
    claims=CLAIMS,
    answers=answers("Ja. Die Messe kostet nichts."),
)
UKRAINIAN = Words(
    lang="uk",
    rtl=False,
    call="Зареєструватися",
    kind="Ярмарок вакансій для тих, хто тут недавно",
    when="четвер, 10 грудня 2026 р.\nз 14:00 до 18:00",
    claims=("Це безкоштовно.", "Приходьте всією родиною."),
    answers=answers("Так. Ярмарок безкоштовний."),
)
ARABIC = Words(
    lang="ar",
    rtl=True,
    call="سجّلوا الآن",
    kind="معرض وظائف للقادمين الجدد",
    when="الخميس، 10 ديسمبر 2026\nمن 14:00 إلى 18:00",
    claims=("الدخول مجاني.", "أحضروا عائلتكم."),
    answers=answers("نعم. المعرض لا يكلف شيئًا."),
)
URL = "https://jobfair.landkreis-osnabrueck.de/osnabrueck-2026"


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    kept = BytesIO()
    Image.new(mode, (width, height)).save(kept, kind)
    return kept.getvalue()


@pytest.fixture
def facts() -> Facts:
    return Facts(
        name="#JobsForYou Osnabrück",
        when="Donnerstag, 10. Dezember 2026, 14:00 bis 18:00",
        place="Kreishaus Osnabrück",
        address="Am Schölerberg 1, 49082 Osnabrück",
        url=URL,
        phone="0541 501 0000",
        logos=(("Breit", picture(900, 100)), ("Hoch", picture(100, 900, "JPEG"))),
    )


@pytest.fixture
def render() -> Callable[..., list[Image.Image]]:
    def pictures(pdf: bytes, dpi: int = 72) -> list[Image.Image]:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
        finally:
            document.close()

    return pictures
