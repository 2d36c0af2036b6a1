//! Files that are refused, and why.

use std::fmt::Write as _;

use super::{json, read, read_beside, refusal, relations, spans, xmi};

/// An annotation of a text of four units, with these attributes.
fn annotation(said: &str) -> String {
    xmi(
        "ا😀ج",
        &format!("<custom:A xmi:id=\"2\" sofa=\"1\" {said}/>"),
    )
}

#[test]
fn a_wrong_range_refuses_the_document() {
    for (said, why) in [
        (
            "begin=\"0\" end=\"9\"",
            "0 to 9 is no range of a text of 4 UTF-16 units",
        ),
        ("begin=\"-1\" end=\"1\"", "-1 to 1"),
        ("begin=\"3\" end=\"1\"", "3 to 1"),
        ("begin=\"9\" end=\"9\"", "9 to 9"),
        ("begin=\"2\" end=\"3\"", "2 lies inside a character"),
        ("begin=\"x\" end=\"1\"", "x to 1"),
        ("end=\"1\"", "nothing to 1"),
    ] {
        let found = refusal("uima-xmi", annotation(said).as_bytes());
        assert!(
            found.contains(why) && found.starts_with("line 3, document قمح: span 2"),
            "{found}"
        );
    }
    for (said, why) in [
        ("\"begin\": -1, \"end\": 1", "-1 to 1"),
        ("\"begin\": 0.5, \"end\": 1", "0.5 to 1"),
        ("\"begin\": 1e99, \"end\": 1", "1e+99 to 1"),
        (
            "\"begin\": 0, \"end\": 18446744073709551615",
            "0 to 18446744073709551615",
        ),
        ("\"begin\": [1], \"end\": 1", "nothing to 1"),
    ] {
        let structure = format!("{{\"%ID\": 2, \"%TYPE\": \"x.A\", \"@sofa\": 1, {said}}}");
        let found = refusal("uima-json", json("ابج", &structure).as_bytes());
        assert!(found.contains(why), "{found}");
    }
}

#[test]
fn wrong_references_refuse_the_document() {
    let span = "<custom:A xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"1\"/>";
    for (more, why) in [
        (
            "<custom:B xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"1\"/>",
            "structure 2 stands in the file twice",
        ),
        (
            "<custom:R xmi:id=\"3\" Governor=\"2\" Dependent=\"7\"/>",
            "relation 3 needs span",
        ),
        (
            "<custom:R xmi:id=\"3\" Governor=\"2\" Dependent=\"2\"/>",
            "leads from span 2 to itself",
        ),
        (
            "<custom:R xmi:id=\"3\" Governor=\"2\" Dependent=\"x\"/>",
            "relation 3 needs span",
        ),
        (
            "<custom:B xmi:id=\"99999999999999999999\"/>",
            "is no number",
        ),
        ("<unknown:B xmi:id=\"3\"/>", "has no namespace"),
        (
            "<custom:B xmi:id=\"3\"><a><b/></a></custom:B>",
            "inside a feature",
        ),
    ] {
        let file = xmi("اب", &format!("{span}{more}"));
        let found = refusal("uima-xmi", file.as_bytes());
        assert!(found.contains(why), "{more}: {found}");
    }
    let span = "{\"%ID\": 2, \"%TYPE\": \"A\", \"@sofa\": 1, \"begin\": 0, \"end\": 1, \"@x\": 9}";
    let found = refusal("uima-json", json("اب", span).as_bytes());
    assert!(found.contains("structure 2 needs 9"), "{found}");
    let ours = "<h:Span xmlns:h=\"http:///hashiya.ecore\" xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"3\" label=\"A\" fragments=\"3\"/>
        <h:Fragment xmlns:h=\"http:///hashiya.ecore\" xmi:id=\"3\" sofa=\"1\" begin=\"0\" end=\"1\"/>";
    let found = refusal("uima-xmi", xmi("abc", ours).as_bytes());
    assert!(found.contains("its fragments are from"), "{found}");
}

