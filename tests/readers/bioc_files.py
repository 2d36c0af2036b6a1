"""Reads our BioC export, XML or JSON, with the `bioc` package and compares it.

Usage: bioc_files.py EXPORT.xml|EXPORT.json EXPECTED.json [bytes|code-points|utf-16]
"""

import json
import sys
from collections import Counter
from pathlib import Path

from bioc import biocjson, biocxml, validator


def cut(text, start, length, unit):
    """The part of a text at an offset, counted in a unit."""
    if unit == "bytes":
        return text.encode("utf-8")[start : start + length].decode("utf-8")
    if unit == "utf-16":
        return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")
    return text[start : start + length]


def place(text, start, length, unit):
    """The same range in code points."""
    before = len(cut(text, 0, start, unit))
    return before, before + len(cut(text, start, length, unit))


def read(export):
    if export.endswith(".xml"):
        streamed = list(biocxml.BioCXMLDocumentReader(export))
        with open(export, "rb") as file:
            collection = biocxml.load(file)
        assert len(streamed) == len(collection.documents)
    else:
        with open(export, encoding="utf-8") as file:
            collection = biocjson.load(file)
    return collection


def main(export, expected, unit="bytes"):
    wanted = json.loads(Path(expected).read_text(encoding="utf-8"))["documents"]
    collection = read(export)
    if unit == "code-points":
        validator.validate(collection)
    assert len(collection.documents) == len(wanted), (len(collection.documents), len(wanted))
    for document, should in zip(collection.documents, wanted):
        (passage,) = document.passages
        text = passage.text or ""
        assert text == should["text"], (document.id, text, should["text"])
        assert should["id"] is None or document.id == should["id"]
        spans, extents = Counter(), {}
        for annotation in passage.annotations:
            places = [place(text, at.offset, at.length, unit) for at in annotation.locations]
            label = annotation.infons["type"]
            extent = min(a for a, _ in places), max(b for _, b in places)
            assert text[slice(*extent)] == annotation.text, (document.id, annotation)
            spans[label, tuple(places)] += 1
            extents[annotation.id] = [*extent, label]
        assert len(extents) == len(passage.annotations), "ids name one annotation each"
        wanted_spans = Counter(
            (span["label"], tuple(map(tuple, span["fragments"]))) for span in should["spans"]
        )
        assert spans == wanted_spans, (document.id, spans - wanted_spans, wanted_spans - spans)
        relations = []
        for relation in passage.relations:
            ends = {node.role: extents[node.refid] for node in relation.nodes}
            relations.append([relation.infons["type"], ends["from"], ends["to"]])
        assert sorted(relations) == sorted(should.get("relations", [])), document.id
    print(f"{len(wanted)} documents are as they should be")


if __name__ == "__main__":
    main(*sys.argv[1:])
