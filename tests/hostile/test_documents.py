"""Files that are no definitions, or that want to blow up, run or hide something: each ends in a message.

To add a case: a line in a table below, with a sentence as its id and a part of the message that it has to end in.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

HEAD = "version: 1\ntitle: Hostile\nregion: ap-south-1\nzones: [a]\n"
SHOP = HEAD + "vpcs:\n  shop:\n    cidr_block: 10.0.0.0/16\n    subnets: {app: {cidr_block: 10.0.1.0/24}}\n"
SERVER = SHOP + "    instances: {web: {subnet: app}}\n"


def flow(**values: object) -> str:
    given = {"from": "web", "to": "web", "port": 443, **{k.rstrip("_"): v for k, v in values.items()}}
    return SERVER + "flows:\n  f:\n" + "".join(f"    {k}: {v}\n" for k, v in given.items())


def bomb(levels: int, width: int) -> str:
    lines = ['a0: &a0 ["lol"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, levels)]
    return HEAD + "\n".join(lines)


NOT_TEXT = {
    "an-empty-file": (b"", "the file is empty"),
    "only-spaces": (b"   \n  \n", "the file is empty"),
    "only-a-comment": (b"# nothing\n", "the file is empty"),
    "only-a-mark-of-order": (b"\xef\xbb\xbf", "the file is empty"),
    "utf-16-little": ("version: 1\n".encode("utf-16"), "UTF-16"),
    "utf-16-big": (b"\xfe\xff" + "version: 1\n".encode("utf-16-be"), "UTF-16"),
    "utf-32": ("version: 1\n".encode("utf-32"), "UTF-16"),
    "utf-16-without-mark": ("version: 1\n".encode("utf-16-le"), "a binary file"),
    "latin-1": ("title: é".encode("latin-1"), "is not UTF-8"),
    "half-a-character": (b"title: \xe2\x82", "is not UTF-8"),
    "a-surrogate-in-bytes": (b"title: \xed\xa0\x80", "is not UTF-8"),
    "an-overlong-slash": (b"title: \xc0\xaf", "is not UTF-8"),
    "beyond-unicode": (b"title: \xf4\x90\x80\x80", "is not UTF-8"),
    "a-png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not UTF-8"),
    "an-elf": (b"\x7fELF\x02\x01\x01\0\0\0", "the control character U+007F"),
    "a-zip": (b"PK\x03\x04\x14\0\0\0", "the control character U+0003"),
    "a-gzip": (b"\x1f\x8b\x08\0\0\0\0\0", "is not UTF-8"),
    "a-nul": (b"title: a\0b", "a binary file"),
    "an-escape-sequence": (b"title: \x1b[31mred\x1b[0m", "the control character U+001B"),
    "a-bell": (b"title: \x07", "the control character U+0007"),
    "a-backspace": (b"title: good\x08\x08\x08\x08evil", "the control character U+0008"),
    "a-c1-control": ("title: a\x9bb".encode(), "the control character U+009B"),
    "a-noncharacter": ("title: \uffff".encode(), "the control character U+FFFF"),
    "a-line-separator": ("title: a\u2028b".encode(), "U+2028"),
    "tabs": (b"version: 1\n\ttitle: x\n", "a tab"),
    "html": (b"<!doctype html><script>alert(1)</script>", "a definition is a block of keys"),
    "json-of-a-list": (b"[1, 2]", "a definition is a block of keys"),
    "a-number": (b"1", "a definition is a block of keys"),
    "a-shell-script": (b"#!/bin/sh\nrm -rf /\n", "a definition is a block of keys"),
    "two-documents": (b"version: 1\ntitle: a\n---\nversion: 1\n", "a second document"),
    "a-percent-directive": (b"%YAML 9.9\n---\nversion: 1\n", "not YAML"),
    "six-megabytes": (b"a: " + b"x" * (6 << 20), "larger than 5 MB"),
    "six-megabytes-of-brackets": (b"[" * (6 << 20), "larger than 5 MB"),
}
TREES = {
    "billion-laughs": (bomb(10, 10), "aliases blow the definition up"),
    "wide-aliases": (HEAD + "a: &a [" + "x," * 5000 + "]\nb: [" + "*a," * 500 + "]", "aliases blow the definition up"),
    "quadratic-mapping": (HEAD + "a: &a {" + ",".join(f"k{n}: 1" for n in range(2000)) + "}\nb: [" + "*a," * 200 + "]", "aliases blow the definition up"),
    "an-anchor-that-holds-itself": (HEAD + "a: &a [*a]", "stands inside its own anchor"),
    "a-block-that-merges-itself": (HEAD + "a: &a {<<: *a}", "stands inside its own anchor"),
    "anchors-in-a-circle": (HEAD + "a: &a [&b [*a, *b]]", "stands inside its own anchor"),
    "an-alias-without-anchor": (HEAD + "a: *b", "has no anchor"),
    "an-alias-as-key": (HEAD + "a: &a b\n*a : c", "no key"),
    "a-merge-of-text": (HEAD + "a: {<<: hello}", "`<<` takes a block"),
    "a-merge-of-a-list-of-text": (HEAD + "a: {<<: [x, y]}", "`<<` takes a block"),
    "a-merge-that-brings-a-bad-key": (HEAD + "x: &x {evil: 1}\nvpcs: {shop: {<<: *x, cidr_block: 10.0.0.0/16}}", "evil"),
    "a-thousand-lists": (HEAD + "a: " + "[" * 1000 + "]" * 1000, "nested deeper"),
    "a-thousand-blocks": (HEAD + "a: " + "{a: " * 1000 + "1" + "}" * 1000, "nested deeper"),
    "a-hundred-thousand-lists": (HEAD + "a: " + "[" * 100_000, "nested deeper"),
    "a-thousand-indented-blocks": (HEAD + "".join("  " * n + "a:\n" for n in range(1000)), "nested deeper"),
    "a-thousand-dashes": (HEAD + "a:\n" + "- " * 1000 + "x", "nested deeper"),
    "nesting-by-aliases": (HEAD + "a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [[[*a{n - 1}]]]" for n in range(1, 60)), "aliases blow the definition up"),
    "questions-as-keys": (HEAD + "? " * 500 + "a", "nested deeper"),
    "half-a-million-values": (HEAD + "a: [" + "1," * 600_000 + "]", "more than 500,000 values"),
    "an-object-of-python": (HEAD + "a: !!python/object/apply:os.system [id]", "the tag"),
    "a-module-of-python": (HEAD + "a: !!python/module:os", "the tag"),
    "a-name-of-python": (HEAD + "a: !!python/name:os.system", "the tag"),
    "a-tag-of-somebody": (HEAD + "a: !evil x", "the tag"),
    "a-binary-tag": (HEAD + "a: !!binary aGVsbG8=", "the tag"),
    "a-set-tag": (HEAD + "a: !!set {x}", "the tag"),
    "a-tag-with-an-address": (HEAD + "a: !<https://evil.example/x> y", "the tag"),
    "a-very-long-tag": (HEAD + "a: !" + "x" * 900 + " y", "the tag"),
    "a-key-twice": (HEAD + "title: again", "stands twice"),
    "a-component-twice": (SHOP + "    subnets: {}", "stands twice"),
    "a-key-of-a-list": (HEAD + "? [a, b]\n: c", "a key must be a plain word"),
    "a-key-of-a-block": (HEAD + "{a: b}: c", "a key must be a plain word"),
    "a-null-key": (HEAD + "~: c", "a key must be a plain word"),
    "an-empty-key": (HEAD + '"": c', "no key"),
    "a-quote-never-closed": (HEAD + 'a: "' + "x" * 1000, "is never closed"),
    "an-unknown-escape": (HEAD + r'a: "\z"', "an escape that YAML does not know"),
    "a-lone-surrogate-by-escape": (HEAD.replace("Hostile", r'"\ud800"'), ""),
    "a-nul-by-escape": (HEAD.replace("Hostile", r'"a\0b"'), "invisible character U+0000"),
    "an-escape-sequence-by-escape": (HEAD.replace("Hostile", r'"\e[2J"'), "invisible character U+001B"),
    "a-direction-mark-in-a-title": (HEAD.replace("Hostile", "a\u202eb"), "invisible character U+202E"),
    "an-isolate-in-a-title": (HEAD.replace("Hostile", "a\u2066b"), "invisible character U+2066"),
    "a-zero-width-space": (HEAD.replace("Hostile", "a\u200bb"), "invisible character U+200B"),
    "a-mark-of-order-in-a-title": (HEAD.replace("Hostile", "a\ufeffb"), ""),
    "a-key-that-reorders": (HEAD + '"a\u202eb": 1', "no key"),
    "a-key-that-clears-the-screen": (HEAD + r'"\e[2J\e]0;x\a": 1', "no key"),
    "a-key-of-markup": (HEAD + '"<script>alert(1)</script>": 1', "no key"),
    "a-thousand-mistakes": (HEAD + "".join(f"k{n}: 1\n" for n in range(3000)), "1,000 mistakes"),
    "a-line-of-a-megabyte": (HEAD + "a: " + "x" * (1 << 20), "no key"),
    "a-key-of-a-megabyte": (HEAD + '? "' + "x" * (1 << 20) + '"\n: 1', ""),
    "a-comment-of-a-megabyte": (HEAD + "#" * (1 << 20), ""),
    "a-title-of-a-megabyte": (HEAD.replace("Hostile", "x" * (1 << 20)), "characters; at most 200 fit"),
    "an-id-of-a-megabyte": (HEAD + 'vpcs:\n  ? "' + "x" * (1 << 20) + '"\n  : {cidr_block: 10.0.0.0/16}', "64 are enough"),
    "a-reference-of-a-megabyte": (SHOP + "    instances: {web: {subnet: " + "x" * (1 << 20) + "}}", "cannot be the name"),
    "a-rule-of-a-megabyte": (SHOP + "    security_groups: {g: {ingress: [" + "tcp " * 200_000 + "]}}", "is not understood"),
    "lines-without-end": (HEAD + "\n" * 1_000_000, ""),
    "spaces-without-end": (HEAD + " " * 1_000_000 + "a: 1", ""),
}  # fmt: skip
NUMBERS = {
    "a-port-of-a-thousand-digits": (flow(port="9" * 1000), "65535"),
    "a-negative-port": (flow(port=-1), "65535"),
    "port-65536": (flow(port=65536), "65535"),
    "a-port-that-is-no-number": (flow(port=".nan"), ""),
    "an-infinite-port": (flow(port=".inf"), ""),
    "a-port-with-an-exponent": (flow(port="1e999"), ""),
    "a-hexadecimal-port": (flow(port="0xFFFFFFFFFFFFFFFFFF"), ""),
    "an-octal-port": (flow(port="0o777777777777"), ""),
    "a-port-of-other-digits": (flow(port="٤٤٣"), ""),
    "a-boolean-port": (flow(port="true"), ""),
    "a-date-as-port": (flow(port="2026-11-28"), ""),
    "a-list-as-port": (flow(port="[443]"), ""),
    "a-block-as-port": (flow(port="{a: 443}"), ""),
    "a-packet-larger-than-the-world": (flow(packet_size="9" * 400), ""),
    "a-packet-of-nothing": (flow(packet_size=-1), ""),
    "a-packet-that-is-no-number": (flow(packet_size=".nan"), ""),
    "a-prefix-of-a-thousand-digits": (SHOP.replace("10.0.0.0/16", "10.0.0.0/" + "9" * 1000), "10.0.0.0/999"),
    "a-prefix-of-minus-one": (SHOP.replace("10.0.0.0/16", "10.0.0.0/-1"), ""),
    "a-block-of-everything": (SHOP.replace("10.0.0.0/16", "0.0.0.0/0"), ""),
    "an-address-out-of-range": (SHOP.replace("10.0.0.0/16", "999.0.0.0/16"), ""),
    "an-address-of-digits": (SHOP.replace("10.0.0.0/16", "1" * 5000), ""),
    "an-address-of-ipv6": (SHOP.replace("10.0.0.0/16", "::/0"), ""),
    "an-address-with-a-scope": (SHOP.replace("10.0.0.0/16", '"fe80::1%eth0/64"'), ""),
    "an-address-of-other-digits": (SHOP.replace("10.0.0.0/16", "١٠.0.0.0/16"), ""),
    "a-block-of-all-ipv6": (SHOP.replace("cidr_block: 10.0.0.0/16", "cidr_block: 10.0.0.0/16\n    ipv6_cidr_block: ::/0"), ""),
    "a-version-from-the-future": (SHOP.replace("version: 1", "version: 99999999999999999999"), "reads version 1"),
    "a-version-that-is-no-number": (SHOP.replace("version: 1", "version: .nan"), "reads version 1"),
    "a-version-with-a-point": (SHOP.replace("version: 1", "version: 1.0"), "reads version 1"),
    "a-version-as-text": (SHOP.replace("version: 1", "version: '1'"), "reads version 1"),
    "an-account-of-digits": (HEAD + "accounts: {a: {account_id: " + "1" * 500 + "}}", ""),
    "an-asn-beyond-32-bits": (HEAD + "transit_gateways: {t: {amazon_side_asn: 99999999999999999999}}", ""),
    "an-asn-of-minus-one": (HEAD + "transit_gateways: {t: {amazon_side_asn: -1}}", ""),
    "an-asn-that-is-infinite": (HEAD + "transit_gateways: {t: {amazon_side_asn: .inf}}", ""),
    "a-group-of-a-million-servers": (SHOP + "    auto_scaling_groups: {g: {subnets: [app], min_size: 1000000, max_size: 1000000}}", "500"),
    "a-group-of-minus-one": (SHOP + "    auto_scaling_groups: {g: {subnets: [app], min_size: -1}}", ""),
    "a-count-that-is-no-number": (SHOP + "    auto_scaling_groups: {g: {subnets: [app], min_size: .nan}}", ""),
    "a-rule-of-all-ports-twice": (SHOP + "    security_groups: {g: {ingress: ['tcp 0-99999999999999999999 from 0.0.0.0/0']}}", ""),
    "a-rule-of-ports-upside-down": (SHOP + "    security_groups: {g: {ingress: ['tcp 99-1 from 0.0.0.0/0']}}", ""),
    "a-rule-of-very-many-ports": (SHOP + "    security_groups: {g: {ingress: ['tcp " + ",".join(map(str, range(60))) + " from 0.0.0.0/0']}}", ""),
    "an-entry-of-number-zero": (SHOP + "    network_acls: {n: {ingress: {0: allow all from 0.0.0.0/0}}}", ""),
    "an-entry-of-a-thousand-digits": (SHOP + "    network_acls: {n: {ingress: {" + "9" * 1000 + ": allow all from 0.0.0.0/0}}}", ""),
    "an-entry-that-is-no-number": (SHOP + "    network_acls: {n: {ingress: {.nan: allow all from 0.0.0.0/0}}}", ""),
    "a-boolean-as-id": (HEAD + "vpcs: {true: {cidr_block: 10.0.0.0/16}}", ""),
    "a-null-as-id": (HEAD + "vpcs: {null: {cidr_block: 10.0.0.0/16}}", "a key must be a plain word"),
    "a-date-as-id": (HEAD + "vpcs: {2026-11-28: {cidr_block: 10.0.0.0/16}}", ""),
    "a-number-as-id": (HEAD + "vpcs: {12345: {cidr_block: 10.0.0.0/16}}", ""),
    "a-nan-as-id": (HEAD + "vpcs: {.nan: {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "a-boolean-as-title": (HEAD.replace("Hostile", "yes and no") + "vpcs: true", ""),
    "a-date-as-title": (HEAD.replace("Hostile", "2026-11-28"), ""),
    "a-number-as-summary": (HEAD + "summary: 1e400", ""),
    "a-zone-of-letters": (SHOP.replace("[a]", "[" + "z" * 1000 + "]"), ""),
    "a-thousand-zones": (SHOP.replace("[a]", "[" + ",".join(f"z{n}" for n in range(1000)) + "]"), ""),
    "a-zone-that-is-a-block": (SHOP.replace("[a]", "{a: b}"), ""),
    "a-region-of-slashes": (SHOP.replace("ap-south-1", "../../etc"), ""),
    "a-region-of-markup": (SHOP.replace("ap-south-1", '"<svg/onload=x>"'), ""),
    "a-floating-time-to-live": (HEAD + "hosted_zones: {z: {domain_name: a.example, records: [{name: a.example, type: A, ttl: .inf}]}}", ""),
    "a-name-of-empty-labels": (HEAD + "hosted_zones: {z: {domain_name: '..', records: []}}", ""),
    "a-name-of-a-thousand-labels": (HEAD + "hosted_zones: {z: {domain_name: " + "a." * 1000 + "example}}", ""),
}  # fmt: skip
PATHS = {
    "extends-a-parent": (HEAD + "extends: ..", "the name of a folder beside this one"),
    "extends-a-path": (HEAD + "extends: ../../../etc/passwd", "the name of a folder beside this one"),
    "extends-an-absolute-path": (HEAD + "extends: /etc", "the name of a folder beside this one"),
    "extends-a-path-of-windows": (HEAD + r"extends: '..\..\windows'", "the name of a folder beside this one"),
    "extends-an-address": (HEAD + "extends: https://evil.example/x", "the name of a folder beside this one"),
    "extends-a-list": (HEAD + "extends: [a, b]", "the name of a folder beside this one"),
    "extends-a-nul": (HEAD + r'extends: "a\0b"', "the name of a folder beside this one"),
    "extends-dots-in-the-middle": (HEAD + "extends: a..b", "the name of a folder beside this one"),
    "extends-a-hidden-folder": (HEAD + "extends: .git", "the name of a folder beside this one"),
    "extends-from-no-folder": (HEAD + "extends: other", "needs a file in a folder"),
    "an-id-of-a-path": (HEAD + "vpcs: {../../x: {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-a-slash": (HEAD + "vpcs: {a/b: {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-a-backslash": (HEAD + r"vpcs: {'a\b': {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-dots": (HEAD + "vpcs: {'..': {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-with-dots-inside": (HEAD + "vpcs: {a..b: {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-that-is-an-option": (HEAD + "vpcs: {-rf: {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-a-drive": (HEAD + "vpcs: {'C:x': {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-markup": (HEAD + "vpcs: {'<b>': {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-a-quote": (HEAD + "vpcs: {'a\"b': {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-a-template": (HEAD + "vpcs: {'{{7*7}}': {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-a-space": (HEAD + "vpcs: {'a b': {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-another-alphabet": (HEAD + "vpcs: {аdmin: {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-nothing": (HEAD + "vpcs: {'': {cidr_block: 10.0.0.0/16}}", "cannot be the id"),
    "an-id-of-a-newline": (HEAD + r'vpcs: {"a\nb": {cidr_block: 10.0.0.0/16}}', "cannot be the id"),
    "an-id-of-a-nul": (HEAD + r'vpcs: {"a\0": {cidr_block: 10.0.0.0/16}}', "cannot be the id"),
    "an-id-of-an-escape-sequence": (HEAD + r'vpcs: {"\e[31m": {cidr_block: 10.0.0.0/16}}', "cannot be the id"),
    "a-flow-of-a-path": (SERVER + "flows: {../../x: {from: web, to: web, port: 1}}", "cannot be the id"),
    "a-view-of-a-path": (SERVER + "views: {../../x: {title: x}}", "cannot be the id"),
    "a-variant-of-a-path": (SERVER + "variants: {../../x: {title: x}}", "cannot be the id"),
    "an-invariant-of-a-path": (SERVER + "invariants: {../../x: {never: {from: web, to: web}}}", ""),
    "a-flow-from-a-path": (flow(from_="../../etc/passwd"), ""),
    "a-flow-from-markup": (flow(from_="'<img src=x onerror=alert(1)>'"), ""),
    "a-flow-to-a-script": (flow(to="'javascript:alert(1)'"), ""),
    "a-flow-to-data": (flow(to="'data:text/html,<script>alert(1)</script>'"), ""),
    "a-flow-to-a-file": (flow(to="'file:///etc/passwd'"), ""),
    "a-flow-to-a-name-of-ten-thousand-letters": (flow(to="a" * 10_000), ""),
    "a-reference-of-a-path": (SHOP + "    instances: {web: {subnet: ../../app}}", ""),
    "a-template-of-a-path": (SHOP + "    instances: {web: {template: ../x, subnet: app}}", ""),
}  # fmt: skip


@pytest.mark.parametrize(("data", "told"), NOT_TEXT.values(), ids=list(NOT_TEXT))
def test_what_is_no_text(docgen: Callable[..., object], data: bytes, told: str) -> None:
    ended = docgen("check", "-", stdin=data, codes=(1,))
    assert told in ended.out


@pytest.mark.parametrize(("text", "told"), (TREES | PATHS).values(), ids=list(TREES | PATHS))
def test_trees_and_names(docgen: Callable[..., object], text: str, told: str) -> None:
    ended = docgen("check", "-", stdin=text, codes=(1,) if told else (0, 1))
    assert told in ended.out


@pytest.mark.parametrize(("text", "told"), NUMBERS.values(), ids=list(NUMBERS))
def test_numbers(docgen: Callable[..., object], text: str, told: str) -> None:
    ended = docgen("trace", "-", stdin=text, codes=(1,) if told else (0, 1))
    assert told in ended.told
