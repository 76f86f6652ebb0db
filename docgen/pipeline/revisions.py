# Definitions as they stood in a git revision, put into a folder of their own for as long as somebody reads them.
#
# In:  `main:architectures/shop`, or a path. Out: a path to read, and what messages call it. Runs git; writes to a
# temporary folder only.
"""Source, source_at, splits, is_revision."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Note
from docgen.core.errors import MissingToolError, UnreadableInputError
from docgen.core.span import Span

_MOST_BYTES = 64 * 1024 * 1024
_READ = (".yaml", ".yml", ".md")
"""What a design is read from."""
_ROOT = PurePosixPath(".")
_TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Source:
    """Where definitions can be read, and what they are called."""

    path: Path
    label: str
    """`main:architectures/shop`; of a path, the path itself."""
    _folder: str = ""
    _named: str = ""

    def named(self, text: str) -> str:
        """A file's name, or a sentence with it, as the user would call it."""
        return text.replace(self._folder, self._named) if self._folder else text

    def told(self, diagnostic: Diagnostic) -> Diagnostic:
        """A diagnostic with the names that the user would use."""
        return replace(
            diagnostic,
            span=self._span(diagnostic.span),
            text=self.named(diagnostic.text),
            hint=self.named(diagnostic.hint),
            notes=tuple(Note(self._span(n.span), self.named(n.text)) for n in diagnostic.notes),
        )

    def _span(self, span: Span) -> Span:
        return replace(span, file=self.named(span.file))


def splits(text: str) -> tuple[str, str]:
    """Revision and path of `REVISION:PATH`; no revision where it is a path that exists, or has none."""
    if Path(text).exists() or ":" not in text:
        return "", text
    revision, _, path = text.partition(":")
    return (revision, path) if revision else ("", text)


def is_revision(name: str) -> bool:
    """Whether git knows a revision by this name here."""
    try:
        _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{tree}}")
    except (UnreadableInputError, MissingToolError):
        return False
    return True


@contextmanager
def source_at(text: str) -> Iterator[Source]:
    """Where to read a definition or a folder of them: a path, or `REVISION:PATH`.

    Raises:
        UnreadableInputError: there is no such revision or path, or git cannot tell.
        MissingToolError: a revision is named and there is no git.
    """
    revision, path = splits(text)
    if not revision:
        yield Source(Path(path), path)
        return
    tree = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}").decode().strip()
    prefix = _git("rev-parse", "--show-prefix").decode().rstrip("\n")
    wanted = _within(PurePosixPath(prefix), path, text)
    around = _around(tree, wanted)
    blobs = _blobs(tree, around)
    if not any(name.is_relative_to(wanted) for name in blobs):
        raise UnreadableInputError(f"{text}: no definition has this path in that revision")
    with TemporaryDirectory(prefix="docgen-") as held:
        folder = Path(held) / "tree"
        folder.mkdir()
        _put(blobs, around, folder)
        named = revision + ":" + ("" if around == _ROOT else str(around))
        yield Source(folder / wanted.relative_to(around), text, folder.as_posix(), named)


def _within(prefix: PurePosixPath, path: str, text: str) -> PurePosixPath:
    """A path as the root of the repository sees it."""
    parts: list[str] = list(prefix.parts)
    for part in PurePosixPath(path).parts:
        if part == "..":
            if not parts:
                raise UnreadableInputError(f"{text}: the path leads out of the repository")
            parts.pop()
        elif part == "/":
            raise UnreadableInputError(f"{text}: write a path relative to where you are")
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)


def _blobs(tree: str, path: PurePosixPath) -> dict[PurePosixPath, str]:
    """The files at or below a path of a revision that a definition may be read from, by name; links are left out."""
    below = () if path == _ROOT else (str(path),)
    rows = _git("--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", tree, "--", *below)
    found = {}
    for row in rows.decode(errors="surrogateescape").split("\0"):
        about, _, name = row.partition("\t")
        mode, _, blob = about.split() if about else ("", "", "")
        if mode.startswith("100") and PurePosixPath(name).suffix.lower() in _READ:
            found[PurePosixPath(name)] = blob
    return found


def _around(tree: str, wanted: PurePosixPath) -> PurePosixPath:
    """The folder to fetch: `extends` names a neighbour of the folder in which a definition stands."""
    if wanted.suffix and wanted in _blobs(tree, wanted):
        return wanted.parent.parent
    return wanted.parent if _blobs(tree, wanted / "architecture.yaml") else wanted


def _put(blobs: Mapping[PurePosixPath, str], around: PurePosixPath, folder: Path) -> None:
    """Write files of a revision below a folder."""
    asked = "".join(f"{blob}\n" for blob in blobs.values()).encode()
    sizes = [int(row.split()[-1]) for row in _git("cat-file", "--batch-check", given=asked).splitlines()]
    if sum(sizes) > _MOST_BYTES:
        raise UnreadableInputError(f"the definitions in that revision are larger than {_MOST_BYTES >> 20} MB")
    answer = BytesIO(_git("cat-file", "--batch", given=asked))
    for name, size in zip(blobs, sizes, strict=True):
        answer.readline()
        target = folder / name.relative_to(around)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(answer.read(size))
        answer.read(1)


def _git(*arguments: str, given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", *arguments], input=given, capture_output=True, check=False, timeout=_TIMEOUT)
    except FileNotFoundError:
        raise MissingToolError("git is not installed, and it is what reads revisions") from None
    except subprocess.TimeoutExpired:
        raise UnreadableInputError(f"git did not answer within {_TIMEOUT} s") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        name = next((a for a in reversed(arguments) if a.endswith("^{tree}")), "")
        what = f"git knows no revision {name.removesuffix('^{tree}')!r} here" if name else "git failed"
        raise UnreadableInputError(f"{what}: {said[-1]}" if said else what)
    return done.stdout
