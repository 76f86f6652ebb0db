"""Site: a wiki that runs, and what the tests ask of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.parse
import urllib.request
import xmlrpc.client
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GUIDE = Path(__file__).parents[2] / "site/guide/embedding.md"
NAMESPACE = "networks"


@dataclass(frozen=True)
class Site:
    """Where a wiki answers and who may write to it."""

    name: str
    """`mediawiki`, `dokuwiki`."""
    address: str
    api: str
    user: str
    password: str
    folder: Path
    """What it writes."""

    @property
    def content(self) -> str:
        """Selects what a page of the export becomes."""
        return "#mw-content-text .mw-parser-output" if self.name == "mediawiki" else "#dokuwiki__content .page"

    @property
    def mishap(self) -> str:
        """Selects what the wiki shows where markup is wrong or a file is missing."""
        if self.name == "mediawiki":
            return ".error, .warning, .thumberror, .mw-broken-media, a.new"
        return ".error, .notify, .wikilink2, .mediafile:not([href])"

    @property
    def start(self) -> str:
        """A page of the wiki's own."""
        return f"{self.address}/{'index.php' if self.name == 'mediawiki' else 'doku.php'}"

    def page(self, name: str) -> str:
        """Address of a page of the manifest."""
        if self.name == "mediawiki":
            return f"{self.address}/index.php?{urllib.parse.urlencode({'title': name})}"
        return f"{self.address}/doku.php?id={NAMESPACE}:{name}"

    def file(self, name: str) -> str:
        """Address of a file of the manifest, as it was uploaded."""
        if self.name == "mediawiki":
            asked = {"action": "query", "prop": "imageinfo", "iiprop": "url", "titles": f"File:{name}"}
            (page,) = self._asked(asked)["query"]["pages"].values()
            return str(page["imageinfo"][0]["url"])
        return f"{self.address}/lib/exe/fetch.php?media={NAMESPACE}:{name}"

    def source(self, name: str) -> str:
        """The text of a page as the wiki has it."""
        if self.name == "mediawiki":
            asked = {"action": "query", "prop": "revisions", "rvprop": "content", "rvslots": "main", "titles": name}
            (page,) = self._asked(asked)["query"]["pages"].values()
            return str(page["revisions"][0]["slots"]["main"]["*"])
        return str(self.remote().wiki.getPage(f"{NAMESPACE}:{name}"))

    def changes(self) -> int:
        """How many times somebody saved a page or a file."""
        if self.name == "mediawiki":
            asked = {"action": "query", "list": "recentchanges", "rclimit": "500"}
            return len(self._asked(asked)["query"]["recentchanges"])
        lines = [
            *(self.folder / "data/meta").rglob("*.changes"),
            *(self.folder / "data/media_meta").rglob("*.changes"),
        ]
        return sum(len(one.read_text().splitlines()) for one in lines if not one.name.startswith("_"))

    def remote(self) -> Any:
        """DokuWiki's remote interface."""
        login = f"{self.user}:{self.password}@"
        return xmlrpc.client.ServerProxy(self.api.replace("://", f"://{login}"))

    def _asked(self, fields: dict[str, str]) -> Any:
        with urllib.request.urlopen(f"{self.api}?{urllib.parse.urlencode({'format': 'json', **fields})}") as answer:
            return json.load(answer)

    def publish(self, folder: Path) -> subprocess.CompletedProcess[str]:
        """Runs the guide's own script."""
        (script,) = re.findall(
            rf'^```python title="publish_{self.name}.py"\n(.*?)^```$', GUIDE.read_text(), re.M | re.S
        )
        program = self.folder / f"publish_{self.name}.py"
        program.write_text(script)
        where = [self.api] if self.name == "mediawiki" else [self.address, NAMESPACE]
        return subprocess.run(
            [sys.executable, str(program), str(folder), *where, self.user],
            env={"WIKI_PASSWORD": self.password, "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
