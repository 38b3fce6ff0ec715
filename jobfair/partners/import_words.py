"""The wording of lists: what is refused, what is wrong with a cell, what columns mean."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "list_empty": _l("The list is empty."),
    "list_only_headings": _l("The list has headings, and nobody below them."),
    "list_bytes": _l("The file is larger than %(most)s MB. Please divide the list."),
    "list_rows": _l("The list has more than %(most)s rows. Please divide it."),
    "list_columns": _l("The list has more than %(most)s columns. Please leave out some."),
    "list_unpacked": _l("The file is small and unpacks to very much. Please save the list as CSV."),
    "list_unreadable": _l("The file is damaged. Please save the list again as XLSX or CSV."),
    "list_locked": _l("The file has a password. Please save it without one."),
    "list_old_excel": _l("This is an old Excel file. Please save it as XLSX or CSV."),
    "list_open_document": _l("This is an OpenDocument file. Please save it as XLSX or CSV."),
    "list_no_table": _l("This is no spreadsheet. Please choose an XLSX or CSV file."),
    "list_encoding": _l("The letters of this file can't be read. Please save it as XLSX."),
}
