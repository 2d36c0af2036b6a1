"""Exports in every format that somebody else's library reads, and has that library read it.

    run.py PROGRAM [FORMAT…]

Each line of `CASES` is exported with each of its options and for each person, and its script is run on
the export and on what `model.py` expects of it, less what the format does not carry by `PROGRAM
formats --json`. The export's report must count exactly that. Once a line a span is shifted in what is
expected, and the script must fail.

`agreement` is no format: layers of several people go into a project, and what `hashiya agree --json` says of
them is compared with what other people's programs compute of the same units.
"""

import copy
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import model

HERE = Path(__file__).resolve().parent
ASSETS = HERE.parent.parent / "assets" / "sample"
LIMIT = 180


@dataclass
class Case:
    """A format and who reads it."""

    format: str
    script: str
    # How the export's name ends; empty for a folder.
    ending: str
    # Options of the export, each tried, with arguments of the script.
    options: tuple = (((), ()),)
    # `each`: a person's layer at a time; `all`: everybody's in one file.
    people: tuple = ("each",)
    # What neither the report nor the script speaks of, so that documents with it are left out of the
    # dataset: `empty`, `overlap`.
    without: tuple = ()


CASES = [
    Case("doccano", "doccano.py", ".jsonl"),
    Case("label-studio", "label_studio.py", ".json"),
    Case("brat", "brat.py", ""),
    Case("conll", "conll.py", ".conll", tuple((("--scheme", s), ()) for s in ["iob1", "iob2", "bilou", "iobes"])),
    Case("conllu", "conllu.py", ".conllu"),
    Case("csv", "spans_csv.py", ".csv", people=("each", "all")),
    Case("csv", "spans_csv.py", ".tsv", people=("all",)),
    Case("parquet", "parquet.py", ".parquet", people=("each", "all")),
    Case("huggingface", "huggingface.py", "", (((), ()), (("--split", "80/10/10"), ())), people=("all",)),
    Case("spacy", "spacy_docbin.py", ".spacy", people=("each", "all")),
    Case("prodigy", "prodigy.py", ".jsonl", people=("each", "all")),
    Case("uima-xmi", "uima.py", ""),
    Case("uima-json", "uima.py", ""),
    Case("webanno", "webanno.py", ""),
    Case("web-annotation", "web_annotation.py", ".jsonld", people=("each", "all")),
    Case("gate", "gate.py", "", people=("each", "all")),
    Case("argilla", "argilla_records.py", ".json", people=("each", "all")),
    Case(
        "bioc",
        "bioc_files.py",
        ".xml",
        tuple((("--unit", unit), (unit,)) for unit in ["bytes", "code-points", "utf-16"]),
        people=("each", "all"),
    ),
    Case("bioc-json", "bioc_files.py", ".json", people=("all",)),
    Case("text", "plain_text.py", "", people=("all",)),
]


# Datasets that agreement is measured on, each with its people: documents with everything, whose spans overlap;
# whole words, apart, of two people (as seqeval takes them) and of three.
AGREEMENT = "agreement"
AGREEMENTS = {
    "everything": (lambda: model.dataset(ASSETS), model.PEOPLE),
    "two": (lambda: model.annotated(60, 5, model.PEOPLE), model.PEOPLE),
    "three": (lambda: model.annotated(40, 6, ["amal", "mona", "yusuf"]), ["amal", "mona", "yusuf"]),
}
COMPARED = ["f1", "cohen_kappa", "fleiss_kappa", "krippendorff_nominal", "u_alpha", "u_alpha_binary", "cu_alpha"]
# γ is compared of so many documents with so many spans at most, since the other program is slow, and only of
# running texts: on some of a few letters the two samplings lie further apart than their spreads say.
GAMMA_DOCUMENTS = 8
GAMMA_SPANS = 24
GAMMA_LETTERS = 80


class Wrong(Exception):
    """What is wrong with an export."""


def run(command, folder, status=0):
    """Runs a command; what it prints."""
    names = {name: str(folder / name) for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "HF_HOME"]}
    quiet = {"HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [str(part) for part in command],
        env=os.environ | names | quiet,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=LIMIT,
    )
    if (done.returncode == 0) != (status == 0):
        shown = " ".join(str(part) for part in command[:6])
        raise Wrong(f"{shown} … ended with {done.returncode}\n{done.stderr[-3000:]}")
    return done.stdout


def overlaps(spans):
    ranges = sorted((s["fragments"][0][0], s["fragments"][-1][1]) for s in spans)
    return any(one[1] > other[0] for one, other in zip(ranges, ranges[1:]))


