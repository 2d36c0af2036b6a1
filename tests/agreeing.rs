//! How far annotators agree, and what they disagree on, told by the command line.

use std::fs;

use serde_json::{Value, json};

use super::cli::Desk;

const AMAL: &str = concat!(
    r#"{"text": "قال وسمير إن الخبر صحيح", "label": [[5, 9, "PERSON"], [10, 23, "CLAIM"]]}"#,
    "\n",
    r#"{"text": "نفت الشركة ذلك", "label": [[4, 10, "ORGANIZATION"]]}"#,
    "\n",
    r#"{"text": "لا شيء هنا", "label": []}"#,
    "\n"
);

/// The clitic, the claim's edge and the organisation's label are others; one text more, another order.
const YUSUF: &str = concat!(
    r#"{"text": "لا شيء هنا", "label": []}"#,
    "\n",
    r#"{"text": "نص آخر", "label": [[0, 2, "PERSON"]]}"#,
    "\n",
    r#"{"text": "قال وسمير إن الخبر صحيح", "label": [[4, 9, "PERSON"], [13, 23, "CLAIM"]]}"#,
    "\n",
    r#"{"text": "نفت الشركة ذلك", "label": [[4, 10, "PERSON"]]}"#,
    "\n"
);

fn two(desk: &Desk) {
    desk.write("أمل.jsonl", AMAL);
    desk.write("yusuf.jsonl", YUSUF);
}

fn parsed(out: &str) -> Value {
    serde_json::from_str(out).unwrap()
}

