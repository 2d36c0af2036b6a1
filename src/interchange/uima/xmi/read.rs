//! Reads XMI: ours, and what UIMA, `INCEpTION`, `WebAnno` and dkpro-cassis write. The type system beside
//! it tells references from numbers; without one, the usual names of references do.

use std::{collections::HashMap, io::BufRead, rc::Rc};

use crate::interchange::{
    CopyCounter, DatasetHead, DocumentRecord, MAX_TEXT, Names, Problem, ReadOptions, Reader,
    Reason, Source,
    uima::{
        cas::{Cas, Structure, Value, Words},
        read::reader,
        types::Types,
    },
    xml::{Part, Xml},
};

use super::{TYPE_SYSTEMS, XMI, type_system};

/// Opens a file.
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let mut types = Types::own();
    if TYPE_SYSTEMS.contains(&&*source.name) {
        return Ok(Box::new(TypesAlone(options.names())));
    }
    for name in TYPE_SYSTEMS {
        if let Some(bytes) = source.companion(name, MAX_TEXT)? {
            let taken = type_system::take(&bytes, &mut types);
            taken.map_err(|problem| problem.within(name))?;
            break;
        }
    }
    let cas = structures(source.input, types);
    let cas = cas.map_err(|problem| problem.within(&*stem))?;
    Ok(reader(cas, stem, options))
}

/// A type system that lies beside files of XMI, where a folder is read: it has no documents.
struct TypesAlone(Names);

impl Reader for TypesAlone {
    fn head(&self) -> &DatasetHead {
        self.0.head()
    }

    fn next(&mut self, _: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        None
    }
}

fn structures<'r>(input: Box<dyn BufRead + 'r>, types: Types) -> Result<Cas, Problem> {
    let mut xml = Xml::new(input, MAX_TEXT).map_err(Problem::of_file)?;
    let mut reading = Reading::default();
    loop {
        let part = xml.advance();
        let problem = |reason| Problem::at(xml.line(), reason);
        match part.map_err(problem)? {
            Part::End => break,
            Part::Open => reading.open(&xml).map_err(problem)?,
            Part::Text => reading.text.push_str(xml.text()),
            Part::Close if xml.depth() == 2 => reading.close(),
            Part::Close => {}
        }
    }
    if !reading.begun {
        return Err(Problem::of_file(Reason::NotThis {
            expected: "a file of XMI",
            found: "it has no element".to_owned(),
        }));
    }
    Cas::new(reading.structures, types)
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    begun: bool,
    structures: Vec<Structure>,
    words: Words,
    /// The addresses of namespaces by their prefixes.
    spaces: HashMap<String, String>,
    /// The types of the elements that came up.
    kinds: HashMap<String, Rc<str>>,
    /// The feature that is an element of its own, and its text.
    feature: Option<Rc<str>>,
    text: String,
}

impl Reading {
    fn open(&mut self, xml: &Xml<'_>) -> Result<(), Reason> {
        self.text.clear();
        match xml.depth() {
            1 => self.root(xml),
            2 => self.structure(xml),
            3 => {
                self.feature = Some(self.words.get(xml.full_name()));
                Ok(())
            }
            _ => Err(Reason::Malformed(format!(
                "an element <{}> inside a feature",
                crate::text::quote(xml.full_name(), 60)
            ))),
        }
    }

    fn root(&mut self, xml: &Xml<'_>) -> Result<(), Reason> {
        self.begun = true;
        if xml.name() != "XMI" {
            return Err(Reason::NotThis {
                expected: "a file of XMI",
                found: format!("its root is <{}>", crate::text::quote(xml.name(), 60)),
            });
        }
        self.declare(xml).map(|_| ())
    }

    /// Takes the namespaces that an element declares; whether there are some.
    fn declare(&mut self, xml: &Xml<'_>) -> Result<bool, Reason> {
        let mut some = false;
        xml.each_attribute(|name, value| {
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.spaces.insert(prefix.to_owned(), value.into_owned());
                some = true;
            }
            Ok(())
        })?;
        Ok(some)
    }

    fn structure(&mut self, xml: &Xml<'_>) -> Result<(), Reason> {
        if self.declare(xml)? {
            // A prefix may stand for another namespace from here.
            self.kinds.clear();
        }
        let kind = self.kind(xml.full_name())?;
        if matches!(&*kind, "uima.cas.NULL" | "uima.cas.View") {
            return Ok(());
        }
        let mut structure = Structure {
            id: None,
            kind,
            line: Some(xml.line()),
            features: Vec::new(),
        };
        let Self { spaces, words, .. } = self;
        xml.each_attribute(|name, value| {
            match name.split_once(':') {
                None if name != "xmlns" => {
                    let value = Value::Text(value.into_owned());
                    structure.features.push((words.get(name), value));
                }
                Some((prefix, "id")) if spaces.get(prefix).is_some_and(|it| it == XMI) => {
                    let id = value.parse().map_err(|_| {
                        let id = crate::text::quote(&value, 40);
                        Reason::Malformed(format!("the id “{id}” is no number"))
                    });
                    structure.id = Some(id?);
                }
                _ => {}
            }
            Ok(())
        })?;
        self.structures.push(structure);
        Ok(())
    }

    /// The type that an element's name means.
    fn kind(&mut self, name: &str) -> Result<Rc<str>, Reason> {
        if let Some(kind) = self.kinds.get(name) {
            return Ok(Rc::clone(kind));
        }
        let known = name.split_once(':').and_then(|(prefix, local)| {
            let package = self.spaces.get(prefix)?;
            let package = package.strip_prefix("http:///").unwrap_or(package);
            let package = package.strip_suffix(".ecore").unwrap_or(package);
            Some(match package {
                "uima/noNamespace" => local.to_owned(),
                _ => format!("{}.{local}", package.replace('/', ".")),
            })
        });
        let Some(kind) = known else {
            let name = crate::text::quote(name, 60);
            return Err(Reason::Malformed(format!("<{name}> has no namespace")));
        };
        let kind: Rc<str> = kind.into();
        self.kinds.insert(name.to_owned(), Rc::clone(&kind));
        Ok(kind)
    }

    /// Ends a feature that is an element: one of the texts of an array.
    fn close(&mut self) {
        let text = Value::Text(std::mem::take(&mut self.text));
        let Some((feature, structure)) = self.feature.take().zip(self.structures.last_mut()) else {
            return;
        };
        match structure.features.last_mut() {
            Some((name, Value::List(texts))) if *name == feature => texts.push(text),
            _ => {
                let texts = Value::List(vec![text]);
                structure.features.push((feature, texts));
            }
        }
    }
}
