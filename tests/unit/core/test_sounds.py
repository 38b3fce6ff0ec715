"""Names that sound alike share a key, others don't."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.core.text import latin_proposal, sound_keys


@pytest.mark.parametrize(
    "spellings",
    [
        "Mohammed Muhamad Mohamad Muhammet محمد Мухаммад",
        "Oleksandr Aleksandr Alexander Олександр Александр",
        "Yusuf Youssef Jusuf Josef Joseph يوسف Юсуф",
        "Khaled Chaled Halid Xalid خالد",
        "Ahmed Achmed Ahmet Ehmed أحمد Ахмед",
        "Hussein Husain Hossein Hüseyin حسين",
        "Müller Mueller Muller",
        "Schmidt Schmitt Schmid",
        "Kowalski Kowalsky Kovalskyi Ковальський",
        "Tetiana Tetyana Tatjana Тетяна Татьяна",
        "Zahra Sahra زهرا",
        "Aisha Aischa Aysha Ayşe عائشة",
        "Said Saeed Sa'id Saïd سعيد",
        "Nguyen Nguyễn",
        "Olena Elena Yelena Jelena Олена Елена",
        "Serhii Sergei Sergej Сергій Сергей",
        "Savchenko Sawtschenko Савченко",
        "Yevhen Jewgenij Evgeny Євген Евгений",
        "Julia Yuliia Iuliia Julija Юлія",
        "Khadija Khadidja Chadidscha خديجة",
        "Jamal Djamal Dschamal جمال",
        "Christina Kristina Khrystyna Христина",
        "Fatima Fatma Fatemeh فاطمة",
        "Abdulrahman Abdurrahman Abdelrahman عبدالرحمن",
    ],
)
def test_spellings_meet(spellings: str) -> None:
    found = {sound_keys(spelling) for spelling in spellings.split()}
    assert len(found) == 1, found
    assert len(found.pop()) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ("Abdul Rahman", "Abdulrahman", "Abd al-Rahman", "Abdel-Rahman", "عبد الرحمن"),
        ("Abdullah", "Abd Allah", "Abdulla", "عبد الله"),
        ("Nour al-Din", "Noureddine", "Nuruddin", "نور الدين"),
        ("Najibullah", "Najib Ullah", "نجیب‌الله"),
        ("Amal Haddad", "Amal al-Haddad", "أمل الحداد"),
    ],
)
def test_names_of_several_words_meet(spellings: tuple[str, ...]) -> None:
    assert len({sound_keys(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    "names",
    [
        "Mohammed Mahmoud",
        "Hassan Hussein",
        "Hisham Hussam",
        "Samir Samira Samy",
        "Oleksandr Oleksandra",
        "Khaled Khalil Khalida",
        "Ali Lea Lina",
        "Anna Hanna Nina",
        "Maria Mariam Marwa",
        "Sara Zahra Sandra",
        "Yusuf Yasin Yasmin",
        "Iryna Karina Marina",
        "Müller Miller Möbius",
    ],
)
def test_other_names_stay_apart(names: str) -> None:
    for one, other in combinations(names.split(), 2):
        assert sound_keys(one) != sound_keys(other), (one, other)


def test_a_key_for_each_word_in_order() -> None:
    family, given_name = sound_keys("Haddad"), sound_keys("أمل")
    assert sound_keys("حداد Amal") == family + given_name
    assert sound_keys("Al") == ("al",)
    assert sound_keys(" - ") == ()


of_our_scripts = st.text(
    st.sampled_from(
        [chr(code) for block in ((0x20, 0x17F), (0x370, 0x52F), (0x600, 0x6FF), (0x1200, 0x137F))
         for code in range(*block)]
    )
)  # fmt: skip


@given(st.one_of(st.text(), of_our_scripts, st.text("aeiouyjh tdlgx", max_size=12)))
def test_every_name_has_plain_keys_however_it_is_written(name: str) -> None:
    keys = sound_keys(name)
    assert all(set(key) <= set("abcdefghijklmnopqrstuvwxyz") and key for key in keys)
    assert bool(keys) == bool(latin_proposal(name))
    assert sound_keys(latin_proposal(name)) == keys


@given(st.text("abcdefghijklmnopqrstuvwxyz ", max_size=30))
def test_capitals_and_doubled_consonants_mean_nothing(name: str) -> None:
    assert sound_keys(name.upper()) == sound_keys(name)
    doubled = name.replace("m", "mm").replace("b", "bb")
    assert sound_keys(doubled) == sound_keys(name)
