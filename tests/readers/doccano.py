"""Reads our doccano export as JSON, a line a document, and compares it.

    doccano.py EXPORT.jsonl EXPECTED.json
"""

import json
import sys


def main(export, expected):
    with open(export, encoding="utf-8", newline="\n") as file:
        rows = [json.loads(line) for line in file]
    with open(expected, encoding="utf-8") as file:
        wanted = json.load(file)["documents"]
    assert len(rows) == len(wanted), (len(rows), len(wanted))
    for row, document in zip(rows, wanted):
        text = row["text"]
        assert text == document["text"], (text, document["text"])
        assert str(row["id"]) == document["id"], row["id"]
        spans = [[span["label"], *span["fragments"][0]] for span in document["spans"]]
        assert all(text[start:end] for _, start, end in spans)
        assert all(len(span["fragments"]) == 1 for span in document["spans"])
        found = [[label, start, end] for start, end, label in row["label"]]
        assert sorted(found) == sorted(spans), (document["id"], found, spans)
        ends = {}
        for entity in row.get("entities", []):
            ends[entity["id"]] = [entity["start_offset"], entity["end_offset"], entity["label"]]
        relations = [[r["type"], ends[r["from_id"]], ends[r["to_id"]]] for r in row.get("relations", [])]
        assert sorted(relations) == sorted(document["relations"]), (document["id"], relations)
    print(f"doccano: {len(rows)} documents")


if __name__ == "__main__":
    main(*sys.argv[1:])
