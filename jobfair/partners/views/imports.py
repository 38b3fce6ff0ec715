"""Pages of lists, for partners and at the desk: hand in, look at, save, mend."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.attendees.forms import done
from jobfair.attendees.words import language_name, municipality_name
from jobfair.core import clock
from jobfair.core.errors import DomainError, NotFound
from jobfair.partners.blueprint import Workplace, at_both, partner, partners_desk, workplace
from jobfair.partners.forms import imports as forms
from jobfair.partners.import_queries import (
    counts_of,
    get_list,
    judged_households,
    list_imports,
    open_rows,
    stop_names,
)
from jobfair.partners.import_rules import Reading
from jobfair.partners.import_words import COLUMNS, fault_words
from jobfair.partners.lists import JudgedHousehold, rows_in
from jobfair.partners.lists.example import template_csv, template_xlsx
from jobfair.partners.lists.sheet import ROWS_MOST
from jobfair.partners.models import ImportList
from jobfair.partners.service import imports
from jobfair.web.forms import ActionForm, BaseForm
from jobfair.web.ids import row_id
from jobfair.web.locale import current_language
from jobfair.web.problems import message_of

REQUEST_MOST = 20_000_000
"""Larger requests are not read; up to here the form itself says what is too large."""
SHOWN = 30
SAMPLES = 3
ON_PAGE = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATES = {"xlsx": (template_xlsx, XLSX), "csv": (template_csv, "text/csv")}


def _take_files() -> None:
    if (request.endpoint or "").endswith(".imports_page"):
        request.max_content_length = REQUEST_MOST


partner.before_request(_take_files)
partners_desk.before_request(_take_files)


@at_both("/lists", "GET", "POST")
def imports_page() -> ResponseReturnValue:
    """Show the lists that were handed in, and take another."""
    place, form = workplace(), forms.ListForm()
    if form.validate_on_submit():
        try:
            list_id = imports.add_list(place, form.name, form.sheet(), now=clock.now())
        except DomainError as error:
            form.refuse(message_of(error), "file" if form.chosen else "text")
        else:
            return redirect(url_for(".import_page", list_id=list_id))
    lists = list_imports(place.fair.id, place.partner_id)
    return _show("partners/imports.html", form, lists=lists)


@at_both("/lists/template.<kind>", "GET")
def import_template(kind: str) -> ResponseReturnValue:
    """Hand out a list to fill in."""
    if kind not in TEMPLATES:
        raise NotFound("not_found")
    make, media_type = TEMPLATES[kind]
    answer = Response(make(current_language().code), mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="jobfair.{kind}"'
    return answer


@at_both("/lists/<int:list_id>", "GET", "POST")
def import_page(list_id: int) -> ResponseReturnValue:
    """Show what a list holds, and take what its columns say."""
    place = workplace()
    imported = get_list(place.fair.id, place.partner_id, list_id)
    form = _reading_form(imported)

    def read() -> None:
        heading = form.heading.data
        imports.read_as(place, list_id, form.reading(), first_is_heading=heading, now=clock.now())

    if done(form, read):
        return redirect(url_for(".import_page", list_id=list_id))
    return _show_list(place, list_id, form, forms.SaveForm(formdata=None))


@at_both("/lists/<int:list_id>/save", "POST")
def import_save(list_id: int) -> ResponseReturnValue:
    """Register the good households of a list."""
    place = workplace()
    get_list(place.fair.id, place.partner_id, list_id)
    form = forms.SaveForm()
    if done(form, lambda: imports.save_good(place, list_id, page_lang=_lang(), now=clock.now())):
        return redirect(url_for(".import_page", list_id=list_id))
    return _show_list(place, list_id, None, form)


@at_both("/lists/<int:list_id>/drafts", "GET", "POST")
def import_drafts(list_id: int) -> ResponseReturnValue:
    """Show the rows that can't be registered as they are, and take what mends them."""
    place = workplace()
    imported = get_list(place.fair.id, place.partner_id, list_id)
    if not Reading(**imported.reading).is_begun:
        return redirect(url_for(".import_page", list_id=list_id))
    form = forms.DraftForm()
    left: JudgedHousehold | None = None
    if form.validate_on_submit():
        try:
            left = imports.mend(place, list_id, form.typed(), page_lang=_lang(), now=clock.now())
        except DomainError as error:
            form.refuse(message_of(error))
        if left is None and not form.faults:
            flash(_("The household is registered."))
            return redirect(url_for(".import_drafts", list_id=list_id))
    return _show_drafts(place, list_id, form, left)


