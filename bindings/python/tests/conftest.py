"""What several tests use."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from apportion import Decision, Policy, _native

# Of the build that is shipped nobody can ask to panic: see `tests/python`.
collect_ignore = [] if hasattr(_native, "panic_next") else ["test_guard.py"]

EXAMPLES = Path(__file__).parents[3] / "examples"

# A policy of a few lines.
HALF_EACH = """\
policy   Half each
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025

facts
  care cost    money a week

1    Who pays
1.1  In every case: the ICB 50%, the council 50%.
1.2  Split care cost in the shares of 1.1.
"""

SERVICES = """\
policy   Each service
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025

facts
  case reference   text
  support          yes or no, no unless stated
  top up           percent, 0% unless stated

services, each with
  price     money a week
  nursing   yes or no

1    What it is
1.1  A service is costly when price is at least £500.00.
1.2  A child is supported when support.

2    Who pays
2.1  For each service, when nursing: the ICB 100%.
2.2  For each service, when not nursing: the council 100%.
2.3  For each service, split price in the shares of section 2.
"""


class Page(HTMLParser):
    """What a notebook shows, as texts and as rows of tables. Every tag is closed by its own."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


def shown(it: Decision | Policy) -> Page:
    """What a notebook shows of it."""
    page = Page()
    page.feed(it._repr_html_())
    page.close()
    assert page.open == []
    return page


@pytest.fixture(scope="session")
def continuing_care() -> Policy:
    return Policy.load(EXAMPLES / "continuing_care" / "continuing_care.policy")


@pytest.fixture(scope="session")
def section_117() -> Policy:
    return Policy.load(EXAMPLES / "section_117" / "section_117.policy")


@pytest.fixture(scope="session")
def services() -> Policy:
    return Policy.parse(SERVICES)
