#!/usr/bin/env python3
"""One command for everything a developer does: `python3 dev.py setup | demo | test | check | bench | lock | vafa …`.

Standard library only, so that it runs on a bare Python 3.11 to 3.13. It makes `.venv` in this folder, installs what the
hashed locks in `requirements/` name, and runs the rest from there. Nothing is installed outside `.venv`.
"""

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# before anything that an older Python would stumble over (3.6 and later can read this file)
if not (3, 11) <= sys.version_info < (3, 14):
    sys.exit(
        f"dev.py: Vafa needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]} ({sys.executable}). "
        "Where one of them is installed too, call it by its name: python3.12 dev.py demo"
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
KIT = ROOT / "src" / "vafa" / "kit"
LOCKS = ROOT / "requirements"
LOCK_EXTRAS = {"run": ["build"], "dev": ["build", "dev", "celery", "papers", "redis"]}


def main() -> int:
    each = "\n".join(f"  {name:<10}{(run.__doc__ or '').splitlines()[0]}" for name, run in COMMANDS.items())
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=f"commands:\n{each}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", nargs="?", choices=list(COMMANDS), metavar="command", help="one of those below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on")
    arguments = parser.parse_args()
    if arguments.command is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        return COMMANDS[arguments.command](arguments.rest)
    except subprocess.CalledProcessError as failed:
        print(f"\ndev.py: this step failed: {' '.join(map(str, failed.cmd))}", file=sys.stderr)
        return failed.returncode or 1
    except KeyboardInterrupt:
        return 130


# --- set-up ----------------------------------------------------------------------------------------------


def setup(rest: list[str]) -> int:
    """Install what development needs (`setup --run`: only what running needs)."""
    install("run" if "--run" in rest else "dev")
    print(f"Ready. Try: python3 {Path(__file__).name} demo")
    return 0


def install(lock: str) -> None:
    """Bring `.venv` to what the lock says; at once when it already is."""
    wanted = fingerprint(lock)
    stamp = VENV / "installed"
    with one_at_a_time():
        have = stamp.read_text(encoding="utf-8").split() if stamp.exists() else []
        if wanted in have and is_whole():
            return
        make_venv()
        uv("pip", "sync", "--quiet", "--require-hashes", str(LOCKS / f"{lock}.txt"))
        uv("pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        # The larger lock holds the smaller one, so having it is having both.
        stamp.write_text(" ".join([wanted, fingerprint("run")]), encoding="utf-8")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """`demo` in one terminal and `test` in another must not both make `.venv`: the later one waits."""
    try:
        import fcntl
    except ImportError:  # no such locks on Windows
        yield
        return
    with (ROOT / ".setup.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_whole() -> bool:
    """Whether `.venv` was made to its end, and here: its programs hold its path, so a moved one is of no use."""
    made = VENV / "made"
    return PYTHON.exists() and made.exists() and made.read_text(encoding="utf-8") == str(VENV)


def fingerprint(lock: str) -> str:
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes())
    digest.update((LOCKS / f"{lock}.txt").read_bytes())
    return f"{lock}:{digest.hexdigest()[:16]}"


def make_venv() -> None:
    if not is_whole():
        create_venv()
    uv_version = (LOCKS / "uv.txt").read_text(encoding="utf-8").split("==")[1].split()[0]
    if installed_uv() != uv_version:
        print("Installing what Vafa needs (once, about a minute) …", flush=True)
        run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
            "--requirement", LOCKS / "uv.txt")  # fmt: skip


def create_venv() -> None:
    try:
        import ensurepip  # noqa: F401  (Debian splits it off, and venv then fails late and unclearly)
        import venv
    except ImportError:
        sys.exit(
            "dev.py: this Python cannot make virtual environments. On Debian and Ubuntu: "
            "apt update && apt install python3-venv. Then run the same command again."
        )
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True)
    (VENV / "made").write_text(str(VENV), encoding="utf-8")


def installed_uv() -> str:
    uv_program = BIN / "uv"
    if not uv_program.exists():
        return ""
    shown = subprocess.run([uv_program, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return shown[1] if len(shown) > 1 else ""


def uv(*arguments: str) -> None:
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV), "UV_NO_MANAGED_PYTHON": "1"}
    subprocess.run([BIN / "uv", *arguments], check=True, cwd=ROOT, env=environment)


def run(*command: str | Path, **environment: str) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, env={**os.environ, **environment})


# --- the product -----------------------------------------------------------------------------------------


def vafa(rest: list[str]) -> int:
    """Run the console script with the words that follow."""
    install("run")
    command = [str(BIN / "vafa"), *rest]
    if os.name == "posix":  # in our place: with us above it, Ctrl-C would give it a quarter of a second to end
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def demo(rest: list[str]) -> int:
    """Build the simulated shop, fit its model, serve it. It lives in `var/demo` unless told otherwise."""
    os.environ.setdefault("VAFA_HOME", str(ROOT / "var" / "demo"))
    return vafa(["demo", *rest])


