"""What partners do when something happens elsewhere."""

from jobfair.accounts.operations import copy_partners
from jobfair.fairs.events import FairCopied
from jobfair.fairs.queries import get_fair


def on_fair_copied(event: FairCopied) -> None:
    """Have the partners of the earlier fair, with those who help there, help at the new one."""
    copy_partners(event.from_id, event.to_id, now=get_fair(event.to_id).created_at)
