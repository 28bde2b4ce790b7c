"""Changes the code in one place at a time, all changes in one build, and says which no test sees:

    python3 tests/mutate core --file 'core/src/outlook/**' engine::outlooks engine::
    python3 tests/mutate checker --file dsl/src/check/shares.rs worked reference ''

What stands last are tests by their names, narrow ones first: each next filter is run only where the
ones before it see nothing. Without any, all tests of the area are run. It needs Python 3.10,
`cargo install cargo-mutants --locked` and `pip install tree-sitter tree-sitter-rust`.

A second run with `--whole --named FILE`, FILE being what the first printed, tries what that did not see with
the tests of the whole project; `--skip` leaves out what is slow in the first.

A change that cannot be chosen while it runs (of a constant, or one that leaves a match without an arm)
is counted apart: `tests/mutants` tries it by itself.
"""

import argparse
import json
import os
import re
import resource
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from place import SWITCH, arms_around, place

TOP = Path(__file__).resolve().parents[2]
AREAS = {
    "core": ("apportion-core", "core", ["--features", "serde"], ["twelve_years", "a_million"]),
    "checker": ("apportion", "dsl", [], ["ten_thousand", "two_thousand", "the_weekly_package_agrees"]),
}


def run(command, **how):
    return subprocess.run(command, capture_output=True, text=True, **how)


def copy(tree):
    """What git knows and what is new, where it differs."""
    listed = run(["git", "ls-files", "-co", "--exclude-standard"], cwd=TOP, check=True).stdout
    for name in listed.splitlines():
        source, target = TOP / name, tree / name
        if source.is_file():
            write(target, source.read_bytes())


def write(target, text):
    """Leaves alone what is the same, so that it is not built again."""
    if not target.exists() or target.read_bytes() != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)


class Build:
    """A copy of the project with the mutants of one crate in it."""

    def __init__(self, area, tree, mutants):
        self.package, self.crate, self.features, _ = AREAS[area]
        self.area, self.tree, self.live = area, tree, mutants
        self.broken, self.apart = set(), set()
        target = {"CARGO_TARGET_DIR": str(tree / "target"), "CARGO_PROFILE_SUITE_INCREMENTAL": "true"}
        self.environment = {**os.environ, **target}

    def cargo(self, *what, package=None):
        of = ["--package", package] if package else ["--package", self.package, *self.features]
        command = ["cargo", *what, "--profile", "suite", *of]
        out = run([*command, "--message-format=json"], cwd=self.tree, env=self.environment)
        return out, [json.loads(line) for line in out.stdout.splitlines() if line.startswith("{")]

    def place(self):
        """Writes all mutants that are left; gives where each stands, file by file."""
        by_file = {}
        for mutant in self.live:
            by_file.setdefault(mutant["file"], []).append(mutant)
        ranges = {}
        library = f"{self.crate}/src/lib.rs"
        for name in {library, *by_file}:
            text, ranges[name], apart = place((TOP / name).read_bytes(), by_file.get(name, []))
            self.apart |= {mutant["id"] for mutant in apart}
            write(self.tree / name, text + (SWITCH.encode() if name == library else b""))
        return ranges

    def settle(self):
        """Takes out what does not compile, until the rest does."""
        while True:
            ranges = self.place()
            out, messages = self.cargo("check")
            if out.returncode == 0:
                return
            found = set()
            for message in messages:
                if message.get("reason") == "compiler-message" and message["message"]["level"] == "error":
                    found |= self.blamed(message["message"], ranges)
            if not found:
                sys.exit(out.stderr[-4000:])
            self.live = [mutant for mutant in self.live if mutant["id"] not in found]

    def blamed(self, error, ranges):
        """The mutants that an error is about."""
        spans = error["spans"] + [span for child in error["children"] for span in child["spans"]]
        for wanted in ([it for it in spans if it["is_primary"]], spans):
            found = {
                number
                for span in wanted
                for start, end, number in ranges.get(span["file_name"], [])
                if start <= span["byte_start"] and span["byte_end"] <= end
            }
            if found:
                self.broken |= found
                return found
        if (error.get("code") or {}).get("code") != "E0004":
            return set()
        arms = set()
        for span in spans:
            text = (self.tree / span["file_name"]).read_bytes()
            arms |= arms_around(text, span["byte_start"], span["byte_end"])
        self.apart |= arms
        return arms

    def tests(self, whole):
        """Builds the tests of the area, or of the whole project, and gives where they are."""
        if whole:
            out, messages = self.cargo("test", "--lib", "--no-run", package="apportion-tests")
        else:
            out, messages = self.cargo("test", "--test", self.area, "--no-run")
        built = [it["executable"] for it in messages if it.get("executable")]
        return built[-1] if built else sys.exit(out.stderr[-4000:])


