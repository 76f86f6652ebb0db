# Opens draw.io files in draw.io's own viewer code, headless and offline, and tells what it made of them.
#
# The viewer bundle comes from the package jupyterlab_drawio_render_extension (draw.io 29.2.7); it is served from
# a local server together with the font of the pictures, so that texts measure as on a machine that has it.
"""Viewer, missing_tools."""

from __future__ import annotations

import base64
import http.server
import importlib.util
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen.diagram.fonts import picture_font

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

HERE = Path(__file__).parent
PAGE = HERE / "drawio_page.html"
INSPECT = HERE / "drawio_inspect.js"
INSPECT_SVG = HERE / "svg_inspect.js"


def viewer_folder() -> Path | None:
    """Where the viewer bundle lies."""
    found = importlib.util.find_spec("jupyterlab_drawio_render_extension")  # not imported: that needs a server
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "static"
        if (folder / "viewer-static.min.js").is_file():
            return folder
    return None


def missing_tools() -> str:
    """What is not installed; "" where all is."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed"
    if not CHROMIUM.is_file():
        return f"there is no {CHROMIUM}"
    if viewer_folder() is None:
        return "draw.io's viewer is not installed (pip install --no-deps jupyterlab_drawio_render_extension==1.0.19)"
    return ""


@dataclass
class Viewer:
    """An open browser with draw.io's viewer in it."""

    page: Any
    outside: list[str] = field(default_factory=list)
    """Addresses asked of other hosts: there must be none."""

    def open(self, file: bytes, page: int = 0) -> dict[str, Any]:
        """What draw.io made of one page of a file: errors, corners of edges, boxes of vertices and texts.

        The file may be a draw.io file, or an SVG or PNG with one in it: draw.io takes it out itself.
        """
        kind = "png" if file.startswith(b"\x89PNG") else "svg" if file.lstrip().startswith(b"<svg") else "xml"
        content = base64.b64encode(file).decode() if kind == "png" else file.decode("utf-8")
        asked = {"content": content, "kind": kind, "page": page}
        answer: dict[str, Any] = self.page.evaluate(INSPECT.read_text(), asked)
        return answer

    def measure(self, svg: bytes) -> dict[str, Any]:
        """Where the browser draws what in an SVG of ours."""
        answer: dict[str, Any] = self.page.evaluate(INSPECT_SVG.read_text(), {"svg": svg.decode("utf-8")})
        return answer

    def screenshot(self, path: Path, width: int, height: int) -> None:
        """The page that is open, as draw.io shows it."""
        self.page.set_viewport_size({"width": width + 40, "height": height + 40})
        self.page.locator("#c svg").first.screenshot(path=str(path))


@contextmanager
def viewer() -> Iterator[Viewer]:
    """Start server and browser, and stop them."""
    from playwright.sync_api import sync_playwright

    folder = viewer_folder()
    assert folder is not None
    server = _server(folder)
    base = f"http://127.0.0.1:{server.server_address[1]}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1600, "height": 1400})
        opened, own = Viewer(page), (base, "data:", "blob:")
        page.on("request", lambda r: opened.outside.append(r.url) if not r.url.startswith(own) else None)
        page.goto(f"{base}/")
        page.wait_for_function("window.GraphViewer && window.__viewer", timeout=60_000)
        yield opened
        browser.close()
    server.shutdown()


def _server(folder: Path) -> http.server.ThreadingHTTPServer:
    files = {f"/{n}": folder / n for n in ("viewer-static.min.js", "shapes.min.js", "stencils.min.js")}
    files["/font.ttf"] = picture_font()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Says nothing."""

        def do_GET(self) -> None:
            name = self.path.split("?", 1)[0]
            body = PAGE.read_bytes() if name == "/" else files[name].read_bytes() if name in files else b""
            self.send_response(200 if body else 404)
            kind = "text/html" if name == "/" else "text/javascript" if name.endswith(".js") else "font/ttf"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
