"""What MediaWiki and DokuWiki would make something of, and a definition that has it in every text field."""

from __future__ import annotations

from collections.abc import Iterator

from tests.exporters.samples import ATTACKS

EVIL = "https://evil.example"
MEDIAWIKI = (
    "#REDIRECT [[Evil]]",
    "[[Category:Evil]] [[File:Evil.png|thumb|evil]] [[Media:Evil.png]] [[:en:Evil]] [[#top|evil]]",
    f"[{EVIL}/ evil] [mailto:evil@evil.example evil] [//evil.example evil] [javascript:alert(1) evil]",
    "{{Special:RecentChanges}} {{#if:1|evil|}} {{subst:CURRENTTIME}} {{DEFAULTSORT:evil}} {{DISPLAYTITLE:evil}}",
    "__NOINDEX__ __NOEDITSECTION__ __HIDDENCAT__ __FORCETOC__ ~~~ ~~~~~",
    f'<div style="position:fixed;background:url({EVIL}/x.png)" class="mw-editsection" onclick="alert(1)">evil</div>',
    "</li></ol></div></div></div><table><tr><td>evil</table><center><big><font color=red>evil</font>",
    "<ref>evil</ref><references/> <nowiki/> <pre>evil</pre> <poem>evil</poem> <gallery>File:Evil.png</gallery>",
    '<syntaxhighlight lang="html"><script>alert(1)</script></syntaxhighlight> <source lang="js">evil</source>',
    "<inputbox>type=create</inputbox> <imagemap>File:Evil.png</imagemap> <categorytree>Evil</categorytree>",
    "<!-- evil --> <includeonly>evil</includeonly> <noinclude>evil</noinclude> <onlyinclude>evil</onlyinclude>",
    "-{zh-hans:evil;zh-hant:live}- '''''evil''''' ''x'' &lt;b&gt; &#60;script&#62; &nbsp; &amp;amp;",
    '{| class="wikitable" style="position:fixed"',
    "|}",
    "|- style=evil",
    "; evil : evil",
    ":::{{{evil|}}}",
    "**# evil",
    "RFC 2616 PMID 12345 ISBN 978-0-306-40615-7 urn:isbn:1 tel:123 news:evil irc://evil.example",
)
DOKUWIKI = (
    "~~NOTOC~~ ~~NOCACHE~~ ~~INFO:syntaxplugins~~ ~~REDIRECT>evil~~",
    f"{{{{{EVIL}/x.png}}}} {{{{{EVIL}/x.swf?100}}}} {{{{rss>{EVIL}/feed 5}}}} {{{{wiki:dokuwiki-128.png}}}}",
    "{{javascript:alert(1)|x}} {{data:text/html,evil}} {{https://evil.example/x.mp4}}",
    f"[[{EVIL}|evil]] [[javascript:alert(1)|evil]] [[doku>evil]] [[evil|{{{{{EVIL}/x.png}}}}]] [[\\\\evil\\share]]",
    "\\\\evil.example\\share \\\\ <evil@evil.example> ftp.evil.example http://evil.example:80/",
    "<PHP>phpinfo();</PHP> <HTML><script>alert(1)</script></HTML> <html><img src=x onerror=alert(1)></html>",
    "%% %%% %%%% a%%b %%</nowiki>%%<script>alert(1)</script>",
    "</nowiki>%%<nowiki>%%</nowiki></nowiki> ((evil footnote)) 100% 50%%",
    "</code></file><code php>echo 1;</code> <file html evil.html><script>alert(1)</script></file>",
    "^ evil ^ evil ^",
    "::: | ::: |",
    "> evil >> evil",
    "====== evil ======",
    "** evil ** //evil// __evil__ ''evil'' <del>evil</del> <sub>evil</sub> <sup>evil</sup>",
    "8-) :-) FIXME DELETEME (tm) 640x480 -- --- ... -> <=> >> CamelCaseLink",
)
ATTACKED = (*MEDIAWIKI, *DOKUWIKI, *ATTACKS)


def _paired(attacks: tuple[str, ...], most: int = 200) -> Iterator[str]:
    """Two in a text where a title may be so long, for fewer flows; the first stands where a line begins."""
    half = -(-len(attacks) // 2)
    for at in range(half):
        both = attacks[at::half]
        yield from (" ".join(both),) if len(" ".join(both)) <= most else both


TEXTS = tuple(_paired(ATTACKED))
HARMLESS = tuple(f"Word {at} = a & b" for at in range(len(TEXTS)))
"""As many texts that no wiki makes anything of, and that no wiki's link may hold either."""
