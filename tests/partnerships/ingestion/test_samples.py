"""Real pages and feeds from outside the repository: none stops a run, and the aims are met."""

import pytest

from partnerships.ingestion.refusals import Refused
from tests.benchmarks import extraction, feeds

needs_pages = pytest.mark.skipif(not extraction.PAGES.is_dir(), reason="no ../shared/data/html")
needs_feeds = pytest.mark.skipif(not feeds.EXPECTED.exists(), reason="no ../shared/data/feeds")


@needs_pages
def test_pages_are_read_as_well_as_aimed():
    found = extraction.scores()
    assert extraction.share([row.title for row in found]) >= 0.9
    assert extraction.share([row.date for row in found]) >= 0.85
    assert extraction.share([row.text for row in found]) >= 0.9


@needs_feeds
def test_feeds_are_read_as_feedparser_reads_them():
    assert feeds.differences() == []


@pytest.mark.slow
@needs_feeds
@needs_pages
def test_mutilated_samples_stop_nothing():
    samples = [path.read_bytes() for path in sorted(extraction.PAGES.glob("*.html"))]
    samples += [(feeds.DATA / row["file"]).read_bytes() for row in feeds.rows()]
    with feeds.Reader() as reader:
        for sample in samples:
            middle = len(sample) // 2
            for body in (sample[:middle], sample[middle:], sample[:200] + sample[:200:-1]):
                try:
                    reader.read(body)
                except Refused as refused:
                    assert str(refused)
