"""The wording of lists: what is refused, what is wrong with a cell, what columns mean."""

from typing import Any

from flask_babel import lazy_gettext as _l

from jobfair.partners.lists import Column, Fault

MESSAGES = {
    "list_empty": _l("The list is empty."),
    "list_only_headings": _l("The list has headings, and nobody below them."),
    "list_bytes": _l("The list is larger than %(most)s MB. Please divide it."),
    "list_rows": _l("The list has more than %(most)s rows. Please divide it."),
    "list_columns": _l("The list has more than %(most)s columns. Please leave out some."),
    "list_unpacked": _l("The file is small and unpacks to very much. Please save the list as CSV."),
    "list_unreadable": _l("The file is damaged. Please save the list again as XLSX or CSV."),
    "list_locked": _l("The file has a password. Please save it without one."),
    "list_old_excel": _l("This is an old Excel file. Please save it as XLSX or CSV."),
    "list_open_document": _l("This is an OpenDocument file. Please save it as XLSX or CSV."),
    "list_no_table": _l("This is no spreadsheet. Please choose an XLSX or CSV file."),
    "list_encoding": _l("The letters of this file can't be read. Please save it as XLSX."),
    "list_rows_gone": _l("These rows are registered or deleted already."),
    "list_begun": _l("Households of this list are registered already. Please mend the rows."),
}

COLUMNS: dict[Column, Any] = {
    Column.HOUSEHOLD: _l("Family (same number or word)"),
    Column.GIVEN: _l("First name"),
    Column.FAMILY: _l("Family name"),
    Column.NAME: _l("Whole name"),
    Column.OWN_GIVEN: _l("First name in own script"),
    Column.OWN_FAMILY: _l("Family name in own script"),
    Column.OWN_NAME: _l("Whole name in own script"),
    Column.KIND: _l("Adult or child"),
    Column.BIRTH: _l("Year of birth"),
    Column.POSTAL: _l("Postal code"),
    Column.PLACE: _l("Municipality"),
    Column.LANGUAGE: _l("Language"),
    Column.PHONE: _l("Telephone number"),
    Column.EMAIL: _l("E-mail address"),
    Column.ARRIVAL: _l("Arrival"),
    Column.STOP: _l("Bus stop"),
    Column.GERMAN: _l("German"),
    Column.LICENCE: _l("Driving licence"),
    Column.WHEELCHAIR: _l("Wheelchair"),
    Column.INTERPRETER: _l("Interpreter"),
    Column.CHILDCARE: _l("Childcare"),
    Column.SIGN_LANGUAGE: _l("Sign language"),
}

FAULTS = {
    "formula": _l("Here is a formula. Please write what it stands for."),
    "name_missing": _l("Please write the first name."),
    "name_long": _l("Please write a shorter name."),
    "kind_unknown": _l('Please write "adult" or "child".'),
    "year_wrong": _l("Please check the year of birth, for example 1988."),
    "place_unknown": _l("We don't know this place. Please write a municipality of the county."),
    "place_ambiguous": _l("Name and postal code fit none or several. Please write the name."),
    "place_missing": _l("Please write where they live."),
    "place_differs": _l("The rows of this family name different places."),
    "language_unknown": _l("We don't know this language."),
    "language_missing": _l("Please write which language they speak."),
    "phone_wrong": _l("Please check the telephone number, for example 0541 501 0000."),
    "email_wrong": _l("Please check the e-mail address, for example name@example.org."),
    "window_unknown": _l("The fair has no such arrival window."),
    "window_small": _l("This arrival window has fewer places than the family has people."),
    "stop_unknown": _l("We don't know this bus stop."),
    "stop_missing": _l("No bus of the fair stops there. Please write another stop, or no."),
    "level_unknown": _l("Please write A1, A2, B1, B2, C1 or none."),
    "licence_unknown": _l("Please write B, C, D, forklift or no."),
    "yes_or_no": _l("Please write yes or no."),
    "household_size": _l("More than 12 people can't be one family here."),
    "registered": _l("Somebody of this name and place is registered already."),
}


def fault_words(fault: Fault) -> str:
    """Return what is wrong, in the page's language."""
    if fault.code == "twice":
        return str(_l("The same person is in row %(row)s.", row=fault.row))
    return str(FAULTS[fault.code])
