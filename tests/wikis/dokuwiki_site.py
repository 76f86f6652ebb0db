"""A DokuWiki of its own from Debian's package: one user, everybody reads, the remote interface on."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.wikis.servers import free_port, serving
from tests.wikis.site import Site

USER, PASSWORD = "publisher", "publish-2026-loopback"
SETTINGS = """<?php
$conf['title'] = 'Loopback wiki';
$conf['useacl'] = 1;
$conf['superuser'] = '@admin';
$conf['disableactions'] = 'register';
$conf['remote'] = 1;
$conf['remoteuser'] = '@user';
$conf['savedir'] = '{data}';
$conf['updatecheck'] = 0;
"""
ACL = "# acl.auth.php\n# <?php exit()?>\n*\t@ALL\t1\n*\t@user\t8\n"
USERS = "# users.auth.php\n# <?php exit()?>\n{user}:{hash}:Publisher:publisher@example.org:user\n"


@contextmanager
def dokuwiki(packages: Path, folder: Path) -> Iterator[Site]:
    """Copies, sets up and serves it; the package's own absolute paths lead into the copy."""
    tree, conf, data = folder / "tree", folder / "conf", folder / "data"
    shutil.copytree(packages / "usr/share/dokuwiki", tree, ignore=shutil.ignore_patterns(".htaccess"))
    shutil.copytree(packages / "etc/dokuwiki", conf, ignore=shutil.ignore_patterns("*.auth.php"))
    shutil.copytree(packages / "var/lib/dokuwiki/data", data)
    for script in tree.rglob("*.php"):
        code = script.read_bytes()
        moved = code.replace(b"/usr/share/php", f"{packages}/usr/share/php".encode())
        moved = moved.replace(b"/usr/share/javascript", f"{packages}/usr/share/javascript".encode())
        moved = moved.replace(b"/etc/dokuwiki", str(conf).encode())
        if moved != code:
            script.write_bytes(moved)
    (conf / "local.php").write_text(SETTINGS.replace("{data}", str(data)))
    (conf / "acl.auth.php").write_text(ACL)
    (conf / "users.auth.php").write_text(USERS.format(user=USER, hash=_hash(PASSWORD)))
    port = free_port()
    with serving(tree, port, folder / "server.log") as address:
        yield Site("dokuwiki", address, f"{address}/lib/exe/xmlrpc.php", USER, PASSWORD, folder)


def _hash(password: str) -> str:
    code = "echo password_hash($argv[1], PASSWORD_BCRYPT);"
    return subprocess.run(["php", "-r", code, password], capture_output=True, text=True, check=True).stdout
