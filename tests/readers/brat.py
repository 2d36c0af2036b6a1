"""Reads our brat export with pybrat and compares it.

Usage: brat.py FOLDER EXPECTED.json
"""

import json
import sys
from collections import Counter
from pathlib import Path

from pybrat.parser import BratParser


def main(folder, expected):
    wanted = json.loads(Path(expected).read_text(encoding="utf-8"))["documents"]
    files = sorted(Path(folder).glob("*.txt"))
    texts = [path.read_bytes().decode("utf-8") for path in files]
    assert Counter(texts) == Counter(document["text"] for document in wanted)
    assert all(path.with_suffix(".ann").exists() for path in files)
    found = Counter()
    for example in BratParser(error="raise").parse(folder):
        text = example.text
        spans = []
        for entity in example.entities:
            fragments = [(span.start, span.end) for span in entity.spans]
            assert " ".join(text[a:b] for a, b in fragments).replace("\n", " ") == entity.mention
            spans.append((entity.type, tuple(fragments)))
        extent = lambda entity: (
            min(span.start for span in entity.spans),
            max(span.end for span in entity.spans),
            entity.type,
        )
        relations = [(r.type, extent(r.arg1), extent(r.arg2)) for r in example.relations]
        found[text, tuple(sorted(spans)), tuple(sorted(relations))] += 1
    should = Counter()
    for document in wanted:
        text = document["text"]
        spans = [(s["label"], tuple(map(tuple, s["fragments"]))) for s in document["spans"]]
        relations = [(kind, tuple(a), tuple(b)) for kind, a, b in document.get("relations", [])]
        should[text, tuple(sorted(spans)), tuple(sorted(relations))] += 1
    assert found == should, (found - should, should - found)
    print(f"{len(files)} documents are as they should be")


if __name__ == "__main__":
    main(*sys.argv[1:])
