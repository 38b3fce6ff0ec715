"""Why the API refuses: the codes that programs rely on, with their words in English."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """The status and the words of a refusal."""

    status: int
    words: str


REFUSALS: dict[str, Refusal] = {
    "bad_request": Refusal(400, "The body is no JSON."),
    "token_missing": Refusal(401, "The call has no `Authorization: Bearer` with a token."),
    "token_unknown": Refusal(401, "The token belongs to no device; the device wipes itself."),
    "device_revoked": Refusal(401, "The desk has revoked the device; it wipes itself."),
    "device_expired": Refusal(401, "The shift of the device is over; it wipes itself."),
    "not_allowed": Refusal(403, "The device has no right to this, or belongs to another fair."),
    "pin_wrong": Refusal(403, "The PIN is wrong; after five wrong ones the code is void."),
    "pairing_unknown": Refusal(404, "The pairing code is unknown, used or too old."),
    "not_found": Refusal(404, "There is nothing at this address."),
    "wrong_method": Refusal(405, "The address takes other methods than this one."),
    "too_large": Refusal(413, "The body is larger than a megabyte."),
    "pin_needed": Refusal(422, "The code was sent as a link, so it needs its PIN as well."),
    "pairing_unreadable": Refusal(422, "The body is not as described."),
    "scans_unreadable": Refusal(422, "The body holds no list of at most 500 scans."),
    "walk_ins_unreadable": Refusal(422, "The body holds no list of at most 500 households."),
    "actions_unreadable": Refusal(422, "The body holds no list of at most 500 actions."),
    "search_unreadable": Refusal(422, "The body holds no text to search for."),
    "badge_unreadable": Refusal(422, "The body holds no hash of a badge."),
    "fault": Refusal(500, "Something broke on our side; the call can be repeated."),
    "unavailable": Refusal(503, "The database can't take it at the moment; repeat the call."),
}
# Of one item among others, in its `error`; besides these `bad_` and the name of a faulty field.
ITEM_ERRORS: dict[str, str] = {
    "bad_item": "The item is no object.",
    "id_reused": "The id was sent before with other content; nothing was done.",
    "bad_departure": "The departure is none of the device's bus, or no return.",
    "code_unknown": "A code is not of the device's own block.",
    "code_taken": "A code is held by somebody already.",
    "household_never_fits": "The fair has fewer places than the household has people.",
    "bad_stop": "The bus doesn't call at this stop.",
    "scan_unknown": "The fair has no such scan.",
    "scan_not_last": "The person went through the same door since.",
    "too_late": "Own scans are undone within ten minutes.",
    "conflict_unknown": "The fair has no such conflict.",
    "reason_needed": "This needs a reason.",
    "not_allowed": "The device has no right to this, or the scan is another's.",
}
BODY = ("bad_request", "too_large")
DEVICE = ("token_missing", "token_unknown", "device_revoked", "device_expired", "not_allowed")


def words_of(code: str) -> str:
    """Return what the code means."""
    return REFUSALS[code].words if code in REFUSALS else ITEM_ERRORS.get(code, "")