@at_both("/lists/<int:list_id>/drafts/drop", "POST")
def import_drop_rows(list_id: int) -> ResponseReturnValue:
    """Forget the drafts of a household."""
    place, form = workplace(), ActionForm()
    get_list(place.fair.id, place.partner_id, list_id)
    numbers = request.form.getlist("number", type=row_id)[:ROWS_MOST]
    if done(form, lambda: imports.drop_rows(place, list_id, numbers, now=clock.now())):
        dropped = len(numbers)
        flash(ngettext("%(num)s draft is deleted.", "%(num)s drafts are deleted.", dropped))
    return _back(form, url_for(".import_drafts", list_id=list_id))


@at_both("/lists/<int:list_id>/drop", "POST")
def import_drop(list_id: int) -> ResponseReturnValue:
    """Forget a list and its drafts."""
    place, form = workplace(), ActionForm()
    get_list(place.fair.id, place.partner_id, list_id)
    if done(form, lambda: imports.drop_list(place, list_id, now=clock.now())):
        flash(_("The list is deleted. Who was registered from it stays registered."))
    return _back(form, url_for(".imports_page"))


def _back(form: ActionForm, url: str) -> ResponseReturnValue:
    """Go back to the page, and say there why nothing was done."""
    for _target, words in form.faults:
        flash(words, "no")
    return redirect(url)


def _reading_form(imported: ImportList) -> forms.ReadingForm:
    """Return the form of the list's columns, with the first things that stand in each."""
    reading = Reading(**imported.reading)
    rows = [row.data for row in open_rows(imported.id)[: 2 * SAMPLES]]
    samples = {
        place: ", ".join([row[str(place)] for row in rows if str(place) in row][:SAMPLES])
        for place in range(len(reading.columns))
    }
    return forms.ReadingForm(reading, samples)


def _show_list(
    place: Workplace, list_id: int, reading_form: forms.ReadingForm | None, save: forms.SaveForm
) -> ResponseReturnValue:
    """Show the list as it is read, or what became of it; raise NotFound where it is gone."""
    imported = get_list(place.fair.id, place.partner_id, list_id)
    form = reading_form or _reading_form(imported)
    households = judged_households(place.fair, imported, clock.now())
    good = [one for one in households if one.is_good]
    bad = [one for one in households if not one.is_good]
    return _show(
        "partners/import.html",
        save if save.faults else form,
        imported=imported,
        reading=Reading(**imported.reading),
        reading_form=form,
        save=save,
        counts=counts_of(imported.id),
        good=good,
        bad=bad,
        good_people=rows_in(good),
        bad_rows=rows_in(bad),
        shown_good=good[:SHOWN],
        shown_bad=bad[:SHOWN],
        columns=forms.used_columns(bad[:SHOWN]),
        stops=stop_names(place.fair.id),
    )


def _show_drafts(
    place: Workplace,
    list_id: int,
    form: forms.DraftForm,
    left: JudgedHousehold | None,
) -> ResponseReturnValue:
    """Show the drafts, and first of all what is still wrong with the one that was sent."""
    imported = get_list(place.fair.id, place.partner_id, list_id)
    bad = [one for one in judged_households(place.fair, imported, clock.now()) if not one.is_good]
    number = request.args.get("page", 1, type=int)
    pages = max(-(-len(bad) // ON_PAGE), 1)
    number = min(max(number, 1), pages)
    shown = bad[(number - 1) * ON_PAGE : number * ON_PAGE]
    if left is not None:
        form = forms.DraftForm.of(left)
        shown = [left, *(one for one in shown if one.key != left.key)]
    return _show(
        "partners/import_drafts.html",
        form,
        imported=imported,
        drafts=[(one, forms.DraftForm.of(one)) for one in shown],
        total=len(bad),
        number=number,
        pages=pages,
    )


def _lang() -> str:
    return current_language().code


def _show(template: str, form: BaseForm, **values: object) -> ResponseReturnValue:
    return render_template(
        template,
        form=form,
        action=ActionForm(formdata=None),
        COLUMNS=COLUMNS,
        fault_words=fault_words,
        columns_at_fault=forms.columns_at_fault,
        is_asked_about=forms.is_asked_about,
        language_name=language_name,
        municipality_name=municipality_name,
        **values,
    ), (422 if form.faults else 200)
