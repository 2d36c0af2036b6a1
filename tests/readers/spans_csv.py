"""Reads a table of spans that Hashiya wrote, with Python's own csv, and holds it against what was
exported."""

import csv
import json
import sys


def fragments_of(row):
    """The ranges of a row's span, in code points."""
    parts = row["fragments"].split() or [f"{row['start']}-{row['end']}"]
    ranges = [[int(edge) for edge in part.split("-")] for part in parts]
    assert [ranges[0][0], ranges[-1][1]] == [int(row["start"]), int(row["end"])], row
    return ranges


def documents_of(rows):
    """The documents by id; each has its text in its first row."""
    documents, number = {}, None
    for row in rows:
        if row["document"] != number:
            number = row["document"]
            document = {"text": row["text"], "spans": []}
            documents[row["document_id"]] = document
        if not row["label"]:
            continue
        ranges = fragments_of(row)
        parts = [document["text"][start:end] for start, end in ranges]
        assert row["quote"] == " … ".join(parts), row
        span = {"label": row["label"], "fragments": ranges, "text": " ".join(parts)}
        document["spans"].append(span)
    return documents


def order(spans):
    """Spans in one order, whoever made them."""
    return sorted(spans, key=lambda span: (span["fragments"], span["label"]))


def main():
    path, expected = sys.argv[1:]
    csv.field_size_limit(1 << 30)
    tabs = path.endswith((".tsv", ".tab"))
    with open(path, encoding="utf-8", newline="") as file:
        documents = documents_of(csv.DictReader(file, delimiter="\t" if tabs else ","))
    with open(expected, encoding="utf-8") as file:
        wanted = json.load(file)["documents"]
    assert len(documents) == len(wanted), (len(documents), len(wanted))
    for document in wanted:
        found = documents[document["id"]]
        assert found["text"] == document["text"], document["id"]
        spans, should = order(found["spans"]), order(document["spans"])
        assert spans == should, (spans, should)
    print(f"{len(documents)} documents")


if __name__ == "__main__":
    main()
