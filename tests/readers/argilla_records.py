"""Reads our Argilla export with argilla's own records and holds it against what was exported.

    argilla_records.py EXPORT.json EXPECTED.json

Argilla reads a file without a server; what it would send to one must have users that are ids.
"""

import json
import sys
import uuid
import warnings

from argilla.records._io import JsonIO
from argilla.responses import UserResponse


def spans_of(text, value):
    """Spans sliced in code points."""
    for span in value:
        assert sorted(span) == ["end", "label", "start"], span
        start, end = span["start"], span["end"]
        assert 0 <= start < end <= len(text), span
        yield {"label": span["label"], "fragments": [[start, end]], "text": text[start:end]}


def order(spans):
    """Spans in one order, whoever made them, without what the file need not hold."""
    names = ("label", "fragments", "text")
    spans = [{name: span[name] for name in names} for span in spans]
    return sorted(spans, key=lambda span: (span["fragments"], span["label"]))


def main(export, expected):
    warnings.simplefilter("ignore")
    records = JsonIO._records_from_json(export)
    with open(expected, encoding="utf-8") as file:
        documents = json.load(file)["documents"]
    assert len(records) == len(documents), (len(records), len(documents))
    counted = 0
    for record, document in zip(records, documents):
        text = record.fields["text"]
        assert text == document["text"], document["id"]
        spans = []
        for response in record.responses:
            sent = UserResponse(responses=[response])
            assert isinstance(sent.user_id, uuid.UUID), response.user_id
            spans += spans_of(text, response.value)
        for suggestion in record.suggestions:
            assert suggestion.agent
            spans += spans_of(text, suggestion.value)
        assert order(spans) == order(document["spans"]), (document["id"], spans)
        assert record.to_dict()["id"] == record.id and record.id
        users = {response.user_id for response in record.responses}
        assert len(users) == len(record.responses), users
        counted += len(spans)
    print(f"argilla: {len(records)} records, {counted} spans")


if __name__ == "__main__":
    main(*sys.argv[1:])
