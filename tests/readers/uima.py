"""Reads our exports to UIMA with dkpro-cassis and compares them.

Usage: uima.py FOLDER EXPECTED.json

The folder holds .xmi files with TypeSystem.xml beside them, or .json files.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from cassis import load_cas_from_json, load_cas_from_xmi, load_typesystem


def load(folder):
    folder = Path(folder)
    types = folder / "TypeSystem.xml"
    if types.exists():
        with types.open("rb") as source:
            typesystem = load_typesystem(source)
        for path in sorted(folder.glob("*.xmi")):
            with path.open("rb") as source:
                yield path, load_cas_from_xmi(source, typesystem=typesystem)
    for path in sorted(folder.glob("*.json")):
        with path.open("rb") as source:
            yield path, load_cas_from_json(source)


def utf16(text, begin, end):
    return text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le")


def raw_places(path, xmi_id):
    """Begin and end of every span as they stand in the file, in UTF-16 units."""
    if path.suffix == ".json":
        file = json.loads(path.read_text(encoding="utf-8"))
        found = (s for s in file["%FEATURE_STRUCTURES"] if s["%ID"] == xmi_id)
        span = next(found)
        return span["begin"], span["end"]
    from lxml import etree

    for element in etree.parse(path).getroot():
        if element.get("{http://www.omg.org/XMI}id") == str(xmi_id):
            return int(element.get("begin")), int(element.get("end"))
    raise KeyError(xmi_id)


def elements(array):
    return [] if array is None else array.elements


def main(folder, expected):
    wanted = json.loads(Path(expected).read_text(encoding="utf-8"))["documents"]
    found, count = Counter(), 0
    for path, cas in load(folder):
        count += 1
        text = cas.sofa_string or ""
        (about,) = cas.select("hashiya.Document")
        assert (about.begin, about.end) == (0, len(text)), path
        spans, fragments_found = [], 0
        for span in cas.select("hashiya.Span"):
            begin, end = raw_places(path, span.xmiID)
            assert utf16(text, begin, end) == text[span.begin : span.end], path
            parts = elements(span.fragments)
            assert len(parts) != 1, path
            fragments_found += len(parts)
            fragments = [(part.begin, part.end) for part in parts] or [(span.begin, span.end)]
            assert (fragments[0][0], fragments[-1][1]) == (span.begin, span.end), path
            spans.append((span.label, tuple(fragments)))
        assert fragments_found == len(cas.select("hashiya.Fragment")), path
        extent = lambda span: (span.begin, span.end, span.label)
        relations = [
            (relation.label, extent(relation.Governor), extent(relation.Dependent))
            for relation in cas.select("hashiya.Relation")
        ]
        found[text, about.id, tuple(sorted(spans)), tuple(sorted(relations))] += 1
    should = Counter()
    for document in wanted:
        text = document["text"]
        spans = [(s["label"], tuple(map(tuple, s["fragments"]))) for s in document["spans"]]
        for span in document["spans"]:
            joined = " ".join(text[begin:end] for begin, end in span["fragments"])
            assert "text" not in span or span["text"] == joined
        relations = [(kind, tuple(a), tuple(b)) for kind, a, b in document.get("relations", [])]
        should[text, document.get("id"), tuple(sorted(spans)), tuple(sorted(relations))] += 1
    assert found == should, (found - should, should - found)
    print(f"{count} documents are as they should be")


if __name__ == "__main__":
    main(*sys.argv[1:])
