"""Tags of the shared look: inline icons, and the built assets by their plain names."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mudmai.pages.rules.icons import ICONS

register = template.Library()

DIST = Path(__file__).resolve().parents[1] / "static" / "dist"


@register.simple_tag
def icon(name: str, size: int = 22) -> SafeString:
    """Draw an icon; it is hidden from screen readers, so a word must stand beside it."""
    try:
        paths = ICONS[name]
    except KeyError:
        raise template.TemplateSyntaxError(f"No icon is called {name!r}; see mudmai/pages/rules/icons.py.") from None
    return format_html(
        '<svg class="ic" width="{0}" height="{0}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{1}</svg>',
        size,
        mark_safe(paths),  # noqa: S308 - our own constants
    )


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file, for example `base.css` or `map.js`."""
    return static("dist/" + built_file(DIST / "manifest.json", name))


def built_file(manifest: Path, name: str) -> str:
    """The hashed path of an entry's script or style sheet, relative to the folder of the manifest."""
    stem, _, kind = name.rpartition(".")
    read = _read if settings.DEBUG else _read_once
    for entry in read(manifest).values():
        if entry.get("isEntry") and entry.get("name") == stem:
            files = entry.get("css", []) if kind == "css" else [entry["file"]]
            if files:
                return str(files[0])
    raise ImproperlyConfigured(f"{manifest} has no {name}. Run `make setup` to build the assets anew.")


def _read(manifest: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(manifest.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ImproperlyConfigured(
            f"The assets are not built: {manifest} is missing. Run `make setup`, which builds them."
        ) from None


_read_once = lru_cache(maxsize=4)(_read)


@register.filter
def first_letter(name: object) -> str:
    """The letter for a round picture: the first consonant, so "เดช" gives "ด"."""
    text = str(name or "").strip()
    return next((letter for letter in text if letter.isalpha() and letter not in "เแโใไ"), text[:1])


@register.filter
def as_json(value: object) -> str:
    """JSON for a data-… attribute; the template escapes it."""
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
