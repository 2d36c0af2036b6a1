"""Reads our GATE XML export with gatenlp and compares it.

Usage: gate.py FOLDER EXPECTED.json

gatenlp reads no relations: those are read with the standard library.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from gatenlp import Document


def relations(path, sets):
    found = []
    for group in ElementTree.parse(path).getroot().findall("RelationSet"):
        for relation in group.findall("Relation"):
            assert relation.find("UserData") is not None, "GATE wants it"
            ends = []
            for member in relation.get("Members").split(";"):
                annotation = sets[group.get("Name")].get(int(member))
                ends.append((annotation.start, annotation.end, annotation.type))
            found.append((relation.get("Type"), *ends))
    return tuple(sorted(found))


def main(folder, expected):
    wanted = json.loads(Path(expected).read_text(encoding="utf-8"))["documents"]
    files = sorted(Path(folder).glob("*.xml"))
    assert len(files) == len(wanted), (len(files), len(wanted))
    found = Counter()
    for path in files:
        document = Document.load(str(path), fmt="gatexml", ignore_errors=False)
        sets = {name: document.annset(name) for name in document.annset_names()}
        # gatenlp counts code points; the ids of nodes are UTF-16, as in GATE.
        ids = set()
        for node in ElementTree.parse(path).getroot().find("TextWithNodes"):
            ids.add(int(node.get("id")))
        utf16 = document.text.encode("utf-16-le", "surrogatepass")
        spans = []
        for annotations in sets.values():
            for annotation in annotations:
                start, end = annotation.start, annotation.end
                for at in (start, end):
                    assert len(document.text[:at].encode("utf-16-le")) // 2 in ids
                spans.append((annotation.type, start, end, document.text[start:end]))
        assert len(utf16) // 2 >= max(ids, default=0)
        found[document.text, tuple(sorted(spans)), relations(path, sets)] += 1
    should = Counter()
    for document in wanted:
        spans = []
        for span in document["spans"]:
            assert len(span["fragments"]) == 1, "fragments are written apart"
            spans.append((span["label"], *span["fragments"][0], span["text"]))
        links = [(kind, tuple(a), tuple(b)) for kind, a, b in document.get("relations", [])]
        should[document["text"], tuple(sorted(spans)), tuple(sorted(links))] += 1
    assert found == should, (found - should, should - found)
    print(f"{len(files)} documents are as they should be")


if __name__ == "__main__":
    main(*sys.argv[1:])
