"""Reads a DocBin that Hashiya wrote, with spaCy, and holds it against what was exported."""

import json
import sys

import spacy
from spacy.tokens import DocBin


def span_of(doc, span):
    """A span by its tokens, with the places that the file says in code points."""
    text = doc.text[span.start_char : span.end_char]
    tokens = doc[span.start : span.end]
    assert tokens.text == span.text == text, (tokens.text, text)
    fragments = [[tokens.start_char, tokens.end_char]]
    return {"label": span.label_, "fragments": fragments, "text": text}


def order(spans):
    """Spans in one order, whoever made them, without what the file need not hold."""
    names = ("label", "fragments", "text")
    spans = [{name: span[name] for name in names} for span in spans]
    return sorted(spans, key=lambda span: (span["fragments"], span["label"]))


def overlap(spans):
    """Whether spans lie over each other."""
    ranges = sorted(span["fragments"][0] for span in spans)
    return any(one[1] > other[0] for one, other in zip(ranges, ranges[1:]))


def check_entities(doc, spans):
    """Entities are the spans of the one person, and are there unless spaCy cannot train on them."""
    people = [
        group
        for group in doc.spans.values()
        if not group.attrs["annotator"].startswith("prediction: ")
    ]
    entities = [span_of(doc, entity) for entity in doc.ents]
    blank = any(span["text"][:1].isspace() or span["text"][-1:].isspace() for span in spans)
    if len(people) == 1 == len(doc.spans) and not overlap(spans) and not blank:
        assert order(entities) == order(spans), (entities, spans)
    elif entities:
        person = [span_of(doc, span) for span in people[0]]
        assert len(people) == 1 and order(entities) == order(person), (entities, person)


def check(docs, expected):
    """Every document that was exported is there, as it was, and no other."""
    docs = {doc.user_data["id"]: doc for doc in docs}
    assert len(docs) == len(expected), (len(docs), len(expected))
    entities = 0
    for document in expected:
        doc = docs[document["id"]]
        assert doc.text == document["text"], document["id"]
        spans = [span_of(doc, span) for group in doc.spans.values() for span in group]
        assert order(spans) == order(document["spans"]), (spans, document["spans"])
        check_entities(doc, spans)
        entities += len(doc.ents)
    return entities


def main():
    path, expected = sys.argv[1:]
    docs = DocBin().from_disk(path).get_docs(spacy.blank("ar").vocab)
    with open(expected, encoding="utf-8") as file:
        documents = json.load(file)["documents"]
    entities = check(docs, documents)
    print(f"{len(documents)} documents, {entities} entities")


if __name__ == "__main__":
    main()
