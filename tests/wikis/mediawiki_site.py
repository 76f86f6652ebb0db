"""A MediaWiki of its own from Debian's package: SQLite, uploads on, otherwise as its installer leaves it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.wikis.servers import HOST, free_port, serving
from tests.wikis.site import Site

USER, PASSWORD = "Publisher", "publish-2026-loopback"
EXTENSIONS = (
    "CategoryTree", "Cite", "Gadgets", "ImageMap", "InputBox", "MultimediaViewer", "PageImages", "ParserFunctions",
    "Poem", "SyntaxHighlight_GeSHi", "TemplateData", "TextExtracts", "WikiEditor",
)  # fmt: skip
"""What a usual wiki has, and what gives a page of a stranger more to call."""
SETTINGS = """
$wgEnableUploads = true;
$wgUploadDirectory = '{uploads}';
$wgUploadPath = '/uploads';
$wgUseImageMagick = false; // php-gd scales
$wgMainCacheType = CACHE_NONE;
$wgParserCacheType = CACHE_NONE;
"""
ROUTER = """<?php
$path = urldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
if ( $path === '/favicon.ico' ) { http_response_code( 204 ); return true; }
if ( strpos( $path, '/uploads/' ) === 0 && strpos( $path, '..' ) === false ) {
	$file = '{uploads}' . substr( $path, strlen( '/uploads' ) );
	if ( !is_file( $file ) ) { http_response_code( 404 ); return true; }
	$types = [ 'png' => 'image/png', 'svg' => 'image/svg+xml', 'jpg' => 'image/jpeg' ];
	header( 'Content-Type: ' . ( $types[ pathinfo( $file, PATHINFO_EXTENSION ) ] ?? 'application/octet-stream' ) );
	readfile( $file );
	return true;
}
return false;
"""


@contextmanager
def mediawiki(packages: Path, folder: Path) -> Iterator[Site]:
    """Installs and serves it, with everything that it writes in `folder`."""
    tree = packages / "usr/share/mediawiki"
    port = free_port()
    for name in ("data", "uploads"):
        (folder / name).mkdir()
    command = [
        "php", tree / "maintenance/install.php", "--dbtype", "sqlite", "--dbname", "wiki", "--dbpath",
        folder / "data", "--confpath", folder, "--server", f"http://{HOST}:{port}", "--scriptpath", "",
        "--pass", PASSWORD,
        f"--with-extensions={','.join(EXTENSIONS)}", "Loopback wiki", USER,
    ]  # fmt: skip
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    settings = folder / "LocalSettings.php"
    settings.write_text(settings.read_text() + SETTINGS.replace("{uploads}", str(folder / "uploads")))
    router = folder / "router.php"
    router.write_text(ROUTER.replace("{uploads}", str(folder / "uploads")))
    env = {"MW_CONFIG_FILE": str(settings)}
    with serving(tree, port, folder / "server.log", router=router, env=env) as address:
        yield Site("mediawiki", address, f"{address}/api.php", USER, PASSWORD, folder)
