"""The site around the pages; see README.md in this folder."""

from docgen.site.contents import Contents, Job, SiteFile, contents, stages_of
from docgen.site.dress import dress, embed_files, load_embeds, watched
from docgen.site.expand import expand
from docgen.site.navigation import DEFAULT as DEFAULT_NAV
from docgen.site.navigation import fill
from docgen.site.plain import is_ours, plain_files
from docgen.site.search_worker import WORKER, mended_worker

__all__ = [
    "DEFAULT_NAV",
    "WORKER",
    "Contents",
    "Job",
    "SiteFile",
    "contents",
    "dress",
    "embed_files",
    "expand",
    "fill",
    "is_ours",
    "load_embeds",
    "mended_worker",
    "plain_files",
    "stages_of",
    "watched",
]