#[test]
fn files_are_paired_by_text_and_named_by_their_stems() {
    let desk = Desk::new();
    two(&desk);
    let output = desk.run(&["agree", "أمل.jsonl", "yusuf.jsonl", "--json"]);
    assert!(output.status.success(), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("1 documents do not count"), "{told}");
    let report = parsed(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(
        report["n"],
        json!({"documents": 3, "spans": {"أمل": 3, "yusuf": 3}})
    );
    assert_eq!(report["annotators"], json!(["yusuf", "أمل"]));
    assert_eq!(report["exact"]["f1"], 0.0);
    let overlap = &report["overlap"];
    assert!(
        (overlap["f1"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-12,
        "{overlap}"
    );
    assert_eq!(overlap["per_label"]["CLAIM"]["f1"], 1.0);
    // Nothing overlaps within one annotator, so the top has all numbers.
    assert!(
        report["u_alpha"].is_f64() && report["gamma"].is_f64(),
        "{report}"
    );
    assert!(
        report["groups"]["statements"]["cohen_kappa"].is_f64(),
        "{report}"
    );
    let keys = [
        "n",
        "annotators",
        "exact",
        "overlap",
        "cohen_kappa",
        "fleiss_kappa",
        "krippendorff_nominal",
        "u_alpha",
        "u_alpha_binary",
        "cu_alpha",
        "gamma",
        "gamma_cat",
        "pairs",
        "groups",
        "attributes",
        "relations",
        "confusion",
        "estimates",
        "undefined",
    ];
    let mut there: Vec<&String> = report.as_object().unwrap().keys().collect();
    let mut keys = keys.to_vec();
    there.sort();
    keys.sort_unstable();
    assert_eq!(there, keys);
    let table = desk.ok(&[
        "agree",
        "أمل.jsonl",
        "yusuf.jsonl",
        "--match",
        "clitic,character",
    ]);
    for part in [
        "3 documents",
        "\u{2068}أمل\u{2069}",
        "Proclitics aside",
        "0.667",
        "Cohen's κ",
        "For information only",
    ] {
        assert!(table.contains(part), "{part}: {table}");
    }
}

#[test]
fn a_project_and_the_files_it_is_made_of_say_the_same() {
    let desk = Desk::new();
    two(&desk);
    for (file, who) in [("أمل.jsonl", "أمل"), ("yusuf.jsonl", "yusuf")] {
        desk.ok(&["import", "p.hashiya", file, "--annotator", who]);
    }
    desk.ok(&["export", "p.hashiya", "p.ron", "--format", "ron"]);
    let of = |arguments: &[&str]| parsed(&desk.ok(&[&["agree", "--json"], arguments].concat()));
    let labels = ["--labels", "PERSON,ORGANIZATION"];
    let project = of(&[&["p.hashiya"], &labels[..]].concat());
    // A document on which nobody has anything is in the project nobody's.
    assert_eq!(project["n"]["documents"], 2);
    assert_eq!(project, of(&[&["p.ron"], &labels[..]].concat()));
    let files = of(&[&["أمل.jsonl", "yusuf.jsonl"], &labels[..]].concat());
    assert_eq!(project["overlap"]["f1"], files["overlap"]["f1"]);
    assert_eq!(project["n"]["spans"], json!({"أمل": 2, "yusuf": 2}));
    assert!(project["exact"]["per_label"].get("CLAIM").is_none());
}

#[test]
fn what_is_asked_for_is_what_is_told() {
    let desk = Desk::new();
    two(&desk);
    let third = YUSUF.replace("[4, 9,", "[5, 9,");
    desk.write("منى.jsonl", third);
    let files = ["أمل.jsonl", "yusuf.jsonl", "منى.jsonl"];
    let of = |more: &[&str]| parsed(&desk.ok(&[&["agree", "--json"], &files[..], more].concat()));
    let all = of(&["--measure", "f1,cohen_kappa", "--seed", "7"]);
    assert_eq!(all["pairs"].as_array().unwrap().len(), 3);
    assert_eq!(all["gamma"], Value::Null);
    assert!(
        all["undefined"]["gamma"]
            .as_str()
            .unwrap()
            .contains("not asked for")
    );
    assert_eq!(all, of(&["--measure", "f1,cohen_kappa", "--seed", "7"]));
    assert_ne!(all["overlap"]["ci"], Value::Null);
    let pair = of(&["--annotators", "منى,أمل", "--match", "clitic"]);
    assert_eq!(pair["annotators"], json!(["منى", "أمل"]));
    assert_eq!(pair["exact"]["per_label"]["PERSON"]["f1"], 2.0 / 3.0);
    assert!(pair["clitic"]["f1"].is_f64());
    let table = desk.ok(&[&["agree", "--measure", "f1,gamma"], &files[..]].concat());
    assert!(
        table.contains("Pairs") && table.contains("(sampling)"),
        "{table}"
    );
    desk.fails(2, &[&["agree", "--measure", "beauty"], &files[..]].concat());
}

#[test]
fn what_is_undefined_is_told_with_its_reason() {
    let desk = Desk::new();
    two(&desk);
    desk.write(
        "other.jsonl",
        r#"{"text": "غير ذلك", "label": [[0, 3, "PERSON"]]}"#,
    );
    let undefined = |arguments: &[&str], reason: &str| {
        let output = desk.run(&[&["agree", "--json"], arguments].concat());
        assert!(output.status.success(), "{output:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(reason), "{told}");
        let report = parsed(&String::from_utf8(output.stdout).unwrap());
        assert_eq!(report["exact"]["f1"], Value::Null);
        for measure in ["exact", "overlap", "cohen_kappa", "u_alpha", "gamma"] {
            let why = report["undefined"][measure].as_str().unwrap();
            assert!(why.contains(reason), "{measure}: {why}");
        }
    };
    undefined(&["أمل.jsonl", "other.jsonl"], "no document is shared");
    undefined(&["أمل.jsonl"], "only one annotator");
    let table = desk.ok(&["agree", "أمل.jsonl", "other.jsonl"]);
    // One line, and no table of reasons.
    assert!(
        table.starts_with("nothing to compare: no document is shared"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 1, "{table}");
    let alone = desk.ok(&["agree", "أمل.jsonl"]);
    assert_eq!(
        alone.trim_end(),
        "nothing to compare: only one annotator: \u{2068}أمل\u{2069}"
    );
}

#[test]
fn bad_input_is_told_and_nothing_is_compared() {
    let desk = Desk::new();
    two(&desk);
    let told = desk.fails(
        1,
        &[
            "agree",
            "أمل.jsonl",
            "yusuf.jsonl",
            "--annotators",
            "أمل,ليلى",
        ],
    );
    assert!(told.contains("ليلى") && told.contains("yusuf"), "{told}");
    let told = desk.fails(
        1,
        &[
            "agree",
            "أمل.jsonl",
            "yusuf.jsonl",
            "--labels",
            "PERSON,THING",
        ],
    );
    assert!(
        told.contains("THING") && told.contains("ORGANIZATION"),
        "{told}"
    );
    desk.write("bad.jsonl", format!("{AMAL}{{broken\n"));
    for command in ["agree", "diff"] {
        let output = desk.run(&[command, "bad.jsonl", "yusuf.jsonl"]);
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(
            told.contains("bad.jsonl:4: ") && told.contains("nothing was compared"),
            "{told}"
        );
        assert!(output.stdout.is_empty());
        desk.fails(1, &[command, "nowhere.jsonl", "yusuf.jsonl"]);
    }
    desk.fails(2, &["agree"]);
    desk.ok(&["import", "p.hashiya", "yusuf.jsonl"]);
    let whole = fs::read(desk.path("p.hashiya")).unwrap();
    desk.write("cut.hashiya", &whole[..whole.len() / 2]);
    let told = desk.fails(1, &["agree", "cut.hashiya"]);
    assert!(told.contains("cut.hashiya"), "{told}");
}

#[test]
fn folders_and_other_formats_meet_files() {
    let desk = Desk::new();
    two(&desk);
    desk.ok(&["import", "p.hashiya", "أمل.jsonl", "--annotator", "أمل"]);
    desk.ok(&["export", "p.hashiya", "منى", "--format", "brat"]);
    let report = parsed(&desk.ok(&["agree", "--json", "منى", "أمل.jsonl"]));
    assert_eq!(report["annotators"], json!(["أمل", "منى"]));
    assert_eq!(
        (&report["n"]["documents"], &report["exact"]["f1"]),
        (&json!(3), &json!(1.0))
    );
}

#[test]
fn a_diff_lists_what_differs_with_its_class() {
    let desk = Desk::new();
    two(&desk);
    let out = desk.ok(&["diff", "أمل.jsonl", "yusuf.jsonl", "--json"]);
    let diff = parsed(&out);
    assert_eq!(diff["annotators"], json!(["أمل", "yusuf"]));
    assert_eq!(
        diff["documents"],
        json!({"shared": 3, "differing": 2, "unshared": 1})
    );
    let rows = diff["disagreements"].as_array().unwrap();
    let classes: Vec<&str> = rows
        .iter()
        .map(|row| row["class"].as_str().unwrap())
        .collect();
    assert_eq!(classes, ["clitic", "boundary", "label"]);
    let clitic = &rows[0];
    assert_eq!(clitic["document"]["title"], "قال وسمير إن الخبر صحيح");
    assert_eq!(clitic["range"], json!([4, 9]));
    assert_eq!(
        clitic["left"],
        json!([{"label": "PERSON", "ranges": [[5, 9]], "text": "سمير"}])
    );
    assert_eq!(
        clitic["right"],
        json!([{"label": "PERSON", "ranges": [[4, 9]], "text": "وسمير"}])
    );
    assert_eq!(rows[2]["right"][0]["label"], "PERSON");
    assert_eq!(
        (&diff["summary"]["clitic"], &diff["summary"]["missing"]),
        (&json!(1), &json!(0))
    );

    let names = parsed(&desk.ok(&[
        "diff",
        "أمل.jsonl",
        "yusuf.jsonl",
        "--json",
        "--labels",
        "CLAIM",
    ]));
    assert_eq!(names["summary"]["boundary"], 1);
    assert_eq!(names["disagreements"].as_array().unwrap().len(), 1);
    let text = desk.ok(&["diff", "أمل.jsonl", "yusuf.jsonl"]);
    for part in [
        "Proclitic only",
        "\u{2068}أمل\u{2069}: \u{2068}PERSON\u{2069} 5–9 “\u{2068}سمير\u{2069}”",
        "3 disagreements in 2 of 3",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let same = parsed(&desk.ok(&["diff", "أمل.jsonl", "أمل.jsonl", "--json"]));
    assert_eq!(same["disagreements"], json!([]));
}

#[test]
fn full_agreement_goes_into_the_layer_of_the_reviewer() {
    let desk = Desk::new();
    desk.write("a.jsonl", AMAL);
    desk.write("b.jsonl", AMAL.replace("[10, 23,", "[13, 23,"));
    for (file, who) in [("a.jsonl", "أمل"), ("b.jsonl", "yusuf")] {
        desk.ok(&["import", "p.hashiya", file, "--annotator", who]);
    }
    let auto = |more: &[&str]| desk.ok(&[&["adjudicate", "p.hashiya", "--auto"], more].concat());
    let layers = || desk.ok(&["export", "p.hashiya", "-", "--format", "ron"]);
    let before = layers();
    let would = auto(&["--annotator", "منى", "--preview"]);
    assert!(
        would.starts_with("2 spans would be new") && would.contains("منى"),
        "{would}"
    );
    assert_eq!(layers(), before);
    assert!(auto(&["--annotator", "منى"]).starts_with("2 spans new in"));
    let after = layers();
    assert!(after.contains("منى"), "{after}");
    assert!(auto(&["--annotator", "منى"]).starts_with("0 spans new in"));
    assert_eq!(layers(), after);
    let told = desk.ok(&[
        "agree",
        "p.hashiya",
        "--json",
        "--annotators",
        "منى,أمل",
        "--measure",
        "f1",
    ]);
    assert_eq!(parsed(&told)["n"]["spans"], json!({"أمل": 3, "منى": 2}));
    // What was decided comes back from a dataset.
    desk.ok(&[
        "export",
        "p.hashiya",
        "after.ron",
        "--format",
        "ron",
        "--strict",
    ]);
    desk.ok(&["import", "again.hashiya", "after.ron"]);
    let again = desk.ok(&["export", "again.hashiya", "-", "--format", "ron"]);
    assert_eq!(
        again.matches("Decide(").count(),
        after.matches("Decide(").count()
    );
    // Who has adjudicated is no annotator unless she is asked for.
    let told = desk.ok(&["agree", "p.hashiya", "--json", "--measure", "f1"]);
    assert_eq!(parsed(&told)["annotators"], json!(["yusuf", "أمل"]));
    desk.fails(2, &["adjudicate", "p.hashiya"]);
    desk.fails(1, &["adjudicate", "nowhere.hashiya", "--auto"]);
    assert!(!desk.path("nowhere.hashiya").exists());
}

#[test]
fn a_diff_of_a_project_asks_who() {
    let desk = Desk::new();
    two(&desk);
    for (file, who) in [("أمل.jsonl", "أمل"), ("yusuf.jsonl", "yusuf")] {
        desk.ok(&["import", "p.hashiya", file, "--annotator", who]);
    }
    let two = parsed(&desk.ok(&["diff", "p.hashiya", "--json"]));
    let turned = parsed(&desk.ok(&["diff", "p.hashiya", "--json", "--annotators", "أمل,yusuf"]));
    assert_eq!(two["summary"], turned["summary"]);
    assert_eq!(
        two["disagreements"][0]["left"],
        turned["disagreements"][0]["right"]
    );
    desk.ok(&["import", "p.hashiya", "أمل.jsonl", "--annotator", "منى"]);
    let told = desk.fails(2, &["diff", "p.hashiya"]);
    assert!(
        told.contains("--annotators") && told.contains("منى"),
        "{told}"
    );
    desk.fails(1, &["diff", "أمل.jsonl"]);
    desk.fails(1, &["diff", "p.hashiya", "--annotators", "أمل,ليلى"]);
}

#[test]
fn a_report_is_one_page_that_can_be_given_away() {
    let desk = Desk::new();
    two(&desk);
    let files = ["agree", "أمل.jsonl", "yusuf.jsonl"];
    let told = desk.ok(&[&files[..], &["--report", "out.html"]].concat());
    assert!(told.contains("Labels taken for each other"), "{told}");
    let page = fs::read_to_string(desk.path("out.html")).unwrap();
    for wanted in [
        "<!doctype html>",
        "<bdi>أمل.jsonl</bdi>",
        "Proclitic only",
        "<strong>وسمير</strong>",
        "<svg",
        "Dawid–Skene",
        "undefined: ",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    // Neither a project nor what is compared is written over.
    for (out, why) in [
        ("أمل.jsonl", "is what is compared"),
        ("p.hashiya", "belongs to a project"),
    ] {
        desk.ok(&["new", "p.hashiya"]);
        let output = desk.run(&[&files[..], &["--report", out]].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && told.contains(why), "{told}");
        fs::remove_file(desk.path("p.hashiya")).unwrap();
    }
    assert_eq!(fs::read_to_string(desk.path("أمل.jsonl")).unwrap(), AMAL);
}

#[test]
fn further_numbers_stand_in_the_json() {
    let desk = Desk::new();
    two(&desk);
    let told = desk.ok(&["agree", "أمل.jsonl", "yusuf.jsonl", "--json"]);
    let report = parsed(&told);
    assert!(report["attributes"]["f1"].is_null());
    let why = report["attributes"]["undefined"].as_str().unwrap();
    assert!(why.starts_with("undefined: "), "{why}");
    let cell = json!({"left": "PERSON", "right": "ORGANIZATION", "count": 1});
    assert!(
        report["confusion"].as_array().unwrap().contains(&cell),
        "{told}"
    );
    let mace = &report["estimates"]["entities"]["mace"];
    assert!(mace["annotators"]["أمل"].is_number() && mace["undefined"].is_null());
}

#[test]
fn too_many_annotators_are_told_with_the_way_out() {
    let desk = Desk::new();
    let mut names = Vec::new();
    for place in 0..70 {
        let name = format!("n{place}.jsonl");
        desk.write(&name, AMAL);
        names.push(name);
    }
    let all: Vec<&str> = std::iter::once("agree")
        .chain(names.iter().map(String::as_str))
        .collect();
    let output = desk.run(&all);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("70 annotators are too many") && told.contains("--annotators"),
        "{told}"
    );
    let some = [
        &all[..],
        &["--annotators", "n3,n5", "--measure", "f1", "--json"],
    ]
    .concat();
    let report = parsed(&desk.ok(&some));
    assert_eq!(report["exact"]["f1"], 1.0);
}
