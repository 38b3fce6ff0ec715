"""How people are reached: what can be a telephone number and an e-mail address."""

import re

from email_validator import EmailNotValidError, validate_email

PHONE_MOST = 40

_PHONE = re.compile(r"[ +/()-]*(?:[0-9][ +/()-]*){7,15}")


def is_phone(text: str) -> bool:
    """Tell whether the line can be a telephone number, in digits 0 to 9."""
    return _PHONE.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Tell whether the line can be an e-mail address; nobody is asked whether it exists."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
