"""Reading what mail servers send back, genuine or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.mail.bounces import SIZE_MOST, read_report
from tests.reports import report

ID = "<abc-DEF_123@fair.example.org>"


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers", "message/global"])
def test_a_refused_recipient_is_found(kind: str) -> None:
    found = read_report(report(ID, returned_type=kind))
    assert found is not None
    assert found.message_ids == ("abc-DEF_123",)
    verdict = found.verdict_on("Family@Example.org")
    assert verdict is not None
    assert verdict.permanent
    assert found.verdict_on("other@example.org") is None


def test_the_address_that_we_wrote_to_may_be_the_original_one() -> None:
    block = (
        "\nFinal-Recipient: rfc822;x@else.net\nOriginal-Recipient: rfc822;<Family@Example.org>\n"
    )
    silent = read_report(report(ID, recipient="y@else.net", more=block))
    assert silent is not None
    assert silent.verdict_on("family@example.org") is None, "a block without a status says nothing"
    speaking = f"{block}Action: failed\nStatus: 5.0.0\n"
    found = read_report(report(ID, recipient="y@else.net", more=speaking))
    assert found is not None
    assert found.verdict_on("family@example.org") is not None


@pytest.mark.parametrize(
    ("status", "action", "permanent"),
    [
        ("5.1.1", "failed", True),
        ("5.0.0 (no such user)", "Failed", True),
        ("4.4.1", "delayed", False),
        ("4.4.7", "failed", False),
        ("2.0.0", "delivered", False),
        ("5.1.1", "relayed", False),
    ],
)
def test_only_a_failure_for_good_is_one(status: str, action: str, permanent: bool) -> None:
    found = read_report(report(ID, status=status, action=action))
    assert found is not None
    verdict = found.verdict_on("family@example.org")
    assert verdict is not None
    assert verdict.permanent is permanent


@pytest.mark.parametrize("status", ["", "five", "6.1.1", "5", "5.1"])
def test_a_status_that_is_none_says_nothing(status: str) -> None:
    assert read_report(report(ID, status=status)) is None


def test_the_id_may_stand_in_a_field_of_its_own() -> None:
    found = read_report(report("", returned_type="text/plain", more=f"Original-Message-ID: {ID}"))
    assert found is not None
    assert found.message_ids == ("abc-DEF_123",)


def test_a_letter_that_quotes_an_id_is_no_report() -> None:
    letter = b"Subject: Re: Hello\nIn-Reply-To: <abc@fair.example.org>\n\nThank you!"
    assert read_report(letter) is None
    assert read_report(b"") is None
    assert read_report(b"x" * (SIZE_MOST + 1)) is None


def test_parts_in_parts_without_end_are_no_report() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)
    )
    assert read_report(nested) is None


@given(st.binary(max_size=400), st.integers(0, 700))
def test_damaged_reports_never_crash(noise: bytes, at: int) -> None:
    whole = report(ID)
    read_report(noise)
    read_report(whole[:at] + noise + whole[at:])
    read_report(whole[:at] + noise)
