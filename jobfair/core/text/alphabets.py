"""Greek, Georgian and Armenian names in Latin letters, after their passports' tables."""

from jobfair.core.text.tables import letter_table

_GREEK = {
    "ου": "ou", "αυ": "av", "ευ": "ev", "ηυ": "iv", "γγ": "ng", "γξ": "nx", "γχ": "nch",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_GEORGIAN = letter_table(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h",
)
_ARMENIAN = {"ու": "u", "և": "ev"} | letter_table(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f",
)
LETTERS = _GREEK | _GEORGIAN | _ARMENIAN


def latin_from_alphabet(word: str) -> str:
    """The lower-case Latin spelling of a lower-case word without accents."""
    spelled = []
    position = 0
    while position < len(word):
        size = 2 if word[position : position + 2] in LETTERS else 1
        piece = word[position : position + size]
        spelled.append(LETTERS.get(piece, piece))
        position += size
    return "".join(spelled)
