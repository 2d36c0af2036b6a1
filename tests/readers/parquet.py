"""Reads a Parquet file that Hashiya wrote, with pyarrow, and holds it against what was exported."""

import json
import sys

import pyarrow.parquet


def spans_of(row):
    """A row's spans as (label, fragments in code points, text)."""
    spans = []
    for span in row["spans"]:
        parts = span["fragments"] or [{"start": span["start"], "end": span["end"]}]
        ranges = [[part["start"], part["end"]] for part in parts]
        assert [ranges[0][0], ranges[-1][1]] == [span["start"], span["end"]], span
        text = " ".join(row["text"][start:end] for start, end in ranges)
        spans.append({"label": span["label"], "fragments": ranges, "text": text})
    return spans


def order(spans):
    """Spans in one order, whoever made them."""
    return sorted(spans, key=lambda span: (span["fragments"], span["label"]))


def relations_of(row, spans):
    """A row's relations by the places and labels of their ends."""
    ends = [[span["fragments"][0][0], span["fragments"][-1][1], span["label"]] for span in spans]
    return [[each["type"], ends[each["from"]], ends[each["to"]]] for each in row["relations"]]


def check(rows, expected):
    """Every document that was exported is there, as it was, and no other."""
    rows = {row["id"]: row for row in rows}
    assert len(rows) == len(expected), (len(rows), len(expected))
    for document in expected:
        row = rows[document["id"]]
        assert row["text"] == document["text"], document["id"]
        spans = spans_of(row)
        assert order(spans) == order(document["spans"]), document["id"]
        relations = relations_of(row, spans)
        wanted = document.get("relations", [])
        assert sorted(relations) == sorted(wanted), (relations, wanted)


def main():
    path, expected = sys.argv[1:]
    table = pyarrow.parquet.read_table(path)
    assert table.schema.metadata[b"hashiya.unit"] == b"code-points"
    assert b"LabelSetFile" in table.schema.metadata[b"hashiya.labels"]
    with open(expected, encoding="utf-8") as file:
        check(table.to_pylist(), json.load(file)["documents"])
    print(f"{table.num_rows} documents")


if __name__ == "__main__":
    main()
