"""How fast tables are decided, beside the same rules by hand: `bindings/python/tests/bench`.

The policy is `examples/weekly_package`. By hand it is written as one would in numpy, polars and
DuckDB, exact in whole pence; there levels and placements are small numbers from the start, and days
are days. Every answer is compared with the engine's before the clock starts, which is that of the
processor: polars and DuckDB use several threads, whose times are added up.
"""

# The types of pyarrow and numpy leave much open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy
import polars
import pyarrow

from apportion import Policy, _native

ROWS = 1_000_000
AHEAD = "5.00 at least"
LEVELS = ["none", "low", "moderate", "high", "severe", "priority"]
POINTS = [0, 1, 3, 6, 10, 15]
PLACEMENTS = ["home", "day school", "38-week residential", "52-week residential"]
DOMAINS = [
    "breathing",
    "eating_and_drinking",
    "mobility",
    "continence",
    "skin_and_tissue",
    "communication",
    "drug_therapies",
    "psychological_and_emotional_needs",
    "seizures",
    "challenging_behaviour",
]
POLICY = Path(__file__).parents[3] / "examples" / "weekly_package" / "weekly_package.policy"

Columns = dict[str, Any]


def cases(rows: int) -> Columns:
    """Cases as columns of numpy: levels and placements by number, costs in pence."""
    random = numpy.random.default_rng(117)
    day = numpy.datetime64
    columns: Columns = {
        "date_of_birth": day("2000-01-01") + random.integers(0, 9_000, rows),
        "decision_date": day("2025-04-01") + random.integers(0, 1_000, rows),
        "ordinarily_resident": random.random(rows) < 0.95,
        "gp_registered": random.random(rows) < 0.95,
        "has_ehc_plan": random.random(rows) < 0.7,
        "section_117": random.random(rows) < 0.1,
        "placement": random.integers(0, 4, rows, dtype="uint8"),
    }
    odds = [0.45, 0.2, 0.15, 0.12, 0.05, 0.03]
    for domain in DOMAINS:
        columns[domain] = random.choice(6, rows, p=odds).astype("uint8")
    for cost, most in (("education_cost", 200_000), ("care_cost", 600_000), ("health_cost", 90_000)):
        columns[cost] = random.integers(0, most, rows)
    return columns


def table(columns: Columns) -> pyarrow.Table:
    """The cases as a table: words in dictionaries, costs as decimals of pounds."""

    def words(codes: Any, of: list[str]) -> Any:
        dictionary: Any = pyarrow.DictionaryArray
        return dictionary.from_arrays(pyarrow.array(codes.astype("int32")), of)

    def column(name: str, values: Any) -> Any:
        if name in DOMAINS or name == "placement":
            return words(values, PLACEMENTS if name == "placement" else LEVELS)
        if name.endswith("_cost"):
            pence: Any = pyarrow.array(values).cast(pyarrow.decimal128(19, 0))
            # The same whole numbers, as hundredths.
            arrays: Any = pyarrow.Array
            return arrays.from_buffers(pyarrow.decimal128(19, 2), len(pence), pence.buffers())
        days = values.astype("datetime64[D]") if name.startswith("date") else values
        return pyarrow.array(days)

    return pyarrow.table({name: column(name, values) for name, values in columns.items()})


