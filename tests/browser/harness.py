"""Opens, shows and fills forms in Chromium by the code of the phone app, without its shell (`field/harness.html`)."""

import base64
import json
import mimetypes
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

ROOT = Path(__file__).resolve().parents[2]
FIELD = ROOT / "field"
ADDRESS = "http://harness.localhost/"
# As the phone app is served: nothing runs but what the page brings, and the engine's WebAssembly.
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "style-src 'self'"
)


def can_be_built() -> bool:
    """Whether the packages of the phone app are installed (`make setup`)."""
    return (FIELD / "node_modules").is_dir()


def build(folder: Path) -> Path:
    """The page, built into the folder. Raises CalledProcessError with the words of the builder printed."""
    sys.path.insert(0, str(ROOT / "tools"))
    from assets import npm_and_environment

    npm, environment = npm_and_environment()
    subprocess.run(
        [*npm, "exec", "--", "vite", "build", "--logLevel", "error", "-c", "vite.harness.config.ts"],
        cwd=FIELD,
        env=os.environ | environment | {"HARNESS_OUT": str(folder)},
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return folder


def open_harness(page: Page, built: Path) -> None:
    """Bring the page up; `window.harness` stands when this returns."""

    def answer(route: Route) -> None:
        path = built / (route.request.url.removeprefix(ADDRESS).partition("?")[0] or "harness.html")
        if not path.is_file():
            return route.fulfill(status=404)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        headers = {"content-security-policy": POLICY} if path.suffix == ".html" else {}
        return route.fulfill(body=path.read_bytes(), content_type=kind, headers=headers)

    page.route(f"{ADDRESS}**", answer)
    page.goto(ADDRESS)
    page.wait_for_selector("html[data-harness]", state="attached")


def in_base64(media: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(content).decode() for name, content in media.items()}


def fill(page: Page, xform: str, media: Mapping[str, bytes], **more: Any) -> dict[str, Any]:
    """Fill a form with answers that fit: {faults, xml, instanceId, title, names, files: [[name, type, bytes]]}."""
    given = {"xform": xform, "media": in_base64(media)} | more
    filled: dict[str, Any] = page.evaluate("given => harness.fill(given)", json.loads(json.dumps(given)))
    return filled


def show(page: Page, xform: str, media: Mapping[str, bytes], **more: Any) -> None:
    """Show a form as on the phone."""
    page.evaluate("given => harness.show(given)", {"xform": xform, "media": in_base64(media)} | more)