# --- quality ---------------------------------------------------------------------------------------------


def test(rest: list[str]) -> int:
    """Run the tests; words that follow go to pytest."""
    install("dev")
    run(PYTHON, "-m", "pytest", *(rest or ["-n", "2", "--dist", "loadgroup", "--max-worker-restart=0"]))
    return 0


def check(rest: list[str]) -> int:
    """Everything CI runs, in the order of what fails fastest."""
    install("dev")
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "ruff", "check", ".")
    run(BIN / "lint-imports")
    run(BIN / "mypy")
    run(BIN / "vafa", "makemigrations", "--check", "--dry-run")
    check_locks()
    check_theme()
    if "--no-tests" in rest:
        return 0
    return test([word for word in rest if word != "--no-tests"])


def check_locks() -> None:
    """The locks are what `pyproject.toml` asks for, and name no download host."""
    with tempfile.TemporaryDirectory() as folder:
        for name in LOCK_EXTRAS:
            fresh = Path(folder) / f"{name}.txt"
            shutil.copy(LOCKS / f"{name}.txt", fresh)
            compile_lock(name, fresh)
            if fresh.read_bytes() != (LOCKS / f"{name}.txt").read_bytes():
                sys.exit(f"dev.py: requirements/{name}.txt is stale. Run: python3 dev.py lock")
    if any("://" in path.read_text(encoding="utf-8") for path in LOCKS.glob("*.txt")):
        sys.exit("dev.py: a lock names a download host.")


def lock(rest: list[str]) -> int:
    """Write the locks anew (`lock --upgrade` takes newer versions)."""
    make_venv()
    for name in LOCK_EXTRAS:
        compile_lock(name, LOCKS / f"{name}.txt", *rest)
    return 0


def compile_lock(name: str, target: Path, *options: str) -> None:
    extras = [word for extra in LOCK_EXTRAS[name] for word in ("--extra", extra)]
    uv("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
       "--no-emit-index-url", "--no-annotate", "--no-header", *extras, *options,
       "pyproject.toml", "--output-file", str(target))  # fmt: skip


def theme(rest: list[str]) -> int:
    """Build the style sheet, icons and fonts that are committed in `src/vafa/kit` (needs npm)."""
    if not shutil.which("npm"):
        sys.exit("dev.py: building the theme needs npm (Node.js 20 or newer), which is not installed here.")
    build_theme(KIT)
    return 0


def build_theme(target: Path) -> None:
    installed = ROOT / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (ROOT / "package-lock.json").stat().st_mtime:
        # `npm ci` refuses a lock without the builds for other systems, which some registries do not carry; the
        # versions and digests of the lock hold here as well.
        run("npm", "install", "--no-save", "--silent", "--ignore-scripts")
        installed.touch()
    run("node", "theme/build.mjs", target)


def check_theme() -> None:
    """The committed theme is what its sources give."""
    if not shutil.which("npm"):
        if os.environ.get("CI"):
            sys.exit("dev.py: npm is missing, so it cannot be told whether the committed theme is fresh.")
        print("dev.py: npm is not installed; whether the committed theme is fresh was not checked.")
        return
    with tempfile.TemporaryDirectory() as folder:
        build_theme(Path(folder))
        built = [path.relative_to(folder) for path in Path(folder).rglob("*") if path.is_file()]
        stale = [name for name in built if not same(Path(folder) / name, KIT / name)]
    if stale:
        sys.exit(f"dev.py: the theme is stale ({', '.join(map(str, stale[:3]))}). Run: python3 dev.py theme")


def same(one: Path, other: Path) -> bool:
    """Whether two files hold the same; of compressed ones, whether they hold the same inside."""
    if not other.exists():
        return False
    read = gzip.decompress if one.suffix == ".gz" else bytes
    return read(one.read_bytes()) == read(other.read_bytes())


def messages(rest: list[str]) -> int:
    """Gather the texts of all sources into the catalogues of `src/vafa/locale` and compile them."""
    install("dev")
    run(PYTHON, ROOT / "tools" / "messages.py")
    return 0


def bench(rest: list[str]) -> int:
    """Run the benchmarks (`bench NAME …` for some of them) and write their tables."""
    install("dev")
    run(PYTHON, ROOT / "benchmarks" / "run.py", *rest)
    return 0


COMMANDS = {
    "setup": setup,
    "demo": demo,
    "test": test,
    "check": check,
    "lock": lock,
    "bench": bench,
    "theme": theme,
    "messages": messages,
    "vafa": vafa,
}

if __name__ == "__main__":
    sys.exit(main())