def by_numpy(it: Columns) -> tuple[Any, Any]:
    """What the ICB and the council pay, in pence."""

    def month_day(days: Any) -> tuple[Any, Any]:
        months = days.astype("datetime64[M]")
        of_year = months.astype("int64") % 12
        return days.astype("datetime64[Y]").astype("int64"), of_year * 32 + (
            days - months.astype("datetime64[D]")
        ).astype("int64")

    born, birthday = month_day(it["date_of_birth"])
    year, today = month_day(it["decision_date"])
    age = year - born - (today < birthday)
    eligible = it["ordinarily_resident"] & it["gp_registered"] & (age < 25)
    eligible &= it["has_ehc_plan"] | (age < 18)
    levels = [it[domain] for domain in DOMAINS]
    severe = sum((level >= 4).astype("uint8") for level in levels)
    high = sum((level >= 3).astype("uint8") for level in levels)
    continuing = (severe >= 1) | (high >= 3)
    points = numpy.array(POINTS, dtype="int16")
    score = sum(points[level] for level in levels)
    band = numpy.array([2500, 4000, 5000, 7500])[numpy.digitize(score, [20, 35, 60])]
    share = numpy.where(continuing, band, 0)
    share = numpy.maximum(share, numpy.where(it["section_117"], 5000, 0))
    share = numpy.maximum(share, numpy.where(continuing & (it["placement"] == 3), 3333, 0))
    share = numpy.where(eligible, share, 0)
    whole, rest = numpy.divmod(it["care_cost"] * share, 10_000)
    whole += (rest > 5_000) | ((rest == 5_000) & (whole % 2 == 1))
    icb = numpy.minimum(whole + numpy.where(eligible, it["health_cost"], 0), 350_000)
    return icb, it["care_cost"] + it["education_cost"] + it["health_cost"] - icb


def by_polars(frame: polars.DataFrame) -> polars.DataFrame:
    """The same in expressions of polars."""
    column, when = polars.col, polars.when
    born, today = column("date_of_birth"), column("decision_date")
    before = (today.dt.month() < born.dt.month()) | (
        (today.dt.month() == born.dt.month()) & (today.dt.day() < born.dt.day())
    )
    age = today.dt.year() - born.dt.year() - before.cast(polars.Int32)
    eligible = column("ordinarily_resident") & column("gp_registered") & (column("age") < 25)
    eligible &= column("has_ehc_plan") | (column("age") < 18)
    severe = polars.sum_horizontal((column(it) >= 4).cast(polars.Int64) for it in DOMAINS)
    high = polars.sum_horizontal((column(it) >= 3).cast(polars.Int64) for it in DOMAINS)

    def points(level: polars.Expr) -> polars.Expr:
        chain: Any = polars
        for number, worth in enumerate(POINTS):
            chain = chain.when(level == number).then(worth)
        expression: polars.Expr = chain
        return expression

    score = polars.sum_horizontal(points(column(it)) for it in DOMAINS)
    score_under = when(column("score") < 20).then(2500).when(column("score") < 35).then(4000)
    band = score_under.when(column("score") < 60).then(5000).otherwise(7500)
    share = polars.max_horizontal(
        when(column("continuing")).then(band).otherwise(0),
        when(column("section_117")).then(5000).otherwise(0),
        when(column("continuing") & (column("placement") == 3)).then(3333).otherwise(0),
    )
    product = column("care_cost") * when(column("eligible")).then(column("share")).otherwise(0)
    whole, rest = column("product") // 10_000, column("product") % 10_000
    up = (rest > 5_000) | ((rest == 5_000) & (whole % 2 == 1))
    health = when(column("eligible")).then(column("health_cost")).otherwise(0)
    all_costs = column("care_cost") + column("education_cost") + column("health_cost")
    return (
        frame.lazy()
        .with_columns(age.alias("age"), ((severe >= 1) | (high >= 3)).alias("continuing"))
        .with_columns(score.alias("score"), eligible.alias("eligible"))
        .with_columns(share.alias("share"))
        .with_columns(product.alias("product"))
        .with_columns(
            polars.min_horizontal(whole + up.cast(polars.Int64) + health, 350_000).alias("icb")
        )
        .select("icb", (all_costs - column("icb")).alias("council"))
        .collect()
    )


