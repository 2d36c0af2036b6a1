"""Reads our Prodigy export as JSON and with spaCy, and holds it against what was exported.

    prodigy.py EXPORT.jsonl EXPECTED.json

spaCy makes a document of each line's tokens, in which each span must be a run of whole tokens.
"""

import json
import sys

import spacy
from spacy.tokens import Doc


def doc_of(vocab, task):
    """The document of a task's tokens, which must be where they say they are."""
    text, tokens = task["text"], task["tokens"]
    for number, token in enumerate(tokens):
        assert token["id"] == number, token
        assert text[token["start"] : token["end"]] == token["text"], token
    doc = Doc(vocab, [t["text"] for t in tokens], [t["ws"] for t in tokens])
    assert doc.text == text, (doc.text, text)
    assert [t.idx for t in doc] == [t["start"] for t in tokens]
    return doc


def span_of(doc, span):
    """A span, said alike by its characters and by its tokens."""
    start, end = span["start"], span["end"]
    found = doc.char_span(start, end, label=span["label"])
    assert found is not None, (span, doc.text)
    assert (found.start, found.end - 1) == (span["token_start"], span["token_end"]), span
    return {"label": found.label_, "fragments": [[start, end]], "text": found.text}


def end_of(doc, span):
    """The end of a relation."""
    found = span_of(doc, span)
    return [*found["fragments"][0], found["label"]]


def order(spans):
    """Spans in one order, whoever made them, without what the file need not hold."""
    names = ("label", "fragments", "text")
    spans = [{name: span[name] for name in names} for span in spans]
    return sorted(spans, key=lambda span: (span["fragments"], span["label"]))


def main(export, expected):
    vocab = spacy.blank("xx").vocab
    with open(export, encoding="utf-8", newline="\n") as file:
        tasks = [json.loads(line) for line in file]
    with open(expected, encoding="utf-8") as file:
        documents = json.load(file)["documents"]
    place = 0
    counted = 0
    for document in documents:
        spans, relations = [], []
        while True:
            task = tasks[place]
            place += 1
            assert task["text"] == document["text"], (task["text"], document["text"])
            doc = doc_of(vocab, task)
            mine = [span_of(doc, span) for span in task.get("spans", [])]
            spans += mine
            for relation in task.get("relations", []):
                head, child = relation["head_span"], relation["child_span"]
                assert relation["head"] == head["token_end"], relation
                assert relation["child"] == child["token_end"], relation
                ends = end_of(doc, head), end_of(doc, child)
                for start, end, label in ends:
                    assert [label, [[start, end]]] in [[s["label"], s["fragments"]] for s in mine]
                relations.append([relation["label"], *ends])
            if "answer" in task:
                assert task["answer"] == "accept", task["answer"]
            if "_annotator_id" in task:
                assert task["_session_id"] == task["_annotator_id"]
            # The lines of a document stand together and have the same hash of their input.
            if place == len(tasks) or tasks[place]["_input_hash"] != task["_input_hash"]:
                break
        assert order(spans) == order(document["spans"]), (document["id"], spans)
        assert sorted(relations) == sorted(document.get("relations", [])), document["id"]
        counted += len(spans)
    assert place == len(tasks), (place, len(tasks))
    print(f"prodigy: {len(documents)} documents, {len(tasks)} tasks, {counted} spans")


if __name__ == "__main__":
    main(*sys.argv[1:])
