"""Reads our Web Annotations as JSON-LD with pyld and compares them.

Usage: web_annotation.py EXPORT.jsonld EXPECTED.json

Everything is read from the expanded form, in which a term that the context does not have is gone.
The context is our copy of those terms of http://www.w3.org/ns/anno.jsonld that an export needs: no
test fetches anything.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from pyld import jsonld

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
FOAF = "http://xmlns.com/foaf/0.1/"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def reference(name):
    return {"@type": "@id", "@id": name}


CONTEXT = {
    "@context": {
        "oa": OA,
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        "Annotation": OA + "Annotation",
        "TextualBody": OA + "TextualBody",
        "TextQuoteSelector": OA + "TextQuoteSelector",
        "TextPositionSelector": OA + "TextPositionSelector",
        "AnnotationPage": AS + "OrderedCollectionPage",
        "Person": FOAF + "Person",
        "Software": AS + "Application",
        "body": reference(OA + "hasBody"),
        "target": reference(OA + "hasTarget"),
        "source": reference(OA + "hasSource"),
        "selector": reference(OA + "hasSelector"),
        "motivation": {"@type": "@vocab", "@id": OA + "motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": OA + "hasPurpose"},
        "exact": OA + "exact",
        "prefix": OA + "prefix",
        "suffix": OA + "suffix",
        "start": {"@type": XSD + "nonNegativeInteger", "@id": OA + "start"},
        "end": {"@type": XSD + "nonNegativeInteger", "@id": OA + "end"},
        "describing": OA + "describing",
        "tagging": OA + "tagging",
        "commenting": OA + "commenting",
        "classifying": OA + "classifying",
        "linking": OA + "linking",
        "creator": reference(DCTERMS + "creator"),
        "name": FOAF + "name",
        "label": RDFS + "label",
        "value": RDF + "value",
        "format": DC + "format",
        "items": {"@type": "@id", "@container": "@list", "@id": AS + "items"},
    }
}


def local(url, options):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": CONTEXT,
    }


def one(node, term):
    (value,) = node[term]
    return value.get("@value", value.get("@id"))


def place(target, text, name):
    assert one(target, OA + "hasSource") == name
    found = {}
    for selector in target[OA + "hasSelector"]:
        (kind,) = selector["@type"]
        if kind == OA + "TextPositionSelector":
            found["position"] = one(selector, OA + "start"), one(selector, OA + "end")
        else:
            assert kind == OA + "TextQuoteSelector", kind
            found["quote"] = [one(selector, OA + part) for part in ("exact", "prefix", "suffix")]
    start, end = found["position"]
    exact, prefix, suffix = found["quote"]
    assert text[start:end] == exact
    assert text[:start].endswith(prefix) and text[end:].startswith(suffix)
    return start, end


def main(export, expected):
    wanted = json.loads(Path(expected).read_text(encoding="utf-8"))["documents"]
    export = json.loads(Path(export).read_text(encoding="utf-8"))
    pages = jsonld.expand(export, {"documentLoader": local})
    assert len(pages) == len(wanted), (len(pages), len(wanted))
    for page, should in zip(pages, wanted):
        assert page["@type"] == [AS + "OrderedCollectionPage"]
        (items,) = page[AS + "items"]
        whole, *items = items["@list"]
        (target,) = whole[OA + "hasTarget"]
        name, text = target["@id"], one(target, RDF + "value")
        assert text == should["text"], should["id"]
        assert one(target, RDFS + "label") == should.get("title", one(target, RDFS + "label"))
        spans, extents, relations = Counter(), {}, []
        for item in items:
            assert item["@type"] == [OA + "Annotation"]
            assert item[DCTERMS + "creator"][0][FOAF + "name"]
            tags = [
                one(body, RDF + "value")
                for body in item[OA + "hasBody"]
                if one(body, OA + "hasPurpose") == OA + "tagging"
            ]
            (tag,) = tags
            if one(item, OA + "motivatedBy") == OA + "linking":
                ends = [extents[end["@id"]] for end in item[OA + "hasTarget"]]
                relations.append([tag, *ends])
                continue
            assert one(item, OA + "motivatedBy") == OA + "tagging"
            places = sorted(place(target, text, name) for target in item[OA + "hasTarget"])
            assert item["@id"] not in extents
            extents[item["@id"]] = [places[0][0], places[-1][1], tag]
            spans[tag, tuple(places)] += 1
        wanted_spans = Counter(
            (span["label"], tuple(map(tuple, span["fragments"]))) for span in should["spans"]
        )
        assert spans == wanted_spans, (should["id"], spans - wanted_spans, wanted_spans - spans)
        assert sorted(relations) == sorted(should.get("relations", [])), should["id"]
    print(f"{len(wanted)} documents are as they should be")


if __name__ == "__main__":
    main(*sys.argv[1:])