def fits(document, without):
    """Whether a format that is told nothing of overlaps or empty texts holds it."""
    lapping = any(overlaps(layer["spans"]) for layer in document["layers"].values())
    return not ("empty" in without and not document["text"] or "overlap" in without and lapping)


def expected(documents, people, carries):
    """What an export of these people's layers must hold, and what its report must count."""
    features, lost, kept = carries["features"], Counter(), []
    for document in documents:
        if not document["text"] and "empty-documents" not in features:
            lost["empty-documents"] += 1
            continue
        text, spans, relations = document["text"], [], []
        for name in people:
            layer = document["layers"].get(name, {"spans": [], "relations": []})
            if carries["layers"] == "none":
                lost["spans"] += len(layer["spans"])
                continue
            ends = []
            for one in layer["spans"]:
                fragments = one["fragments"]
                parts = [fragments]
                if len(fragments) > 1 and "discontinuous" not in features:
                    lost["discontinuous"] += 1
                    parts = [[part] for part in fragments]
                ends.append([parts[0][0][0], parts[0][-1][1], one["label"]])
                for part in parts:
                    shown = " ".join(text[start:end] for start, end in part)
                    spans.append({"label": one["label"], "fragments": part, "text": shown})
            if "relations" in features:
                relations += [[kind, ends[a], ends[b]] for kind, a, b in layer["relations"]]
            else:
                lost["relations"] += len(layer["relations"])
        kept.append({"id": document["id"], "text": text, "spans": spans, "relations": relations})
    return {"documents": kept}, lost


COUNTED = ["spans", "nested", "crossing", "same-range", "discontinuous", "relations", "characters", "empty-documents"]


def check_report(report, documents, lost):
    """The report says what was lost, and nothing else."""
    if report["differing"] or report["problems"] or report["documents"] != documents:
        raise Wrong(f"the report: {report['documents']} of {documents}, {report['differences']}, {report['problems']}")
    told = {entry["kind"]: entry["count"] for entry in report["loss"] if entry["kind"] in COUNTED}
    wanted = {kind: count for kind, count in lost.items() if count}
    if told != wanted:
        raise Wrong(f"the report counts {told}, and not {wanted}")


def shifted(wanted):
    """The same with one span a character further, or one text changed where there are no spans."""
    wanted = copy.deepcopy(wanted)
    for document in wanted["documents"]:
        there = [(span["label"], span["fragments"]) for span in document["spans"]]
        for span in document["spans"]:
            moved = [[start + 1, end + 1] for start, end in span["fragments"]]
            if moved[-1][1] <= len(document["text"]) and (span["label"], moved) not in there:
                span["fragments"] = moved
                span["text"] = " ".join(document["text"][start:end] for start, end in moved)
                return wanted
    wanted["documents"][0]["text"] += "x"
    return wanted


@dataclass
class Job:
    case: Case
    options: tuple
    arguments: tuple
    person: str | None
    # Whether it is the first of its case.
    first: bool

    def name(self):
        words = [self.case.format, self.case.ending, *self.options, self.person or "everybody"]
        return " ".join(word for word in words if word)


def units_of(documents, people):
    """What is compared: the documents that two people have something on, with their labels."""
    kept = []
    for made in documents:
        layers = {name: layer["spans"] for name, layer in made["layers"].items() if layer["spans"]}
        if len(layers) > 1:
            kept.append({"id": made["id"], "text": made["text"], "layers": layers})
    there = sorted({span["label"] for made in kept for layer in made["layers"].values() for span in layer})
    group = lambda label: "statements" if label in model.STATEMENTS else "entities"
    labels = [{"name": label, "group": group(label)} for label in there]
    return {"annotators": people, "labels": labels, "documents": kept}


def fits_gamma(made, people):
    """Whether γ of a document is compared."""
    layers = made["layers"]
    everybody = len(layers) == len(people)
    return everybody and sum(map(len, layers.values())) <= GAMMA_SPANS and len(made["text"]) >= GAMMA_LETTERS


def jobs(wanted):
    for case in CASES:
        if wanted and case.format not in wanted:
            continue
        first = True
        for options, arguments in case.options:
            for people in case.people:
                for person in model.PEOPLE if people == "each" else [None]:
                    yield Job(case, options, arguments, person, first)
                    first = False


