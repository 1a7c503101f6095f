//! A document as a tree of elements. There is no entity but the five of XML: a document type is refused, so that
//! nothing can be defined that grows or that reaches outside.

use crate::ExchangeError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deepest nesting of elements: a hierarchy of 32 with its XHTML.
const MAX_DEPTH: usize = 256;
/// Most elements of a document.
const MAX_ELEMENTS: usize = 2_000_000;

/// An element, without the prefix of its name.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub nodes: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|it| match it {
            Node::Element(it) => Some(it),
            Node::Text(_) => None,
        })
    }

    /// The first element of a name in it.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|it| it.name == name)
    }

    /// The elements of a name in it.
    pub fn children(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.child(name).into_iter().flat_map(Self::elements)
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// The text directly in it.
    pub fn text(&self) -> String {
        self.nodes.iter().filter_map(|it| if let Node::Text(it) = it { Some(it.as_str()) } else { None }).collect()
    }
}

/// The root of a document.
///
/// # Errors
/// When it is not well-formed, has a document type, or is too deep or too large.
pub(super) fn parse(text: &str) -> Result<Element, ExchangeError> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    let mut count = 0;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let line =
            || format!("line {}", 1 + text.as_bytes()[..at.min(text.len())].iter().filter(|it| **it == b'\n').count());
        let failed = |problem: String| ExchangeError::new(line(), problem);
        let event = reader.read_event().map_err(|it| failed(format!("no XML: {it}")))?;
        match event {
            Event::Start(start) => {
                count += 1;
                if open.len() > MAX_DEPTH || count > MAX_ELEMENTS {
                    return Err(failed(format!("more than {MAX_DEPTH} levels or {MAX_ELEMENTS} elements")));
                }
                open.push(element(&start).map_err(failed)?);
            }
            Event::Empty(start) => {
                count += 1;
                let element = element(&start).map_err(failed)?;
                add(&mut open, Node::Element(element));
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    add(&mut open, Node::Element(element));
                }
            }
            Event::Text(text) => add(&mut open, Node::Text(text.xml10_content().into_owned())),
            Event::CData(text) => add(&mut open, Node::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(name) => {
                let character = match name.resolve_char_ref().map_err(|it| failed(it.to_string()))? {
                    Some(it) => it,
                    None => predefined(&name.xml10_content()).map_err(failed)?,
                };
                add(&mut open, Node::Text(character.to_string()));
            }
            Event::DocType(_) => {
                let problem = "a document type is not read, because it can define entities that grow without end or reach other files; remove `<!DOCTYPE …>`";
                return Err(failed(problem.to_owned()));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if open.len() > 1 {
        let name = open.pop().map(|it| it.name).unwrap_or_default();
        return Err(ExchangeError::new("the end", format!("no XML: `{name}` is not closed")));
    }
    let root = open.pop().and_then(|it| {
        it.nodes.into_iter().find_map(|it| match it {
            Node::Element(it) => Some(it),
            Node::Text(_) => None,
        })
    });
    root.ok_or_else(|| ExchangeError::new("the file", "no XML: there is no element"))
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|it| it.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|it| it.to_string())?;
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.local_name().as_ref().to_owned(), attributes, nodes: Vec::new() })
}

fn add(open: &mut [Element], node: Node) {
    let Some(element) = open.last_mut() else { return };
    // Text that references part is one text.
    match (element.nodes.last_mut(), node) {
        (Some(Node::Text(before)), Node::Text(text)) => *before += &text,
        (_, node) => element.nodes.push(node),
    }
}

fn predefined(name: &str) -> Result<char, String> {
    match name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(format!("the entity `&{name};` is not defined; write the character itself")),
    }
}