class Tests:
    def __init__(self, area, binary, tree, arguments):
        _, crate, _, skipped = AREAS[area]
        self.binary, self.cwd = binary, tree / ("tests" if arguments.whole else crate)
        self.filters, self.seconds = arguments.tests or [""], arguments.seconds
        self.skipped = [word for name in [*skipped, *arguments.skip] for word in ("--skip", name)]
        self.environment = {
            **os.environ, "RUST_BACKTRACE": "0", "PROPTEST_CASES": str(arguments.cases),
            "PROPTEST_MAX_SHRINK_ITERS": "0", "PROPTEST_DISABLE_FAILURE_PERSISTENCE": "1",
        }

    def see(self, number):
        """`seen`, `unseen` or `timeout`."""
        for name in self.filters:
            came = self.see_with(number, name)
            if came != "unseen":
                return came
        return "unseen"

    def see_with(self, number, name):
        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (self.seconds, self.seconds))

        tests = subprocess.Popen(
            [self.binary, *filter(None, [name]), *self.skipped],
            cwd=self.cwd, env={**self.environment, "APPORTION_MUTANT": str(number)}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=limit,
        )
        for line in tests.stdout:
            if re.match(r"test .* FAILED$", line):
                os.killpg(tests.pid, signal.SIGKILL)
                tests.wait()
                return "seen"
        code = tests.wait()
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return "timeout"
        return "seen" if code else "unseen"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("tests", nargs="*", help="names of tests")
    parser.add_argument("--file", action="append", default=[], help="files to change, as a glob")
    parser.add_argument("--only", default="", help="mutants whose line matches this expression")
    parser.add_argument("--named", type=Path, help="a file that names the mutants to try")
    parser.add_argument("--skip", action="append", default=[], help="tests to leave out, by their names")
    parser.add_argument("--whole", action="store_true", help="with the tests of the whole project")
    parser.add_argument("--cases", type=int, default=64, help="random cases of a property")
    parser.add_argument("--seconds", type=int, default=120, help="of a processor, for one run of tests")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tree", type=Path, default=TOP / "target/mutate", help="where the copy is built")
    arguments = parser.parse_intermixed_args()
    package, *_ = AREAS[arguments.area]
    tree = arguments.tree.resolve()
    copy(tree)
    files = [word for name in arguments.file for word in ("--file", name)]
    listed = run(["cargo", "mutants", "--list", "--json", "--package", package, *files], cwd=TOP, check=True)
    mutants = [it for it in json.loads(listed.stdout) if re.search(arguments.only, it["name"])]
    if arguments.named:
        named = arguments.named.read_text()
        mutants = [it for it in mutants if it["name"] in named]
    for number, mutant in enumerate(mutants, 1):
        mutant["id"] = number
    build = Build(arguments.area, tree, mutants)
    build.settle()
    tests = Tests(arguments.area, build.tests(arguments.whole), tree, arguments)
    if tests.see(0) != "unseen":
        sys.exit("a test fails without any mutant, or takes too long")
    live = [mutant for mutant in build.live if mutant["id"] not in build.apart]
    print(f"{len(live)} in one build, {len(build.broken)} do not compile", flush=True)

    def attempt(mutant):
        came = tests.see(mutant["id"])
        if came != "seen":
            print(came.upper(), mutant["name"], flush=True)
        return came

    with ThreadPoolExecutor(arguments.jobs) as pool:
        came = Counter(pool.map(attempt, live))
    for mutant in mutants:
        if mutant["id"] in build.apart:
            print("NOT TRIED", mutant["name"])
    print(", ".join(f"{count} {what}" for what, count in sorted(came.items())), f"{len(build.apart)} not tried")
    sys.exit(came["unseen"] > 0)


main()
