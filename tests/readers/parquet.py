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


def check(rows, expected):
    """Every document that was exported is there, as it was, and no other."""
    rows = {row["id"]: row for row in rows}
    assert len(rows) == len(expected), (len(rows), len(expected))
    for document in expected:
        row = rows[document["id"]]
        assert row["text"] == document["text"], document["id"]
        assert spans_of(row) == document["spans"], document["id"]
        relations = document.get("relations", [])
        assert row["relations"] == relations, (row["relations"], relations)


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
