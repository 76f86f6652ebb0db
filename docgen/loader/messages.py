# The loader's diagnostic codes: what `docgen explain CODE` and the site say about them.
#
# In:  nothing. Out: LOADER_CODES. Every code that the loader reports stands here, and no other (a test says so).
"""LOADER_CODES."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class LoaderCode(NamedTuple):
    """One code."""

    title: str
    """A few words, no period at the end."""
    explanation: str
    """Markdown."""


_CODES = {
    "DGY-01": LoaderCode(
        "Not a text that can be read",
        "A definition is UTF-8 text. This file is binary, has another encoding, or holds control "
        "characters. Save it as UTF-8 in your editor. A byte order mark at the start is accepted.",
    ),
    "DGY-02": LoaderCode(
        "Too large",
        "A definition has at most 5 MB. Twenty thousand components fit into less; a larger file is not a "
        "design that a person can follow, or not a definition at all.",
    ),
    "DGY-03": LoaderCode(
        "Empty",
        "There is nothing in the file but white space and comments. A definition begins with `version: 1` "
        "and a `title`.",
    ),
    "DGY-04": LoaderCode(
        "Not YAML",
        "The text breaks YAML's own rules. Most often a line is indented unlike its neighbours, a bracket "
        "or quote is not closed, or a text holds `: ` or begins with a character such as `@` or `%` and "
        "needs quotes. Reading stops here, so repair this first; the next run shows what else there is.",
    ),
    "DGY-05": LoaderCode(
        "A tab",
        "YAML is indented with spaces only, and a tab looks different in every editor. Tabs are refused "
        "everywhere but in comments.",
    ),
    "DGY-06": LoaderCode(
        "The same key twice",
        "A block may have each key once. Plain YAML readers keep the last and forget the first without a "
        "word, which hides mistakes such as two security groups of one name. Keep one of them, or rename "
        "one.",
    ),
    "DGY-07": LoaderCode(
        "Too deep or blown up",
        "Blocks nest at most 100 deep, and aliases (`*name`) may add at most 100,000 values. A few lines of "
        "aliases of aliases can stand for billions of values; no design needs that.",
    ),
    "DGY-08": LoaderCode(
        "A tag",
        "A definition is plain data: text, numbers, true and false, lists and blocks. YAML tags "
        "(`!!python/...`, `!Ref`) are refused, whatever they mean elsewhere.",
    ),
    "DGY-09": LoaderCode(
        "Several documents",
        "A file holds one definition. A line `---` begins a second document; remove it, or make it a design "
        "of its own.",
    ),
    "DGY-10": LoaderCode(
        "An alias that leads nowhere",
        "An alias `*name` repeats the value that has the anchor `&name`. The anchor has to stand before the "
        "alias and not around it. `<<` merges blocks only.",
    ),
    "DGY-11": LoaderCode(
        "Version of the format",
        "The first line says which version of the format the file is written in, so that the format can "
        "move on. This docgen reads `version: 1`.",
    ),
    "DGY-12": LoaderCode(
        "Something is missing",
        "A key that has no default is not there, or has no value. The message names it and shows an example.",
    ),
    "DGY-13": LoaderCode(
        "Unknown key",
        "No such key exists here. It is a typing error, or it belongs to another block: keys are AWS's own "
        "API names in snake_case. The hint names the nearest one.",
    ),
    "DGY-14": LoaderCode(
        "Wrong type",
        "The value is of another type than the key takes: text where a number belongs, one value where a "
        "list belongs. YAML 1.2 rules: only `true` and `false` are booleans, `yes` and `on` are text.",
    ),
    "DGY-15": LoaderCode(
        "Not an address",
        "An IPv4 address has four numbers from 0 to 255; a block has an address and a prefix length, "
        "`10.0.0.0/16`. Inside a VPC `+0.0.10.0/24` counts from the VPC's first address. IPv6 is not "
        "traced.",
    ),
    "DGY-16": LoaderCode(
        "Number out of range",
        "AWS accepts this number in certain limits only, and the message names them: a port up to 65535, a "
        "network ACL's rule number up to 32766.",
    ),
    "DGY-17": LoaderCode(
        "Not one of the choices",
        "The key takes one of a few values, spelt as AWS's API spells them.",
    ),
    "DGY-18": LoaderCode(
        "Not an id",
        "Ids become names of files, links and anchors: letters, digits, `-`, `_` and `.`, a letter or digit "
        "first, at most 64 characters. A reference is an id, or `vpc/id`. What people should read goes into "
        "`title`.",
    ),
    "DGY-19": LoaderCode(
        "Unfit text",
        "Titles are one line of at most 200 characters, descriptions have at most 5,000, and neither may "
        "hold control characters or characters that turn the reading direction: they can make a text look "
        "like another one.",
    ),
    "DGY-20": LoaderCode(
        "The same id twice",
        "Ids are unique per kind and VPC. Blocks per zone count too: `app` in zones a and b is `app-a` and `app-b`.",
    ),
    "DGY-21": LoaderCode(
        "A rule that is not understood",
        "Rules read `tcp 443 from 0.0.0.0/0`, `tcp 80,443 from edge`, `tcp 8080-8090 to 10.0.0.0/8`, `icmp "
        "from app`, `all from app`; entries of a network ACL have `allow` or `deny` in front. Incoming ones "
        "say `from`, outgoing ones `to`. Calls read `orders:3306`, `tcp 3306 to orders` or "
        "`https://api.example.com`; what listens, `8080` or `udp 53`.",
    ),
    "DGY-22": LoaderCode(
        "Zones",
        "A zone is a letter (`a`) or a full name (`ap-south-1a`) of the VPC's Region. A list per zone "
        "(`cidr_blocks`, `elastic_ips`) has one value for each zone of the VPC, in their order. A subnet "
        "with a single block names its zone where the VPC has several.",
    ),
    "DGY-23": LoaderCode(
        "One of several is meant",
        "The name stands for one component per zone, and this place takes a single one. Inside a zone "
        "docgen takes the zone's own; elsewhere name the one that you mean, `nat-a`.",
    ),
    "DGY-24": LoaderCode(
        "Region",
        "A VPC stands in a Region, and zones are named after it: `region: ap-south-1` at the top of the "
        "file, in an account or in the VPC, or VPCs nested in `regions:`.",
    ),
    "DGY-25": LoaderCode(
        "Unknown template",
        "A VPC's `template` names a block under `templates:` at the top of the file.",
    ),
    "DGY-26": LoaderCode(
        "Cannot extend",
        "`extends` names the folder of another design beside this one: a plain name, no path. Designs may "
        "extend each other in a chain, never in a circle.",
    ),
    "DGY-27": LoaderCode(
        "Variant",
        "A flow's `when: {variant: ...}` names a block under `variants:`. A variant changes components and "
        "flows, not the title, the summary or other variants.",
    ),
    "DGY-28": LoaderCode(
        "Nothing to remove",
        "In a patch (`extends`, a variant, a VPC with a template) an empty value removes what the base has "
        "under that key. Here the base has nothing: the name is misspelt, or the base has changed.",
    ),
    "DGY-29": LoaderCode(
        "Bits behind the prefix",
        "`10.0.5.0/16` has bits set behind its 16-bit prefix. AWS clears them without a word and takes "
        "`10.0.0.0/16`; docgen does the same, and says so.",
    ),
    "DGY-30": LoaderCode(
        "Unknown reason code",
        "`expect: {blocked: CODE}` takes one of the codes that a trace can give. `docgen explain` lists "
        "them; `{blocked: true}` takes any.",
    ),
    "DGY-31": LoaderCode(
        "Values exclude each other",
        "Two keys of a block contradict each other, or say the same thing twice. Keep one.",
    ),
    "DGY-32": LoaderCode(
        "Too much for one definition",
        "After expansion a definition has at most 60,000 components, and 300,000 values in them: rules, "
        "routes, targets, references. Split the design.",
    ),
    "DGY-33": LoaderCode(
        "Index of designs",
        "`architectures/index.yaml` lists chapters, each with a `title`, a `summary` if you like, and the `slugs` "
        "of its designs, in the order in which a reader should meet them. A slug is the name of a folder beside the "
        "index, and stands in it once.",
    ),
    "DGY-34": LoaderCode(
        "Too many mistakes",
        "After a thousand mistakes docgen stops checking. Usually a few at the top of the file cause the rest.",
    ),
    "DGY-35": LoaderCode(
        "Nothing that can be called",
        "A flow's `to` and a component's `calls` name a component, an address or a DNS name. A port may stand "
        "behind it, `orders:3306`, and a URL says protocol and port itself: `https://example.com` is tcp 443, "
        "`postgres://orders` tcp 5432. Schemes without a usual port need one: `tcp://orders:9000`.",
    ),
}
LOADER_CODES: Mapping[str, LoaderCode] = MappingProxyType(_CODES)
"""By code."""
