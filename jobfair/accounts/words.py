"""What pages and mails call roles and devices."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobfair.accounts.rules import Device, MemberKind, PartnerKind
from jobfair.core.actor import Role

ROLE_NAMES = {
    Role.ORGANISER: _l("Organiser"),
    Role.DOOR: _l("Door"),
    Role.ATTENDANT: _l("Bus attendant"),
    Role.EXHIBITOR: _l("Exhibitor"),
    Role.PARTNER: _l("Partner"),
}
PARTNER_KIND_NAMES = {
    PartnerKind.JOB_CENTRE: _l("Job centre"),
    PartnerKind.MIGRATION_CENTRE: _l("Migration centre"),
    PartnerKind.MUNICIPALITY: _l("Municipality"),
    PartnerKind.VOLUNTEERS: _l("Volunteers"),
    PartnerKind.OTHER: _l("Other organisation"),
}
MEMBER_KIND_NAMES = {
    MemberKind.COUNSELLOR: _l("Counsellor"),
    MemberKind.VOLUNTEER: _l("Volunteer"),
}


def role_name(role: Role) -> str:
    """Return what the role is called in the page's language."""
    return str(ROLE_NAMES[role])


def device_name(kept: str) -> str:
    """Return the device of a session in words, such as “Chrome on Android”."""
    device = Device.read(kept)
    if device.browser and device.system:
        return _("%(browser)s on %(system)s", browser=device.browser, system=device.system)
    return device.browser or device.system or _("Unknown device")
