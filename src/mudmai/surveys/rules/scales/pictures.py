"""Pictures of choices as SVG: pictures.toml says what is on them, here is how they are drawn."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

INK, PALE = "#0b5d4e", "#5a9a8a"
# {layer: its look}, from back to front.
_LAYERS = {
    "things": "",
    "helper_head": f' stroke="{PALE}" stroke-width="15"',
    "helper": f' stroke="{PALE}" stroke-width="6"',
    "head": ' stroke-width="15"',
    "person": ' stroke-width="6"',
    "held": "",
    "solid": f' fill="{INK}" stroke="none"',
}


@cache
def pictures() -> dict[str, bytes]:
    """All pictures of choices by the name of their file: `<list>_<choice>.svg`."""
    told = tomllib.loads((Path(__file__).parent / "pictures.toml").read_text(encoding="utf-8"))
    parts = told.pop("part")
    return {
        f"{listed}_{choice}.svg": _svg([*(parts[name] for name in drawing.get("use", ())), drawing])
        for listed, drawings in told.items()
        for choice, drawing in drawings.items()
    }


def picture_name(listed: str, choice: str) -> str:
    """The file of the picture of a choice; "" where it has none."""
    name = f"{listed}_{choice}.svg"
    return name if name in pictures() else ""


def _svg(drawings: list[dict[str, Any]]) -> bytes:
    paths = {layer: "".join(drawing.get(layer, "") for drawing in drawings) for layer in _LAYERS}
    drawn = "".join(f'<path d="{path}"{_LAYERS[layer]}/>' for layer, path in paths.items() if path)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192" viewBox="0 0 96 96" fill="none" '
        f'stroke="{INK}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">{drawn}</svg>'
    ).encode()