#[test]
fn what_is_no_cas_is_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"><xmi:a b=\"&b;\"/></xmi:XMI>";
    for (file, why) in [
        ("", "it has no element"),
        ("<a/>", "its root is <a>"),
        (bomb, "not well-formed"),
        (
            "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"></xmi:XMI>",
            "no SofA with a text",
        ),
    ] {
        let found = refusal("uima-xmi", file.as_bytes());
        assert!(found.contains(why), "{file}: {found}");
    }
    for (file, why) in [
        ("", "EOF"),
        ("[]", "expected a CAS"),
        ("{}", "no `%FEATURE_STRUCTURES`"),
        ("{\"%FEATURE_STRUCTURES\": []} x", "trailing"),
        ("{\"%FEATURE_STRUCTURES\": []}", "no SofA with a text"),
        ("{\"%FEATURE_STRUCTURES\": [{}]}", "without `%TYPE`"),
        (
            "{\"%FEATURE_STRUCTURES\": [{\"%ID\": -1}]}",
            "invalid value",
        ),
        (
            "{\"%FEATURE_STRUCTURES\": [{\"@a\": \"b\"}]}",
            "invalid type",
        ),
        ("{\"%FEATURE_STRUCTURES\": {\"x\": {}}}", "is no number"),
    ] {
        let found = refusal("uima-json", file.as_bytes());
        assert!(found.contains(why), "{file}: {found}");
    }
    let deep = format!(
        "{{\"%FEATURE_STRUCTURES\": [{{\"a\": {}",
        "[".repeat(100_000)
    );
    assert!(refusal("uima-json", deep.as_bytes()).contains("recursion"));
    assert!(refusal("uima-json", b"{\"\xFF\"").contains("UTF-8"));
    let file = annotation("begin=\"0\" end=\"1\"");
    for cut in (0..file.len()).filter(|at| file.is_char_boundary(*at)) {
        let cut = &file.as_bytes()[..cut];
        assert!(read_beside("uima-xmi", cut, &[]).is_err() || cut.ends_with(b"</xmi:XMI>"),);
    }
    let other: &[(&str, &[u8])] = &[("TypeSystem.xml", b"<x/>")];
    let found = read_beside("uima-xmi", file.as_bytes(), other).unwrap_err();
    assert!(
        found
            .to_string()
            .contains("TypeSystem.xml: this is not a type system")
    );
}

#[test]
fn a_file_says_its_encoding() {
    let file = annotation("begin=\"0\" end=\"1\"").replace('😀', "ب");
    let wanted = read("uima-xmi", &file);
    let utf16: Vec<u8> = file
        .replace("UTF-8", "UTF-16")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let found = read_beside("uima-xmi", &utf16, &[]).unwrap().1;
    assert_eq!(
        (found.text, spans(&wanted)),
        (wanted.text, vec!["A: ا".to_owned()])
    );
}

#[test]
fn little_does_not_become_much() {
    let mut structures =
        String::from("{\"%ID\": 2, \"%TYPE\": \"uima.cas.FSArray\", \"%ELEMENTS\": [3");
    structures.push_str(&", 4".repeat(20_000));
    structures
        .push_str("]}, {\"%ID\": 4, \"%TYPE\": \"x.Y\", \"@sofa\": 1, \"begin\": 1, \"end\": 2}");
    for id in 5..20_000 {
        write!(structures, ",\n{{\"%ID\": {id}, \"%TYPE\": \"x.X\", \"@sofa\": 1, \"begin\": 0, \"end\": 1, \"@all\": 2}}").unwrap();
    }
    let file = json("اب", &structures).replace("[3, ", "[");
    let found = refusal("uima-json", file.as_bytes());
    assert!(found.contains("what the structures share"), "{found}");
}

#[test]
fn a_list_is_followed_to_its_end() {
    let file = |last: &str| {
        let mut structures = String::from(
            "{\"%ID\": 2, \"%TYPE\": \"x.X\", \"@sofa\": 1, \"begin\": 0, \"end\": 1, \"@all\": 10},\n\
             {\"%ID\": 3, \"%TYPE\": \"x.Y\", \"@sofa\": 1, \"begin\": 1, \"end\": 2}",
        );
        for id in 10..3_010 {
            let tail = id + 1;
            let tail = if id == 3_009 {
                last.to_owned()
            } else {
                tail.to_string()
            };
            write!(structures, ",\n{{\"%ID\": {id}, \"%TYPE\": \"uima.cas.NonEmptyFSList\", \"@head\": 3, \"@tail\": {tail}}}").unwrap();
        }
        structures.push_str(",\n{\"%ID\": 5, \"%TYPE\": \"uima.cas.EmptyFSList\"}");
        json("اب", &structures)
    };
    assert_eq!(relations(&read("uima-json", &file("5"))).len(), 3_000);
    let found = refusal("uima-json", file("10").as_bytes());
    assert!(
        found.contains("begins at structure 10 is a circle"),
        "{found}"
    );
}

#[test]
fn what_leads_nowhere_costs_too() {
    let mut structures =
        String::from("{\"%ID\": 2, \"%TYPE\": \"uima.cas.FSArray\", \"%ELEMENTS\": [0");
    structures.push_str(&", 0".repeat(20_000));
    structures.push_str("]}");
    for id in 5..5_000 {
        write!(structures, ",\n{{\"%ID\": {id}, \"%TYPE\": \"x.X\", \"@sofa\": 1, \"begin\": 0, \"end\": 1, \"@all\": 2}}").unwrap();
    }
    let found = refusal("uima-json", json("اب", &structures).as_bytes());
    assert!(found.contains("what the structures share"), "{found}");
}
