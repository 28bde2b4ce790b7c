"""The same cases as every kind of table."""

# The types of pyarrow itself leave much open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
from test_facts import CASE, with_

ROWS: list[dict[str, Any]] = [
    CASE,
    with_(fast_track=True, cost_of_the_school_placement=Decimal("12.34")),
    with_(date_of_birth=datetime.date(2008, 5, 12)),
    with_(panel_decision="refused", waking_nights=0),
]

ANSWERS = [
    "covered",
    "eligible",
    "total_points",
    "care_cost",
    "pays_icb",
    "pays_social_care",
    "pays_education",
    "referred_to",
    "clauses",
]


def table(rows: list[dict[str, Any]] = ROWS) -> pyarrow.Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pyarrow.table({name: [row.get(name) for row in rows] for name in names})


def from_pandas(frame: Any) -> Any:
    return pyarrow.Table.from_pandas(frame, preserve_index=False)


KINDS: dict[str, tuple[Callable[[pyarrow.Table], Any], Callable[[Any], pyarrow.Table]]] = {
    "pyarrow": (lambda it: it, lambda it: it),
    "chunked": (
        lambda it: pyarrow.concat_tables([it.slice(0, 1), it.slice(1, 0), it.slice(1)]),
        lambda it: it,
    ),
    "batch": (lambda it: it.combine_chunks().to_batches()[0], lambda it: pyarrow.table(it)),
    "reader": (lambda it: it.to_reader(), lambda it: it.read_all()),
    "pandas": (lambda it: it.to_pandas(), from_pandas),
    "pandas with types of Arrow": (
        lambda it: it.to_pandas(types_mapper=pandas.ArrowDtype),
        from_pandas,
    ),
    "polars": (lambda it: polars.DataFrame(it), lambda it: it.to_arrow()),
    "DuckDB": (lambda it: duckdb.from_arrow(it), lambda it: it.to_arrow_table()),
}
