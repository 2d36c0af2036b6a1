"""Reads our WebAnno TSV as INCEpTION does by its reference, and compares it with what was exported.

    webanno.py FOLDER EXPECTED.json

There is no library to do it. As in INCEpTION, a sentence begins where its first token does, what lies
between two is a line break and spaces, and a line break stands behind the last. Offsets are UTF-16.
"""

import json
import re
import sys
from pathlib import Path

LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
SPAN, RELATION = "T_SP", "T_RL"


def units(text):
    return text.encode("utf-16-le", "surrogatepass")


def unescape_text(text):
    return re.sub(r"\\([tnrfb\\\x00-\x07\x0e-\x1f])", lambda m: LETTERS.get(m[1], m[1]), text)


def unescape_value(value):
    return re.sub(r"\\(->|[\\\[\]|_;tnr*])", lambda m: LETTERS.get(m[1], m[1]), value)


def stacked(cell):
    """The parts of a cell, each with what stands in brackets behind it."""
    if cell == "_":
        return
    for part in re.findall(r"(?:\\.|[^|\\])+|(?<=\|)(?=\|)", cell, re.S):
        found = re.fullmatch(r"(.*?)\[([0-9_]+)\]", part, re.S)
        yield (found[1], found[2]) if found else (part, None)


def header(lines):
    """The columns, and the lines behind the two that must be empty."""
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3", lines[0]
    columns, at = [], 1
    while lines[at].startswith("#T_"):
        kind, layer = lines[at][1:].split("=", 1)
        columns += [(kind, name) for name in layer.split("|")[1:]]
        at += 1
    assert lines[at : at + 2] == ["", ""], lines[: at + 2]
    return columns, lines[at + 1 :]


def body(lines, columns):
    """The text in UTF-16, and the rows."""
    text, sentence, rows = b"", "", []
    for line in lines:
        if line.startswith("#Text="):
            sentence += unescape_text(line[6:]) + "\n"
        elif line:
            name, places, token, *cells = line.split("\t")
            start, end = map(int, places.split("-"))
            if sentence:
                if len(text) > 2 * start:
                    assert len(text) == 2 * start + 2 and text.endswith(units("\n")), line
                    text = text[:-2]
                text += units(" " * (start - len(text) // 2) + sentence)
                sentence = ""
            assert len(cells) == len(columns) + 1 and not cells[-1], line
            assert text[2 * start : 2 * end] == units(unescape_text(token)), line
            rows.append((name, start, end, cells))
    assert not sentence, sentence
    return text, rows


def annotations(columns, rows):
    """Spans by their number, or else their row, and relations between them."""
    spans, relations = {}, []
    kinds = [kind for kind, _ in columns]
    for name, start, end, cells in rows:
        for value, number in stacked(cells[kinds.index(SPAN)]) if SPAN in kinds else ():
            span = spans.setdefault(number or name, [start, end, unescape_value(value)])
            span[1] = end
    if RELATION in kinds:
        at = kinds.index(RELATION)
        for name, _, _, cells in rows:
            for (value, _), (row, numbers) in zip(stacked(cells[at]), stacked(cells[at + 1])):
                source, target = (numbers or "0_0").split("_")
                ends = [number if number != "0" else other for number, other in ((source, row), (target, name))]
                relations.append([unescape_value(value), *(spans[end] for end in ends)])
    return list(spans.values()), relations


def read(path):
    """A document as it is expected, in code points."""
    columns, lines = header(path.read_bytes().decode("utf-8").split("\n") + [""])
    text, rows = body(lines, columns)
    spans, relations = annotations(columns, rows)

    def points(span):
        start, end, label = span
        return [len(text[: 2 * at].decode("utf-16-le")) for at in (start, end)] + [label]

    relations = [[kind, points(one), points(other)] for kind, one, other in relations]
    whole = text.decode("utf-16-le")
    return [whole[:-1], sorted(map(points, spans)), sorted(relations)]


def main(folder, expected):
    with open(expected, encoding="utf-8") as file:
        documents = json.load(file)["documents"]
    wanted = []
    for document in documents:
        spans = [[*span["fragments"][0], span["label"]] for span in document["spans"]]
        assert all(len(span["fragments"]) == 1 for span in document["spans"]), document["id"]
        wanted.append([document["text"], sorted(spans), sorted(document.get("relations", []))])
    found = [read(path) for path in sorted(Path(folder).glob("*.tsv"))]
    for one, other in zip(sorted(found), sorted(wanted)):
        assert one == other, (one, other)
    assert len(found) == len(wanted), (len(found), len(wanted))
    print(f"webanno: {len(found)} documents, {sum(len(spans) for _, spans, _ in found)} spans")


if __name__ == "__main__":
    main(*sys.argv[1:])
