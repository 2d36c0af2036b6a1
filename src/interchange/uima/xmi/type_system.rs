//! Type systems: ours as it is written, and those that stand beside the files of others.

use crate::interchange::{
    MAX_TEXT, Problem, Reason,
    uima::types::{Range, Type, Types},
    xml::{Part, Xml},
};

/// Our type system.
pub(super) const OURS: &str = include_str!("../../../../assets/uima/TypeSystem.xml");

/// Takes the types of a file.
pub(super) fn take(bytes: &[u8], types: &mut Types) -> Result<(), Problem> {
    let mut xml = Xml::new(Box::new(bytes), MAX_TEXT).map_err(Problem::of_file)?;
    let taken = take_all(&mut xml, types);
    taken.map_err(|reason| Problem::at(xml.line(), reason))
}

fn take_all(xml: &mut Xml<'_>, types: &mut Types) -> Result<(), Reason> {
    let mut begun = false;
    loop {
        match xml.advance()? {
            Part::End => return Ok(()),
            Part::Open if !begun && xml.name() != "typeSystemDescription" => {
                return Err(Reason::NotThis {
                    expected: "a type system of UIMA",
                    found: format!("its root is <{}>", crate::text::quote(xml.name(), 60)),
                });
            }
            Part::Open if xml.name() == "typeDescription" => take_type(xml, types)?,
            Part::Open => begun = true,
            Part::Text | Part::Close => {}
        }
    }
}

fn take_type(xml: &mut Xml<'_>, types: &mut Types) -> Result<(), Reason> {
    let depth = xml.depth();
    let (mut name, mut of) = (String::new(), Type::default());
    while xml.child(depth)? {
        match xml.name() {
            "name" if xml.depth() == depth + 1 => name = text(xml)?,
            "supertypeName" => of.parent = text(xml)?,
            "featureDescription" => {
                let (name, range) = take_feature(xml)?;
                of.features.insert(name, range);
            }
            _ => {}
        }
    }
    types.add(name, of);
    Ok(())
}

fn take_feature(xml: &mut Xml<'_>) -> Result<(String, Range), Reason> {
    let depth = xml.depth();
    let (mut name, mut range, mut shared) = (String::new(), String::new(), false);
    while xml.child(depth)? {
        match xml.name() {
            "name" => name = text(xml)?,
            "rangeTypeName" => range = text(xml)?,
            "multipleReferencesAllowed" => shared = text(xml)? == "true",
            _ => xml.skip()?,
        }
    }
    Ok((name, Range::of(&range, shared)))
}

fn text(xml: &mut Xml<'_>) -> Result<String, Reason> {
    let mut text = String::new();
    xml.content(&mut text)?;
    Ok(text.trim().to_owned())
}
