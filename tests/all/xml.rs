//! XML against a schema: as much of XML Schema as the two schemas in `tests/schemas` use, and no more. What it does not know fails.

use roxmltree::{Document, Node};

const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// What is wrong with a document; nothing when it is valid.
pub fn errors(text: &str, schema: &str) -> Vec<String> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let schema = Document::parse(schema).expect("a schema");
    let mut errors = Vec::new();
    element(document.root_element(), schema.root_element(), &mut errors);
    errors
}

fn children<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |child| child.has_tag_name((XS, name)))
}

fn declared<'a>(schema: Node<'a, 'a>, kind: &'static str, name: &str) -> Option<Node<'a, 'a>> {
    schema.children().find(|child| child.has_tag_name((XS, kind)) && child.attribute("name") == Some(name))
}

fn element(node: Node<'_, '_>, schema: Node<'_, '_>, errors: &mut Vec<String>) {
    let name = node.tag_name().name();
    let Some(declaration) = declared(schema, "element", name) else {
        return errors.push(format!("<{name}> is not declared"));
    };
    let attributes: Vec<Node<'_, '_>> = children(declaration, "attribute").collect();
    for attribute in node.attributes() {
        match attributes.iter().find(|known| known.attribute("name") == Some(attribute.name())) {
            Some(known) if !fits(attribute.value(), known.attribute("type").unwrap_or("xs:string"), schema) => {
                errors.push(format!("<{name} {}={:?}>", attribute.name(), attribute.value()));
            }
            Some(_) => {}
            None => errors.push(format!("<{name}> has no attribute {}", attribute.name())),
        }
    }
    for required in attributes.iter().filter(|known| known.attribute("use") == Some("required")) {
        let required = required.attribute("name").expect("a name");
        if !node.has_attribute(required) {
            errors.push(format!("<{name}> needs the attribute {required}"));
        }
    }
    let allowed: Vec<&str> = children(declaration, "element").filter_map(|child| child.attribute("ref")).collect();
    let is_mixed = children(declaration, "complexType").any(|kind| kind.attribute("mixed") == Some("true"));
    for child in node.children() {
        if child.is_element() {
            if !allowed.contains(&child.tag_name().name()) {
                errors.push(format!("<{name}> takes no <{}>", child.tag_name().name()));
            }
            element(child, schema, errors);
        } else if !is_mixed && child.text().is_some_and(|text| !text.trim().is_empty()) {
            errors.push(format!("<{name}> takes no text"));
        }
    }
}

fn fits(value: &str, kind: &str, schema: Node<'_, '_>) -> bool {
    match kind {
        "xs:string" => true,
        "xs:positiveInteger" => value.parse::<u64>().is_ok_and(|number| number > 0),
        _ => {
            let kind = declared(schema, "simpleType", kind).unwrap_or_else(|| panic!("the type {kind}"));
            assert_eq!(children(kind, "pattern").count(), 0, "patterns are not known here");
            children(kind, "enumeration").any(|one| one.attribute("value") == Some(value))
        }
    }
}

#[test]
fn it_finds_what_is_wrong() {
    let schema = include_str!("../schemas/checkstyle.xsd");
    let wrong = |text: &str| errors(text, schema).len();
    let right =
        r#"<checkstyle version="1"><file name="a"><error line="1" severity="info" message="" source=""/></file></checkstyle>"#;
    assert_eq!(errors(right, schema), Vec::<String>::new());
    for (from, to) in [
        ("severity=\"info\"", "severity=\"note\""),
        ("line=\"1\"", "line=\"0\""),
        ("line=\"1\" ", ""),
        ("name=\"a\"", "name=\"a\" path=\"a\""),
        ("<file name=\"a\">", "<file name=\"a\">text"),
        ("</file>", "</file><error line=\"1\" severity=\"info\" message=\"\" source=\"\"/>"),
        ("</checkstyle>", ""),
    ] {
        assert_eq!(wrong(&right.replace(from, to)), 1, "{from} → {to}");
    }
}
