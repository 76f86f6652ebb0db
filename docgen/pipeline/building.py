# A design, or a folder of them, through every stage at once: what the commands `check` and `export` do together.
#
# In:  a path and what it is built for. Out: Build: designs, what they have to say, and files in memory.
"""Build, build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, has_errors
from docgen.pipeline.design import Design, open_design
from docgen.pipeline.designs import DEFINITION, open_all
from docgen.pipeline.exporting import export
from docgen.pipeline.output import write_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Everything that was made of a design or of a folder of designs."""

    designs: tuple[Design, ...]
    """Those that could be opened, in order."""
    diagnostics: tuple[Diagnostic, ...]
    """Of all stages and designs, by place."""
    files: Mapping[str, bytes]
    """Content by path with slashes; none where a design has errors."""

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that there are no files."""
        return has_errors(self.diagnostics)

    def write(self, folder: str | Path) -> tuple[Path, ...]:
        """Write the files into a folder: all of them are there, or none; what else stands in it stays."""
        return write_files(Path(folder), self.files)

    def _repr_html_(self) -> str:
        """In a notebook: every design."""
        return "\n".join(design._repr_html_() for design in self.designs)


def build(path: str | Path, to: str = "bundle", *, flow: str = "", site: str = "", workers: int = 1) -> Build:
    """Open, trace, check and draw, and write what `to` needs.

    Args:
        path: A design (a folder or a file), or a folder of designs.
        to: Name of an exporter: `bundle` (pictures, a page that plays the flows, traces, the definition), `html`,
            `markdown`, `confluence`, `mediawiki`, `dokuwiki`.
        flow: Id of the only flow to show; "" for whole designs.
        site: Address of the published site, which pages then link to; "" for none.
        workers: Processes to draw with; 1 draws in this one.

    Raises:
        UnreadableInputError: there is no such path, or it cannot be opened.
        UnknownNameError: there is no such exporter or flow.
    """
    path = Path(path)
    if path.is_file() or (path / DEFINITION).is_file() or not path.is_dir():
        opened = open_design(path)
        designs = tuple(filter(None, [opened.value]))
        diagnostics = opened.diagnostics
    else:
        folder = open_all(path)
        designs, diagnostics = folder.designs, folder.diagnostics
    failed = has_errors(diagnostics)
    files = {} if failed else export(designs, to, flow=flow, site=site, workers=workers)
    return Build(designs=designs, diagnostics=diagnostics, files=MappingProxyType(dict(files)))
