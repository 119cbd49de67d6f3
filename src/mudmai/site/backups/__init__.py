"""Keep everything in one file, and bring it back: database, keys and uploaded files."""

from mudmai.site.backups.back_up import back_up
from mudmai.site.backups.bring_back import bring_back

__all__ = ["back_up", "bring_back"]
