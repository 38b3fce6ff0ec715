"""What pages call the fields of work, for those who offer it and those who look for it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from jobfair.data.work import WorkField

WORK_NAMES: dict[WorkField, Any] = {
    WorkField.CARE: _l("Care and health"),
    WorkField.LOGISTICS: _l("Warehouse and logistics"),
    WorkField.METAL: _l("Metal and production"),
    WorkField.CONSTRUCTION: _l("Construction"),
    WorkField.FOOD: _l("Food production"),
    WorkField.CLEANING: _l("Cleaning"),
    WorkField.HOSPITALITY: _l("Hotels, restaurants and kitchens"),
    WorkField.RETAIL: _l("Shops and sales"),
    WorkField.OFFICE: _l("Office"),
    WorkField.IT: _l("Computers and IT"),
    WorkField.EDUCATION: _l("Education and childcare"),
    WorkField.AGRICULTURE: _l("Farming and gardening"),
    WorkField.ELECTRICAL: _l("Electrical work"),
    WorkField.TRANSPORT: _l("Driving and transport"),
    WorkField.CRAFTS: _l("Crafts"),
    WorkField.SCIENCE: _l("Science and laboratory"),
    WorkField.MEDIA: _l("Languages, media and art"),
}