class Bench:
    """The program, its projects, and a folder for everything."""

    def __init__(self, program, folder, wants_formats):
        self.program = program
        self.wants_formats = wants_formats
        self.folder = folder
        self.documents = model.dataset(ASSETS)
        self.projects = {}
        formats = json.loads(run([program, "formats", "--json"], folder))
        self.carries = {row["name"]: row["carries"] for row in formats}
        for without in {case.without for case in CASES} if self.wants_formats else ():
            documents = [made for made in self.documents if fits(made, without)]
            name = "-".join(["project", *without])
            source = folder / f"{name}.ron"
            source.write_text(model.ron(documents), encoding="utf-8", newline="")
            run([program, "import", folder / f"{name}.hashiya", source], folder)
            self.projects[without] = folder / f"{name}.hashiya", documents

    def check(self, number, job):
        """Exports, compares; what the script says."""
        project, documents = self.projects[job.case.without]
        folder = self.folder / f"{number:03}"
        folder.mkdir()
        out, report = folder / f"out{job.case.ending}", folder / "report.json"
        command = [self.program, "export", project, out, "--format", job.case.format, "--report", report, *job.options]
        run(command + (["--annotator", job.person] if job.person else []), folder)
        people = [job.person] if job.person else model.PEOPLE
        wanted, lost = expected(documents, people, self.carries[job.case.format])
        check_report(json.loads(report.read_text(encoding="utf-8")), len(wanted["documents"]), lost)
        said = self.read(job, out, folder / "expected.json", wanted)
        if job.first:
            try:
                self.read(job, out, folder / "shifted.json", shifted(wanted), status=1)
            except Wrong as error:
                raise Wrong(f"{job.case.script} does not see a span that is shifted: {error}") from error
        return said.strip().splitlines()[-1]

    def read(self, job, out, path, wanted, status=0):
        path.write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")
        # -P: a script may have the name of the package that it imports.
        command = [sys.executable, "-P", HERE / job.case.script, out, path, *job.arguments]
        return run(command, path.parent, status)

    def agree(self, name):
        """Measures agreement, and has the script measure it; what the script says."""
        make, people = AGREEMENTS[name]
        folder = self.folder / f"agreement-{name}"
        folder.mkdir()
        documents = list(make())
        for number, made in enumerate(documents, 1):
            made["id"] = f"d{number:04}"
        project, report = folder / "p.hashiya", folder / "report.json"
        self.dataset(folder / "all.ron", documents)
        run([self.program, "import", project, folder / "all.ron"], folder)
        agree = [self.program, "agree", "--json", "--match", "character", "--measure", ",".join(COMPARED)]
        report.write_text(run([*agree, project], folder), encoding="utf-8")
        units = units_of(documents, people)
        for made in [made for made in units["documents"] if fits_gamma(made, people)][:GAMMA_DOCUMENTS]:
            alone = folder / f"{made['id']}.ron"
            self.dataset(alone, [one for one in documents if one["id"] == made["id"]])
            said = run([self.program, "agree", alone, "--json", "--measure", "gamma"], folder)
            made["gamma"] = json.loads(said)["gamma"]
        job = Job(Case(AGREEMENT, "agreement.py", ""), (), (), None, True)
        said = self.read(job, report, folder / "units.json", units)
        moved = copy.deepcopy(units)
        shorter = next(
            span
            for made in moved["documents"]
            for layer in made["layers"].values()
            for span in layer
            if span["fragments"][-1][1] - span["fragments"][-1][0] > 1
        )
        shorter["fragments"][-1][1] -= 1
        self.read(job, report, folder / "shifted.json", moved, status=1)
        return said.strip().splitlines()[-1]

    def dataset(self, path, documents):
        path.write_text(model.ron(documents), encoding="utf-8", newline="")


def main(program, *wanted):
    unknown = set(wanted) - {case.format for case in CASES} - {AGREEMENT}
    if unknown:
        sys.exit(f"no case for {', '.join(sorted(unknown))}")
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        wants_formats = not wanted or set(wanted) != {AGREEMENT}
        bench = Bench(Path(program).resolve(), Path(folder), wants_formats)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            waiting = [(job.name(), pool.submit(bench.check, at, job)) for at, job in enumerate(jobs(wanted))]
            if not wanted or AGREEMENT in wanted:
                waiting += [(f"{AGREEMENT} {name}", pool.submit(bench.agree, name)) for name in AGREEMENTS]
            for name, result in waiting:
                try:
                    print(f"ok    {name}: {result.result()}", flush=True)
                    passed += 1
                except (Wrong, subprocess.TimeoutExpired, OSError) as error:
                    print(f"FAIL  {name}: {error}", flush=True)
                    failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
