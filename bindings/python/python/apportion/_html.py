"""Policies and decisions as a notebook shows them. Whatever they say is escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from itertools import groupby
from typing import Any

from . import _told


def decision_page(decision: str) -> str:
    """A decision, from its JSON: what is concluded, what it comes to, and who pays."""
    document: dict[str, Any] = json.loads(decision)
    page = [_title(document["policy"], document["version"])]
    if not document["covered"]:
        page.append(_paragraph("Not covered" + _by(document["not_covered_by"])))
        return _together(page)
    concluded = [
        (it["name"], ("yes" if it["holds"] else "no") + _by(it["by"]))
        for it in document["conclusions"]
    ]
    given = [it for it in document["values"] if it["value"] is not None]
    page.append(_rows([*concluded, *((it["name"], _with_unit(it["value"], it)) for it in given)]))
    for unit, group in groupby(document["payments"], lambda it: it["unit"]):
        page.append(_paragraph(f"Pays {unit}".strip()))
        page.append(_amounts(list(group)))
    for it in document["awaiting"]:
        page.append(_paragraph(f"{_with_unit(_pounds(it), it)} awaits {it['panel']}, by {it['by']}"))
    for it in document["referrals"]:
        page.append(_paragraph(f"Referred to {it['panel']}, by {it['clause']}"))
    return _together(page)


def policy_page(
    title: str, version: int, declared: str, sections: Sequence[_told.Section]
) -> str:
    """A policy: the facts that a case may carry, from their JSON, and its clauses with their tables."""
    facts: list[dict[str, Any]] = json.loads(declared)["facts"]
    page = [_title(title, version), _heading("Facts")]
    columns = ("fact", "what it may be", "unless stated")
    page.append(_table(columns, ((it["name"], _kind(it), it["default"] or "") for it in facts)))
    for number, name, clauses in sections:
        page.append(_heading(f"{number} {name}"))
        for of_clause, parts, citations in clauses:
            cited = f" [{'; '.join(citations)}]" if citations else ""
            page.append(f"<p><b>{escape(of_clause)}</b>{escape(cited)}</p>")
            page.append(_clause(parts))
    return _together(page)


def _kind(fact: dict[str, Any]) -> str:
    """What a fact may be: its words, or its type and ends."""
    if fact["words"]:
        return ", ".join(fact["words"])
    kind = f"{fact['type']} {fact['unit']}".strip()
    ends = f", {fact['least']} to {fact['greatest']}" if fact["least"] is not None else ""
    return f"{kind}{ends}" + (f", of {fact['list']}" if fact["list"] else "")


def _clause(parts: Iterable[_told.Part]) -> str:
    html: list[str] = []
    for kind, group in groupby(parts, lambda part: part[0]):
        texts = [said for _, said in group]
        if kind == "row":
            html.append(_table(texts[0], texts[1:]))
        elif kind == "point":
            html.append(f"<ul>{''.join(f'<li>{escape(text)}</li>' for [text] in texts)}</ul>")
        else:
            html += [_paragraph(text) for [text] in texts]
    return "".join(html)


def _amounts(payments: Sequence[dict[str, Any]]) -> str:
    """What each party pays in one unit, and all together once nothing awaits a panel."""
    rows = [(it["party"], _pounds(it) if it["final"] else "not yet decided") for it in payments]
    if all(it["final"] for it in payments):
        together = sum(Decimal(it["pounds"]) for it in payments)
        rows.append(("together", _pounds({"pounds": together})))
    return _rows(rows, "right")


def _pounds(it: dict[str, Any]) -> str:
    pounds = Decimal(it["pounds"])
    return f"{'-' if pounds < 0 else ''}£{abs(pounds):,.2f}"


def _with_unit(text: str, it: dict[str, Any]) -> str:
    return f"{text} {it['unit']}".strip()


def _by(clauses: Sequence[str]) -> str:
    return f", by {' and '.join(clauses)}" if clauses else ""


def _title(title: str, version: int) -> str:
    return f"<h3>{escape(title)}, version {version}</h3>"


def _heading(text: str) -> str:
    return f"<h4>{escape(text)}</h4>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _rows(rows: Iterable[tuple[str, str]], align: str = "left") -> str:
    """Names, and what belongs to them."""
    html = "".join(
        f'<tr><th style="text-align: left">{escape(name)}</th>'
        f'<td style="text-align: {align}">{escape(text)}</td></tr>'
        for name, text in rows
    )
    return f"<table>{html}</table>" if html else ""


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th style="text-align: left">{escape(name)}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align: left">{escape(text)}</td>' for text in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _together(page: Iterable[str]) -> str:
    return f"<div>{''.join(page)}</div>"
