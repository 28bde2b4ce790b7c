"""Puts mutants into a source file, each behind a number that the environment chooses."""

import re

import tree_sitter_rust
from tree_sitter import Language, Parser

PARSER = Parser(Language(tree_sitter_rust.language()))
OPERATIONS = ("binary_expression", "compound_assignment_expr")

# What a crate is given, so that one build has all of its mutants.
SWITCH = """
/// Which mutant is in force.
pub mod mutant {
    extern crate std;
    static ACTIVE: std::sync::LazyLock<u32> = std::sync::LazyLock::new(|| {
        std::env::var("APPORTION_MUTANT").ok().and_then(|n| n.parse().ok()).unwrap_or(0)
    });
    pub fn on(n: u32) -> bool { *ACTIVE == n }
}
"""


def on(mutant):
    return f"crate::mutant::on({mutant['id']})"


class Source:
    """A file and its syntax tree."""

    def __init__(self, source):
        self.source = source
        self.lines = source.decode().split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line.encode()) + 1)
        self.root = PARSER.parse(source).root_node

    def offset(self, at):
        """cargo-mutants counts characters of a line, from 1."""
        before = self.lines[at["line"] - 1][: at["column"] - 1]
        return self.starts[at["line"] - 1] + len(before.encode())

    def above(self, mutant, kinds):
        """The innermost node of one of these kinds around a mutant."""
        span = mutant["span"]
        node = self.root.descendant_for_byte_range(
            self.offset(span["start"]), self.offset(span["end"])
        )
        while node is not None and node.type not in kinds:
            node = node.parent
        return node

    def changed(self, mutant):
        """The node that a mutant changes."""
        match mutant["genre"]:
            case "FnValue":
                function = self.above(mutant, ("function_item",))
                return function and function.child_by_field_name("body")
            case "BinaryOperator":
                return self.above(mutant, OPERATIONS)
            case "UnaryOperator":
                return self.above(mutant, ("unary_expression",))
            case "MatchArm" | "MatchArmGuard":
                return self.above(mutant, ("match_arm",))
        return None


def is_constant(node):
    """What is worked out when it is built cannot ask the environment."""
    constants = (
        "const_item", "static_item", "enum_variant", "macro_definition",
        "token_tree", "array_type", "const_block",
    )
    while node is not None:
        if node.type in constants:
            return True
        if node.type == "function_item":
            modifiers = [it for it in node.children if it.type == "function_modifiers"]
            if modifiers and b"const" in modifiers[0].text:
                return True
        node = node.parent
    return False


class Writer:
    """Writes a file again with its mutants in it."""

    def __init__(self, source, at):
        self.source = source
        self.at = at
        self.out = bytearray()
        # Where each mutant stands: from, to, its number.
        self.ranges = []

    def put(self, text):
        self.out += text if isinstance(text, bytes) else text.encode()

    def mutant(self, mutant, text):
        start = len(self.out)
        self.put(text)
        self.ranges.append((start, len(self.out), mutant["id"]))

    def text(self, node):
        return self.source[node.start_byte : node.end_byte].decode()

    def node(self, node):
        mutants = self.at.get((node.start_byte, node.end_byte, node.type))
        if not mutants:
            self.between(node.start_byte, node.children, node.end_byte)
        elif node.type == "block":
            self.block(node, mutants)
        elif node.type == "match_arm":
            self.arm(node, mutants)
        else:
            self.expression(node, mutants)

    def between(self, start, children, end):
        """What stands between children as it is, and the children."""
        for child in children:
            self.put(self.source[start : child.start_byte])
            self.node(child)
            start = child.end_byte
        self.put(self.source[start:end])

    def block(self, node, mutants):
        self.put("{ ")
        for mutant in mutants:
            self.mutant(mutant, f"if {on(mutant)} {{ return {mutant['replacement']}; }} ")
        self.put("{")
        self.between(node.start_byte + 1, node.children[1:-1], node.end_byte - 1)
        self.put("}}")

    def expression(self, node, mutants):
        self.put("(")
        for mutant in mutants:
            if node.type == "unary_expression":
                other = self.text(node.children[-1])
            else:
                left, right = (node.child_by_field_name(it) for it in ("left", "right"))
                other = f"{self.text(left)} {mutant['replacement']} {self.text(right)}"
            self.mutant(mutant, f"if {on(mutant)} {{ {other} }} ")
            self.put("else ")
        self.put("{ ")
        self.between(node.start_byte, node.children, node.end_byte)
        self.put(" })")

    def arm(self, node, mutants):
        pattern = node.child_by_field_name("pattern")
        condition = pattern.child_by_field_name("condition")
        if condition is None:
            self.put(self.source[node.start_byte : pattern.end_byte])
            self.put(" if true ")
        else:
            word = next(it for it in pattern.children if it.type == "if")
            self.put(self.source[node.start_byte : word.end_byte])
            self.put(" true ")
        for mutant in mutants:
            if mutant["genre"] == "MatchArm":
                self.mutant(mutant, f"&& !{on(mutant)} ")
        if condition is not None:
            self.put("&& (")
            for mutant in mutants:
                if mutant["genre"] == "MatchArmGuard":
                    value = "true" if "true" in mutant["replacement"] else "false"
                    self.mutant(mutant, f"if {on(mutant)} {{ {value} }} else ")
            self.put("{ ")
            self.node(condition)
            self.put(" })")
        rest = [it for it in node.children if it.start_byte >= pattern.end_byte]
        self.between(pattern.end_byte, rest, node.end_byte)


def place(text, mutants):
    """The file with these mutants in it, where each stands, and those that cannot be chosen so."""
    source = Source(text)
    at, apart = {}, []
    for mutant in mutants:
        node = source.changed(mutant)
        if node is None or is_constant(node):
            apart.append(mutant)
        else:
            at.setdefault((node.start_byte, node.end_byte, node.type), []).append(mutant)
    writer = Writer(text, at)
    root = source.root
    writer.put(text[: root.start_byte])
    writer.node(root)
    writer.put(text[root.end_byte :])
    return bytes(writer.out), writer.ranges, apart


def arms_around(text, start, end):
    """The numbers of the mutants that delete arms of the match there: of these several together may
    leave something without an arm that each alone does not."""
    node = PARSER.parse(text).root_node.descendant_for_byte_range(start, end)
    while node is not None and node.type != "match_expression":
        node = node.parent
    arms = node.child_by_field_name("body").children if node else []
    patterns = [arm.child_by_field_name("pattern") for arm in arms if arm.type == "match_arm"]
    deleted = [re.findall(rb"&& !crate::mutant::on\((\d+)\)", it.text) for it in patterns]
    return {int(number) for numbers in deleted for number in numbers}
