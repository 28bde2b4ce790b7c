"""What several tests use."""

from pathlib import Path

import pytest

from apportion import Policy

EXAMPLES = Path(__file__).parents[3] / "examples"

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


@pytest.fixture(scope="session")
def continuing_care() -> Policy:
    return Policy.load(EXAMPLES / "continuing_care" / "continuing_care.policy")


@pytest.fixture(scope="session")
def section_117() -> Policy:
    return Policy.load(EXAMPLES / "section_117" / "section_117.policy")


@pytest.fixture(scope="session")
def services() -> Policy:
    return Policy.parse(SERVICES)
