"""Who signs in, and nothing else: what a user may do stands in `access`."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from mudmai.kernel import clock


class User(AbstractUser):
    """One person who signs in. Rows are switched off (`is_active`), never deleted: the log points at them."""

    first_name = None  # type: ignore[assignment]  # Thai names are kept whole, as people write them
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=150)
    position = models.CharField(_("position"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=5, default="th")

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self).split(" ", 1)[0]


class Token(models.Model):
    """Lets one program act as its user for a time. Only the hash of its secret is kept; revoked, never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user"))
    name = models.CharField(_("which program"), max_length=100)
    # A secret of 256 bits cannot be guessed from its hash, so a quick hash will do, which can be looked up.
    hashed = models.CharField(_("hash of the secret"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    expires_on = models.DateField(_("last day"))
    last_used_on = models.DateField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    @property
    def stands(self) -> bool:
        """Whether it opens anything today."""
        return self.revoked_at is None and self.expires_on >= clock.today() and self.user.is_active
