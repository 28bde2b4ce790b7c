"""Policies over tables of other libraries: each gets back the kind of table it gave."""

# The types of pyarrow itself leave much open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from . import _native
from ._errors import CaseError
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
    if _is_frame_of(reader, "polars"):
        reader = _without_null_types(reader)
    elif _is_frame_of(reader, "pandas"):
        reader = _from_pandas(reader)
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
    """Whether it is a frame of a library, or of a class made from its own."""
    return any(it.__name__ == "DataFrame" and _library(it) == library for it in type(table).__mro__)


def _library(kind: type) -> str:
    return kind.__module__.lstrip("_").partition(".")[0]


def _like(table: object) -> Callable[[_native.Stream], Any]:
    """What makes a table of the same library of our own; as it is where the library is another."""
    kind = type(table)
    library = _library(kind)
    if library == "pyarrow":
        import pyarrow

        if kind.__name__ == "RecordBatch":
            return lambda stream: _one_batch(pyarrow.table(stream))
        if kind.__name__ == "RecordBatchReader":
            return lambda stream: pyarrow.table(stream).to_reader()
        return lambda stream: pyarrow.table(stream)
    if library == "duckdb":
        import duckdb

        # A relation of one connection cannot be read on another, and a relation has its own.
        connection: Any = getattr(table, "_con", duckdb)
        return lambda stream: connection.from_arrow(stream)
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

    answers, rejected = run(_without_null_types(frame), names, given=False)
    added, without = polars.DataFrame(answers), polars.DataFrame(rejected)
    if not without.is_empty():
        rows = polars.int_range(frame.height, eager=True)
        frame = frame.filter(~rows.is_in(without["row"].implode()))
    return frame.hstack(added.get_columns()), without


def _without_null_types(frame: polars.DataFrame) -> polars.DataFrame:
    """The frame with texts where there is nothing but nulls, also within structs, and with items that
    have no facts where lists have no others: polars gives such columns a buffer that Arrow has none
    for."""
    import polars

    def known(kind: Any) -> Any:
        if kind == polars.Null:
            return polars.String()
        if isinstance(kind, polars.List):
            is_nothing = kind.inner == polars.Null
            return polars.List(polars.Struct([]) if is_nothing else known(kind.inner))
        if isinstance(kind, polars.Struct):
            return polars.Struct({field.name: known(field.dtype) for field in kind.fields})
        return kind

    kinds = {name: known(kind) for name, kind in frame.schema.items()}
    texts: dict[Any, Any] = {name: it for name, it in kinds.items() if it != frame.schema[name]}
    return frame.cast(texts) if texts else frame


def _with_pandas(
    run: Callable[..., tuple[_native.Stream, _native.Stream]],
    frame: pandas.DataFrame,
    names: list[str] | None,
) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """The frame's own columns stay as they are, in their index; the answers are put beside."""
    import numpy
    import pandas
    import pyarrow

    answers, rejected = run(_from_pandas(frame), names, given=False)
    without = pyarrow.table(rejected).to_pandas(types_mapper=_pandas_type)
    is_decided = numpy.ones(len(frame), dtype=bool)
    is_decided[without["row"].to_numpy(dtype="int64")] = False
    added = pyarrow.table(answers).to_pandas(types_mapper=_pandas_type)
    given = frame[is_decided]
    return pandas.concat([given, added.set_index(given.index)], axis=1), without


def _from_pandas(frame: pandas.DataFrame) -> pyarrow.Table:
    """The columns of a frame, without its index."""
    import pyarrow

    try:
        return pyarrow.Table.from_pandas(frame, preserve_index=False)
    except pyarrow.ArrowException:
        mixed = [name for name in frame.columns if not _has_one_kind(frame[name])]
        if not mixed:
            raise
        said = [
            f"column `{name}` has values of several kinds, such as text among numbers; make it "
            'text, as by `.astype("string")`'
            for name in mixed
        ]
        said.append("`apportion.excel.run` reads such columns of a workbook as they stand")
        # What pyarrow says repeats a value.
        raise CaseError("\n".join(said), "column-type") from None


def _has_one_kind(column: pandas.Series[Any]) -> bool:
    """Whether a column of objects is one of Arrow."""
    import pyarrow

    try:
        pyarrow.array(column, from_pandas=True)
    except pyarrow.ArrowException:
        return False
    return True


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
