"""Puts the checker together as a browser runs it: interpreter, packages and the core, in one folder. `make composer` runs it.

Everything comes from the registries as it was published: the interpreter (Pyodide) from npm by the hash below, Python packages by those of
requirements.lock. The code host's reader is compiled from the source in its package, to exactly the file whose hash stands below.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import jinja2

from tools.vendor import NotTheSame, hash_of, npm_package

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / "dist" / "composer"
PARTS = PROJECT / ".venv" / "composer"
"""What was fetched and compiled, and does not change with the project."""
PYODIDE = ("pyodide", "314.0.7", "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==")
WHEEL = ["--platform=pyemscripten_2026_0_wasm32", "--python-version=3.14", "--implementation=cp", "--abi=cp314", "--only-binary=:all:"]
READER = "sha256-Rc3g/oNEUi/Y+ViSdb/yXqpjjHhRpDImKwh/rFoIlTs="
"""The code host's reader, compiled: cmark-gfm as cmarkgfm carries it."""
READER_CALLS = """malloc free cmark_gfm_core_extensions_ensure_registered cmark_find_syntax_extension cmark_parser_new cmark_parser_free
    cmark_parser_feed cmark_parser_finish cmark_parser_attach_syntax_extension cmark_parser_get_syntax_extensions cmark_render_html
    cmark_node_get_type cmark_node_free"""
PURE = """annotated_types jinja2 markdown markdown_it markupsafe mdurl pydantic pymdownx tinycss2 typing_extensions.py
    typing_inspection webencodings yaml yaml_env_tag.py"""
"""Packages in pure Python, as they are installed here: pip has checked them against requirements.lock."""
NOT_ASKED_FOR = re.compile(
    r"library/(?:_nodesock|_pyio|_pyrepl|_ios|_strptime|argparse|asyncio/(?:proactor|windows)|bdb|cProfile|calendar|cmd\.|compileall|concurrent/"
    r"(?:futures/process|interpreters)|configparser|csv|ctypes|curses|doctest|email/(?:generator|headerregistry|_header_value|contentmanager|"
    r"policy)|encodings/(?:cp|mac|iso|koi|hp|kz|big|euc|gb|hz|johab|shift|ptcp|tis|uu|rot|punycode)|ensurepip|filecmp|fileinput|ftplib|getopt|"
    r"getpass|gettext|http/(?:server|cookie)|idlelib|imaplib|logging/(?:handlers|config)|mailbox|mimetypes|modulefinder|multiprocessing|netrc|"
    r"optparse|pdb|pickletools|platform|plistlib|poplib|pprint|profile|pstats|pty|pyclbr|pydoc|pyodide/(?:console|http/_pyfetch)|rlcompleter|"
    r"sched|shelve|smtplib|socketserver|sqlite3|statistics|symtable|tabnanny|tarfile|timeit|tkinter|tomllib|trace\.|tracemalloc|turtle|unittest|"
    r"wave|webbrowser|wsgiref|xml/dom|xmlrpc|zipapp)"
    r"|packages/(?:jinja2/(?:debug|ext|nativetypes|sandbox)|markdown/(?:__main__|test_tools|extensions/(?!__init__|toc|tables|fenced_code|sane_lists"
    r"|attr_list|codehilite))|markdown_it/cli|pydantic/(?:v1|mypy|color|networks|experimental)|pymdownx/(?!__|betterem|delimiter|saneheaders|tilde|"
    r"util)|webencodings/(?:tests|mklabels))"
    r"|project/hooks/knee/(?:commands|zensical|proof|serve|composer/browser)/|.*__pycache__"
)
"""Parts that would make the folder larger, and that nothing needs."""
OF_THE_PROJECT = """mkdocs.yml hooks/knee/**/* overrides/**/*.html docs/**/*.md docs/*.yml docs/*/*.svg docs/assets/pictures/drawing-kit.svg
    tests/site/signs.yml"""
