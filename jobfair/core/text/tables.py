"""How the letter tables of this package are written down."""


def letter_table(letters: str, spellings: str) -> dict[str, str]:
    """Each letter with the spelling at its place among the blank-separated ones."""
    return dict(zip(letters, spellings.split(), strict=True))
