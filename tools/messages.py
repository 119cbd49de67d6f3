"""Keep the Thai translations: one django.po a module, no gettext programs needed.

python tools/messages.py [MODULE…]     add new texts to the po files, list what lacks Thai, compile
python tools/messages.py --prune       also drop texts that no code uses any more
python tools/messages.py --compile     only compile what changed
python tools/messages.py --check       change nothing; exit 1 when a text lacks Thai, or is missing, unused or fuzzy
"""

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/mudmai"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# A fixed day keeps the files free of changes that mean nothing.
DAY = datetime(2026, 11, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\((\w+)\)|(?<!%)%([sd])")


def modules() -> list[str]:
    return sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists())


def po_path(module: str) -> Path:
    return SOURCE / module / "locale/th/LC_MESSAGES/django.po"


def as_python(path: Path) -> bytes:
    """A template as source text that Babel's Python reader understands; a module's source as it is."""
    if path.suffix == ".py":
        return path.read_bytes()
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    # Within brackets Python does not mind how lines are indented.
    return f"({templatize(path.read_text(encoding='utf-8'), origin=str(path))}\n)".encode()


def sources(module: str) -> Iterator[Path]:
    folder = SOURCE / module
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        is_code = path.suffix == ".py" and "migrations" not in inside
        is_template = path.suffix in {".html", ".txt"} and "templates" in inside
        if is_code or is_template:
            yield path


def used_texts(module: str) -> Catalog:
    """Every text that the module's code and templates mark for translation."""
    catalog = new_catalog()
    for path in sources(module):
        place = str(path.relative_to(SOURCE))
        for line, text, _comments, context in extract("python", io.BytesIO(as_python(path)), keywords=KEYWORDS):
            if text and text != "":
                catalog.add(text, locations=[(place, line)], context=context)
    return catalog


def new_catalog() -> Catalog:
    return Catalog(
        locale="th",
        domain="django",
        project="Mudmai",
        version="1",
        charset="utf-8",
        creation_date=DAY,
        revision_date=DAY,
        last_translator="Mudmai",
        language_team="Thai",
        header_comment="# Thai texts of one module. Made by `make messages`; write the Thai by hand.",
        fuzzy=False,
    )


def stored_texts(module: str) -> Catalog:
    path = po_path(module)
    if not path.exists():
        return new_catalog()
    with path.open("rb") as stream:
        return read_po(stream, locale="th", domain="django", ignore_obsolete=True)


def key(message: Message) -> tuple[str, str | None]:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return text, message.context


def texts(catalog: Catalog) -> dict[tuple[str, str | None], Message]:
    return {key(message): message for message in catalog if message.id}


def has_thai(message: Message) -> bool:
    return bool(message.string) and all(message.string if isinstance(message.string, tuple) else (message.string,))


def update(module: str, *, prune: bool) -> None:
    """Write the module's po: its used texts with the Thai that is there; unused ones stay unless pruned."""
    used, stored = used_texts(module), texts(stored_texts(module))
    fresh = new_catalog()
    for name, message in texts(used).items():
        known = stored.pop(name, None)
        string = known.string if known else ""
        if isinstance(message.id, tuple) and isinstance(string, str):
            string = (string,)
        fresh.add(message.id, string=string, locations=message.locations, context=message.context)
    if not prune:
        for message in stored.values():
            fresh.add(message.id, string=message.string, context=message.context)
    if len(fresh):
        save(fresh, po_path(module))


def save(catalog: Catalog, path: Path) -> None:
    stream = io.BytesIO()
    write_po(stream, catalog, width=120, sort_output=True, include_lineno=False)
    replace(path, stream.getvalue())


def replace(path: Path, content: bytes) -> None:
    """Write whole or not at all: others may be reading."""
    if path.exists() and path.read_bytes() == content:
        path.touch()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def compile_all() -> None:
    """Compile each django.po that is newer than its django.mo."""
    for po in SOURCE.glob("*/locale/*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        with po.open("rb") as stream:
            catalog = read_po(stream, locale=po.parts[-3], domain=po.stem)
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        replace(mo, compiled.getvalue())


def problems(module: str) -> list[str]:
    """What keeps the module from being wholly and rightly in Thai, one sentence each."""
    used, stored = texts(used_texts(module)), texts(stored_texts(module))
    found = [f"{module}: not in the po file: {name[0]!r}" for name in used if name not in stored]
    for name, message in stored.items():
        if name not in used:
            found.append(f"{module}: no code uses: {name[0]!r}")
        elif message.fuzzy:
            found.append(f"{module}: fuzzy: {name[0]!r}")
        elif not has_thai(message):
            found.append(f"{module}: no Thai for: {name[0]!r}")
        elif not same_placeholders(message):
            found.append(f"{module}: other placeholders in the Thai of: {name[0]!r}")
    return found


def same_placeholders(message: Message) -> bool:
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    translated = message.string if isinstance(message.string, tuple) else (message.string,)
    wanted = {found for text in originals for found in PLACEHOLDER.findall(text)}
    given = {found for text in translated for found in PLACEHOLDER.findall(text)}
    # A language without plural may leave the number out of neither form; one may leave it out of "one".
    return given == wanted


def contradictions() -> list[str]:
    """Texts that two modules translate differently: the reader would see only one of them."""
    seen: dict[tuple[str, str | None], tuple[str, object]] = {}
    found = []
    for module in modules():
        for name, message in texts(stored_texts(module)).items():
            if not has_thai(message):
                continue
            first, string = seen.setdefault(name, (module, message.string))
            plain = string[0] if isinstance(string, tuple) else string
            if plain != (message.string[0] if isinstance(message.string, tuple) else message.string):
                found.append(f"{first} and {module} differ in the Thai of: {name[0]!r}")
    return found


def all_problems(chosen: list[str] | None = None) -> list[str]:
    wanted = chosen or modules()
    return [problem for module in wanted for problem in problems(module)] + contradictions()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="only these (default: all)")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true")
    choice.add_argument("--compile", action="store_true")
    choice.add_argument("--prune", action="store_true")
    options = parser.parse_args()
    unknown = set(options.modules) - set(modules())
    if unknown:
        sys.exit(f"No such module: {', '.join(sorted(unknown))}. There are: {', '.join(modules())}.")
    if not options.check and not options.compile:
        for module in options.modules or modules():
            update(module, prune=options.prune)
    if not options.check:
        compile_all()
    if options.compile:
        return
    found = all_problems(options.modules)
    print("\n".join(found) if found else "Every text has its Thai.")
    sys.exit(bool(found) and options.check)


if __name__ == "__main__":
    main()
