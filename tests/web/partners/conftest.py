"""Who is signed in on the pages of partners."""

from jobfair.accounts.keys import hash_key, new_key
from jobfair.accounts.models import PartnerMember, User
from jobfair.core.db import session
from tests.client import PageClient
from tests.factories import make_session


def sign_in_for(page: PageClient, member: PartnerMember) -> User:
    """Have the member be signed in here, and return who it is."""
    user, key = session().get_one(User, member.user_id), new_key()
    make_session(user, key_hash=hash_key(key))
    with page.client.session_transaction() as cookie:
        cookie["_user_id"] = key
    return user