COMPILE = """
const [pyodide, folder] = process.argv.slice(1);
const python = await (await import(`${pyodide}/pyodide.mjs`)).loadPyodide({ indexURL: pyodide, env: { PYTHONNODEBUGRANGES: "1" } });
python.mountNodeFS("/made", folder);
python.runPython(`
import compileall, pathlib, py_compile
never = py_compile.PycInvalidationMode.UNCHECKED_HASH
for name, optimize in (("library", 2), ("packages", 2), ("project", 0)):
    pathlib.Path("/made", name).mkdir(exist_ok=True)
    compileall.compile_dir(f"/made/{name}", stripdir="/made", legacy=True, quiet=1, optimize=optimize, invalidation_mode=never)
for compiled in pathlib.Path("/made").rglob("*.pyc"):
    compiled.with_suffix(".py").unlink(missing_ok=True)
`);
"""
Files = Iterable[tuple[str, bytes]]


def downloaded(package: str, to: Path, *options: str) -> Path:
    """Fetch a package's file as requirements.lock pins it, and return it."""
    lock = re.search(rf"^{package}==(?:.*\\\n)+.*\n", (PROJECT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    wanted = to / f"{package}.txt"
    wanted.write_text(lock[0] if lock else "", "utf-8")
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        f"--dest={to}",
        f"--requirement={wanted}",
    ]
    subprocess.run([*command, *options], check=True)
    return next(path for path in to.iterdir() if path.name.replace("_", "-").startswith(f"{package}-"))


def reader(source: Path, to: Path) -> bytes:
    """Compile the code host's reader for a browser. Raises: NotTheSame, if it is not the one that was tested."""
    codes = [path for path in sorted((*source.glob("src/*.c"), *source.glob("extensions/*.c"))) if path.name != "main.c"]
    places = [f"-I{source / place}" for place in ("src", "extensions", "../../generated/unix")]
    calls = [f"-Wl,--export={name}" for name in READER_CALLS.split()]
    compiler = [
        sys.executable,
        "-m",
        "ziglang",
        "cc",
        "-target",
        "wasm32-wasi",
        "-mexec-model=reactor",
        "-Oz",
        "-std=c99",
        "-DNDEBUG",
        "-s",
    ]
    subprocess.run([*compiler, *places, *map(str, codes), *calls, "-o", str(to)], check=True)
    if (found := hash_of(to.read_bytes())) != READER:
        raise NotTheSame(f"the code host's reader has the hash {found}: write it into tools/composer.py if you have just changed a version")
    return to.read_bytes()


def packages(fetched: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path of each file of the packages, and its content."""
    here = Path(jinja2.__file__).parents[1]
    installed = [*(path for name in PURE.split() for path in (here.glob(name) if name.endswith(".py") else here.glob(f"{name}/**/*.py")))]
    for path in (*installed, *here.glob("[Mm]arkdown-*.dist-info/[Me]*")):
        yield f"packages/{path.relative_to(here).as_posix()}", path.read_bytes()
    with zipfile.ZipFile(downloaded("pydantic-core", fetched, *WHEEL)) as wheel:
        yield from ((f"packages/{name}", wheel.read(name)) for name in wheel.namelist() if name.endswith((".py", ".so")))
    with tarfile.open(downloaded("cmarkgfm", fetched, "--no-binary=:all:")) as archive:
        archive.extractall(fetched, filter="data")
    source = next(fetched.glob("cmarkgfm-*/third_party/cmark"))
    yield "packages/cmarkgfm/__init__.py", b""
    yield "packages/cmarkgfm/cmark.py", (source / "../../src/cmarkgfm/cmark.py").read_bytes()
    yield "packages/cmarkgfm/cmark-gfm.h", (source / "src/cmark-gfm.h").read_bytes()
    yield "cmark.wasm", reader(source, fetched / "cmark.wasm")


def compiled(files: Files, pyodide: Path, folder: Path) -> dict[str, bytes]:
    """Return the files that are needed, compiled by the Python that will run them: a browser would take seconds at each start."""
    for name, content in files:
        if not NOT_ASKED_FOR.match(name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    subprocess.run(["node", "--input-type=module", "--eval", COMPILE, "--", str(pyodide), str(folder)], check=True)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def fetch(to: Path = PARTS) -> None:
    """Fetch and compile all but the project itself into a folder. Raises: NotTheSame; the old folder stays then."""
    with tempfile.TemporaryDirectory(prefix="knee-composer-") as place:
        fetched = Path(place)
        with tarfile.open(npm_package(*PYODIDE, fetched)) as archive:
            archive.extractall(fetched, filter="data")
        with zipfile.ZipFile(fetched / "package" / "python_stdlib.zip") as library:
            own = [(f"library/{name}", library.read(name)) for name in library.namelist() if not name.endswith("/")]
        compiled([*own, *packages(fetched)], fetched / "package", fetched / "made")
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(fetched / "package", to / "pyodide")
        shutil.copytree(fetched / "made", to / "made")


def project_files(project: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what the checker needs of a project."""
    for path in (path for pattern in OF_THE_PROJECT.split() for path in sorted(project.glob(pattern)) if path.is_file()):
        yield f"project/{path.relative_to(project).as_posix()}", path.read_bytes()
    own = "hooks/knee/composer/browser/cmarkgfm/_cmark.py"
    yield "packages/cmarkgfm/_cmark.py", (project / own).read_bytes()


def joined(files: Mapping[str, bytes]) -> bytes:
    """Return files as one: the length of a list in 4 bytes, the list of their names and sizes, and their contents."""
    names = json.dumps([[name, len(content)] for name, content in files.items()]).encode()
    return len(names).to_bytes(4, "little") + names + b"".join(files.values())


def lock_of(pyodide: Path) -> dict[str, object]:
    """Return what the interpreter needs at its start: the versions of Python and compiler it was made with, and none of its packages."""
    return {"info": json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))["info"], "packages": {}}


