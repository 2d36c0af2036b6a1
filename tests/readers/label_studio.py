"""Reads our Label Studio export with label-studio-sdk's own converter and compares it.

Usage: label_studio.py EXPORT.json EXPECTED.json
"""

import json
import sys
import tempfile
from pathlib import Path

from label_studio_sdk.converter import Converter


def config(tasks):
    """The labelling configuration that such a file belongs to."""
    labels = {
        label
        for task in tasks
        for annotation in task["annotations"]
        for result in annotation["result"]
        if result["type"] == "labels"
        for label in result["value"]["labels"]
    }
    return {
        "label": {
            "type": "Labels",
            "to_name": ["text"],
            "inputs": [{"type": "Text", "value": "text"}],
            "labels": sorted(labels),
            "labels_attrs": {},
        }
    }


def span(region):
    text = region["text"]
    return region["start"], region["end"], text if isinstance(text, str) else None


def main(export, expected):
    tasks = json.loads(Path(export).read_text(encoding="utf-8"))
    wanted = json.loads(Path(expected).read_text(encoding="utf-8"))["documents"]
    converter = Converter(config(tasks), project_dir=None, download_resources=False)
    with tempfile.TemporaryDirectory() as folder:
        converter.convert_to_json_min(export, folder, is_dir=False)
        flat = json.loads(next(Path(folder).glob("*.json")).read_text(encoding="utf-8"))
    assert len(tasks) == len(wanted), (len(tasks), len(wanted))
    annotated = [task for task in tasks if task["annotations"]]
    assert len(flat) >= len(annotated), (len(flat), len(annotated))
    by_text = {}
    for item in flat:
        regions = item.get("label", [])
        by_text.setdefault(item["text"], []).append(
            sorted(
                (r["start"], r["end"], r["text"], label)
                for r in (regions if isinstance(regions, list) else [])
                for label in r.get("labels", [])
            )
        )
    for task, document in zip(tasks, wanted):
        text = document["text"]
        assert task["data"]["text"] == text, document["id"]
        spans = []
        for s in document["spans"]:
            assert len(s["fragments"]) == 1, "fragments are written apart"
            start, end = s["fragments"][0]
            assert text[start:end] == s["text"], s
            spans.append((start, end, s["text"], s["label"]))
        if task["annotations"]:
            assert sorted(spans) in by_text[text], (document["id"], sorted(spans), by_text[text])
        else:
            assert not spans, document["id"]
        regions = {}
        relations = []
        for annotation in task["annotations"][:1]:
            for result in annotation["result"]:
                if result["type"] == "labels":
                    value = result["value"]
                    regions[result["id"]] = (value["start"], value["end"], value["labels"][0])
            for result in annotation["result"]:
                if result["type"] == "relation":
                    ends = regions[result["from_id"]], regions[result["to_id"]]
                    relations.append([result["labels"][0], *map(list, ends)])
        assert sorted(relations) == sorted(document.get("relations", [])), document["id"]
    print(f"{len(tasks)} tasks are as they should be")


if __name__ == "__main__":
    main(*sys.argv[1:])
