"""Find accounts."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mudmai.accounts.models import Token, User
from mudmai.kernel.errors import NotFound


def user_named(username: str) -> User:
    """The account with this user name, letters large or small. Raises NotFound."""
    user = User.objects.filter(username__iexact=username.strip()).first()
    if user is None:
        raise NotFound(_("There is no user named “%(name)s”.") % {"name": username})
    return user


def user_with(user_id: int) -> User:
    """The account with this number. Raises NotFound."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound(_("This user does not exist."))
    return user


def all_users() -> QuerySet[User]:
    """Every account, by user name."""
    return User.objects.order_by("username")


def tokens_of(user: User) -> QuerySet[Token]:
    """Every token that the user ever had, newest first."""
    return Token.objects.filter(user=user).order_by("-pk")


def token_with(token_id: int) -> Token:
    """The token with this number. Raises NotFound."""
    token = Token.objects.select_related("user").filter(pk=token_id).first()
    if token is None:
        raise NotFound(_("There is no token with this number."))
    return token