def put_together(to: Path, project: Path = PROJECT, parts: Path = PARTS) -> dict[str, int]:
    """Fill a folder from the fetched parts and a project, and return its files with the bytes that a reader downloads."""
    made = {
        path.relative_to(parts / "made").as_posix(): path.read_bytes() for path in sorted((parts / "made").rglob("*")) if path.is_file()
    }
    library = io.BytesIO()
    with zipfile.ZipFile(library, "w") as kept:  # not packed: it is packed as a whole
        for name in [name for name in made if name.startswith("library/")]:
            kept.writestr(zipfile.ZipInfo(name.removeprefix("library/")), made.pop(name))
    with tempfile.TemporaryDirectory(prefix="knee-composer-") as place:
        made |= compiled(project_files(project), parts / "pyodide", Path(place))
    interpreter = (parts / "pyodide" / "pyodide.asm.wasm").read_bytes()
    packed = {"pyodide.asm.wasm": interpreter, "python_stdlib.zip": library.getvalue(), "core.bin": joined(made)}
    files = {f"{name}.gz": gzip.compress(content, mtime=0) for name, content in packed.items()}
    files |= {name: (parts / "pyodide" / name).read_bytes() for name in ("pyodide.mjs", "pyodide.asm.mjs")}
    files["worker.js"] = (project / "hooks/knee/composer/browser/worker.js").read_bytes()
    sizes = {name: len(content if name.endswith(".gz") else gzip.compress(content)) for name, content in files.items()}
    version = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in files.values())).hexdigest()[:16]
    files["composer.json"] = json.dumps({"version": version, "files": sizes, "lock": lock_of(parts / "pyodide")}).encode()
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for name, content in files.items():
        (to / name).write_bytes(content)
    return sizes


def main(arguments: list[str]) -> int:
    """Fetch (`fetch`), or put the folder together. Return the exit status."""
    if not shutil.which("npm"):
        print("There is no npm here, which comes with Node.js: the checker for browsers was not made.", file=sys.stderr)
        return 0 if arguments else 1
    try:
        sizes = fetch() if arguments else put_together(FOLDER)
    except NotTheSame as problem:
        print(problem, file=sys.stderr)
        return 1
    if sizes:
        print(f"{FOLDER.relative_to(PROJECT)}: {sum(sizes.values()):,} bytes for a reader to download")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