def by_duckdb(given: pyarrow.Table) -> pyarrow.Table:
    """The same in SQL. `given` is read by its name."""
    worth = " ".join(f"when {number} then {points}" for number, points in enumerate(POINTS))
    score = " + ".join(f"case {domain} {worth} end" for domain in DOMAINS)
    severe = " + ".join(f"({domain} >= 4)::int" for domain in DOMAINS)
    high = " + ".join(f"({domain} >= 3)::int" for domain in DOMAINS)
    sql: Any = duckdb.sql
    made: pyarrow.Table = sql(f"""
        with ages as (
            select *, date_part('year', decision_date)::int - date_part('year', date_of_birth)::int
                - ((date_part('month', decision_date), date_part('day', decision_date))
                 < (date_part('month', date_of_birth), date_part('day', date_of_birth)))::int as age
            from given),
        scored as (
            select *, {score} as score, ({severe}) >= 1 or ({high}) >= 3 as continuing,
                ordinarily_resident and gp_registered and age < 25
                    and (has_ehc_plan or age < 18) as eligible
            from ages),
        shared as (
            select *, care_cost * case when eligible then greatest(
                case when not continuing then 0 when score < 20 then 2500 when score < 35 then 4000
                    when score < 60 then 5000 else 7500 end,
                case when section_117 then 5000 else 0 end,
                case when continuing and placement = 3 then 3333 else 0 end) else 0 end as product
            from scored),
        paid as (
            select *, least(350000, product // 10000
                + (product % 10000 > 5000
                   or (product % 10000 = 5000 and product // 10000 % 2 = 1))::int
                + case when eligible then health_cost else 0 end) as icb
            from shared)
        select icb, care_cost + education_cost + health_cost - icb as council from paid
        """).to_arrow_table()
    return made


def best(
    work: Callable[[], object], times: int = 7, clock: Callable[[], float] = time.process_time
) -> float:
    """Seconds of the processor, in all threads together, of the fastest of several times."""
    taken: list[float] = []
    for _ in range(times):
        begun = clock()
        work()
        taken.append(clock() - begun)
    return min(taken)


def imported() -> float:
    """Seconds of the processor that importing the package takes, beside starting Python."""

    def of_children() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    def begin(program: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", program], check=True)

    return best(begin("import apportion"), 15, of_children) - best(begin("pass"), 15, of_children)


def pence(decided: pyarrow.Table, name: str) -> list[int]:
    amounts: list[Any] = decided[name].to_pylist()
    return [int(amount * 100) for amount in amounts]


def main() -> None:
    """Prints the table."""
    policy = Policy.load(POLICY)
    columns = cases(ROWS)
    given = table(columns)
    frame, numbers = polars.DataFrame(given), pyarrow.table(columns)
    numbered = polars.DataFrame(numbers)
    some = given.slice(0, 20_000)
    decided = policy.run(some)
    said = {name: pence(decided, f"pays_{name}") for name in ("icb", "council")}
    few = {name: values[:20_000] for name, values in columns.items()}
    icb, council = by_numpy(few)
    assert (icb.tolist(), council.tolist()) == (said["icb"], said["council"])
    assert by_polars(numbered[:20_000]).to_dict(as_series=False) == said
    assert by_duckdb(numbers.slice(0, 20_000)).to_pydict() == said
    single = {name: values[0].as_py() for name, values in zip(given.column_names, given.columns, strict=True)}

    probes: Any = _native
    works: list[tuple[str, Callable[[], object], str]] = [
        ("the same batches in Rust", lambda: probes.decide_in_rust(policy._native, given), ""),
        ("apportion, a table of pyarrow", lambda: policy.run(given), "1.30 at most"),
        ("apportion, a frame of polars", lambda: policy.run(frame), "1.30 at most"),
        ("by hand in numpy", lambda: by_numpy(columns), AHEAD),
        ("by hand in polars", lambda: by_polars(numbered), AHEAD),
        ("by hand in DuckDB", lambda: by_duckdb(numbers), AHEAD),
    ]
    taken = [best(work) for _, work, _ in works]
    in_rust, ours = taken[:2]
    print(f"{ROWS:,} cases of the weekly package\n")
    print("| | a case | beside Rust | beside a table of pyarrow | goal |\n|---|---|---|---|---|")
    for (name, _, goal), seconds in zip(works, taken, strict=True):
        ratios = f"{seconds / in_rust:.2f} | {seconds / ours:.2f}"
        print(f"| {name} | {seconds / ROWS * 1e9:.0f} ns | {ratios} | {goal} |")
    one = best(lambda: [policy.decide(single) for _ in range(2_000)]) / 2_000
    print(f"| one `decide` with a dict | {one * 1e6:.1f} us | | | 5 us |")
    print(f"| `import apportion` | {imported() * 1e3:.0f} ms | | | 50 ms |")


if __name__ == "__main__":
    main()
