# Files of a site kept between runs: what depends on nothing that changed is not made again, the rest over all cores.
#
# In:  jobs of docgen.site, each with all that it depends on. Out: their files. Never stale: docgen itself counts too.
"""keeping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from docgen.pipeline.cache import FigureCache, key_of, words_key
from docgen.pipeline.spread import spread_copies
from docgen.site.contents import Job, Make


def keeping(cache: Path | None) -> Make:
    """Who does jobs with this folder to keep their files in; None keeps nothing."""

    def make(jobs: Sequence[Job]) -> list[Mapping[str, bytes]]:
        if cache is None:
            return spread_copies(_done, jobs)
        store = FigureCache(cache)
        keys = [key_of((words_key(), *job.depends)) for job in jobs]
        found: dict[str, Mapping[str, bytes]] = {}
        for key in keys:
            if (kept := store.load(key)) is not None:
                found[key] = kept
        missing = [(key, job) for key, job in zip(keys, jobs, strict=True) if key not in found]
        for (key, _), files in zip(missing, spread_copies(_done, [job for _, job in missing]), strict=True):
            store.store(key, files)
            found[key] = files
        return [found[key] for key in keys]

    return make


def _done(job: Job) -> dict[str, bytes]:
    return dict(job.make())
