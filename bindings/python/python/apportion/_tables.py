"""Policies over tables of other libraries: each gets back the kind of table it gave."""

# The types of pyarrow itself leave much open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from . import _native
from ._progress import Progress, following

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Carry: TypeAlias = Sequence[str] | Literal["rest"]
"""The columns that the policy does not declare and that are carried to the decisions all the same:
those of these names, or the rest of them."""

OnError: TypeAlias = Literal["raise", "reject"]
"""Whether a row without a decision ends the run, or is listed in a second table."""


Unknown: TypeAlias = Literal["reject", "range"]
"""What becomes of a row in which something is not known that makes a difference: it has no decision,
or it has between which ends each payment lies."""


def run(
    policy: _native.Policy,
    table: Any,
    on_error: OnError,
    unknown: Unknown,
    carry: Carry,
    progress: Progress,
) -> tuple[Any, Any]:
    """The rows with a decision, and those without: row, column and reason."""
    names, rejects, ranges = _settled(on_error, unknown, carry)
    with following(progress, table) as called:
        run = partial(policy.run, allows_unknown=ranges, rejects=rejects, progress=called)
        if _is_frame_of(table, "pandas"):
            return _with_pandas(run, table, names)
        if _is_frame_of(table, "polars"):
            return _with_polars(run, table, names)
        decided, rejected = run(table, names, given=True)
    like = _like(table)
    return like(decided), like(rejected)


class Batches:
    """The decisions of a stream of batches, each made when it is asked for.

    It is a stream itself, for whatever takes one: ``pyarrow.RecordBatchReader.from_stream(batches)``.
    It can be read once.
    """

    def __init__(self, native: _native.Batches) -> None:
        self._native = native

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The batches by Arrow's C interface."""
        return self._native.__arrow_c_stream__(requested_schema)

    @property
    def rejected(self) -> Any:
        """The rows without a decision among those read so far, as a table with
        ``__arrow_c_stream__``: row, column and reason."""
        return self._native.rejected()


def run_batches(
    policy: _native.Policy, reader: Any, on_error: OnError, unknown: Unknown, carry: Carry
) -> Batches:
    """Decides batch by batch."""
    names, rejects, ranges = _settled(on_error, unknown, carry)
    return Batches(policy.run_batches(reader, names, rejects=rejects, allows_unknown=ranges))


def _settled(
    on_error: OnError, unknown: Unknown, carry: Carry
) -> tuple[list[str] | None, bool, bool]:
    """Which columns are carried, whether rows are rejected, and whether they may have ranges."""
    if on_error not in ("raise", "reject"):
        raise ValueError(f'on_error is "raise" or "reject", not {on_error!r}')
    return carried(carry), on_error == "reject", allows_unknown(unknown)


def allows_unknown(unknown: Unknown) -> bool:
    """Whether a case has ranges where what is not known makes a difference."""
    if unknown not in ("reject", "range"):
        raise ValueError(f'unknown is "reject" or "range", not {unknown!r}')
    return unknown == "range"


def carried(carry: Carry) -> list[str] | None:
    """The columns that are carried; None where all are."""
    return None if carry == "rest" else _names(carry)


def _names(carry: Sequence[str]) -> list[str]:
    if isinstance(carry, str):
        raise TypeError('carry is a list of names, such as ["provider"], or "rest"')
    return list(carry)


def _is_frame_of(table: object, library: str) -> bool:
    return type(table).__name__ == "DataFrame" and _library(table) == library


def _library(table: object) -> str:
    return type(table).__module__.lstrip("_").partition(".")[0]


def _like(table: object) -> Callable[[_native.Stream], Any]:
    """What makes a table of the same library of our own; as it is where the library is another."""
    kind, library = type(table), _library(table)
    if library == "pyarrow":
        import pyarrow

        if kind.__name__ == "RecordBatch":
            return lambda stream: _one_batch(pyarrow.table(stream))
        if kind.__name__ == "RecordBatchReader":
            return lambda stream: pyarrow.table(stream).to_reader()
        return lambda stream: pyarrow.table(stream)
    if library == "duckdb":
        import duckdb
        import pyarrow

        return lambda stream: duckdb.from_arrow(pyarrow.table(stream))
    return lambda stream: stream


def _one_batch(table: pyarrow.Table) -> pyarrow.RecordBatch:
    import pyarrow

    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], schema=table.schema)


def _with_polars(
    run: Callable[..., tuple[_native.Stream, _native.Stream]],
    frame: polars.DataFrame,
    names: list[str] | None,
) -> tuple[polars.DataFrame, polars.DataFrame]:
    """The frame's own columns stay as they are; the answers are put beside."""
    import polars

    # Columns of nothing but nulls come out with a buffer that Arrow has none for.
    nothing = [name for name, kind in frame.schema.items() if kind == polars.Null]
    texts = [polars.lit(None, polars.String).alias(name) for name in nothing]
    answers, rejected = run(frame.with_columns(texts) if texts else frame, names, given=False)
    added, without = polars.DataFrame(answers), polars.DataFrame(rejected)
    if not without.is_empty():
        rows = polars.int_range(frame.height, eager=True)
        frame = frame.filter(~rows.is_in(without["row"].implode()))
    return frame.hstack(added.get_columns()), without


def _with_pandas(
    run: Callable[..., tuple[_native.Stream, _native.Stream]],
    frame: pandas.DataFrame,
    names: list[str] | None,
) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """The frame's own columns stay as they are, in their index; the answers are put beside."""
    import numpy
    import pandas
    import pyarrow

    plain = frame.reset_index(drop=True)
    answers, rejected = run(plain, names, given=False)
    without = pyarrow.table(rejected).to_pandas(types_mapper=_pandas_type)
    is_decided = numpy.ones(len(frame), dtype=bool)
    is_decided[without["row"].to_numpy(dtype="int64")] = False
    added = pyarrow.table(answers).to_pandas(types_mapper=_pandas_type)
    given = frame[is_decided]
    return pandas.concat([given, added.set_index(given.index)], axis=1), without


def _pandas_type(kind: pyarrow.DataType) -> Any:
    """Exact types for what pandas would turn into floats or objects; None for the others."""
    import pandas
    import pyarrow

    if pyarrow.types.is_boolean(kind):
        return pandas.BooleanDtype()
    if pyarrow.types.is_int64(kind):
        return pandas.Int64Dtype()
    if pyarrow.types.is_decimal(kind) or pyarrow.types.is_date(kind):
        return pandas.ArrowDtype(kind)
    return None
