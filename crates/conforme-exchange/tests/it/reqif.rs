//! ReqIF.

use crate::{good, read};
use conforme_catalogue::Modal;

const REQIF: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd" xmlns:xhtml="http://www.w3.org/1999/xhtml">
 <THE-HEADER><REQ-IF-HEADER IDENTIFIER="h"><TITLE>Boat rules &amp; more</TITLE></REQ-IF-HEADER></THE-HEADER>
 <CORE-CONTENT><REQ-IF-CONTENT>
  <DATATYPES>
   <DATATYPE-DEFINITION-ENUMERATION IDENTIFIER="e"><SPECIFIED-VALUES>
    <ENUM-VALUE IDENTIFIER="e1" LONG-NAME="muss"/><ENUM-VALUE IDENTIFIER="e2" LONG-NAME="Soll"/>
   </SPECIFIED-VALUES></DATATYPE-DEFINITION-ENUMERATION>
  </DATATYPES>
  <SPEC-TYPES><SPEC-OBJECT-TYPE IDENTIFIER="t"><SPEC-ATTRIBUTES>
   <ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a1" LONG-NAME="ReqIF.ForeignID"/>
   <ATTRIBUTE-DEFINITION-XHTML IDENTIFIER="a2" LONG-NAME="ReqIF.Text"/>
   <ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a3" LONG-NAME="ReqIF.Name"/>
   <ATTRIBUTE-DEFINITION-ENUMERATION IDENTIFIER="a4" LONG-NAME="Verbindlichkeit"/>
   <ATTRIBUTE-DEFINITION-INTEGER IDENTIFIER="a5" LONG-NAME="Cost"/>
   <ATTRIBUTE-DEFINITION-BOOLEAN IDENTIFIER="a6" LONG-NAME="Reviewed"/>
   <ATTRIBUTE-DEFINITION-DATE IDENTIFIER="a7" LONG-NAME="Since"/>
   <ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a8" LONG-NAME="ReqIF.ChapterName"/>
  </SPEC-ATTRIBUTES></SPEC-OBJECT-TYPE></SPEC-TYPES>
  <SPEC-OBJECTS>
   <SPEC-OBJECT IDENTIFIER="o2"><VALUES>
    <ATTRIBUTE-VALUE-STRING THE-VALUE="R-2"><DEFINITION><ATTRIBUTE-DEFINITION-STRING-REF>a1</ATTRIBUTE-DEFINITION-STRING-REF></DEFINITION></ATTRIBUTE-VALUE-STRING>
    <ATTRIBUTE-VALUE-XHTML><DEFINITION><ATTRIBUTE-DEFINITION-XHTML-REF>a2</ATTRIBUTE-DEFINITION-XHTML-REF></DEFINITION>
     <THE-VALUE><xhtml:div>The boat &lt;floats&gt;,
       <xhtml:b>al</xhtml:b>ways:<xhtml:br/>in<xhtml:ol><xhtml:li>sea&#x20;water</xhtml:li><xhtml:li>rivers
        <xhtml:ul><xhtml:li>small</xhtml:li></xhtml:ul></xhtml:li></xhtml:ol></xhtml:div></THE-VALUE></ATTRIBUTE-VALUE-XHTML>
    <ATTRIBUTE-VALUE-ENUMERATION><VALUES><ENUM-VALUE-REF>e2</ENUM-VALUE-REF></VALUES><DEFINITION><ATTRIBUTE-DEFINITION-ENUMERATION-REF>a4</ATTRIBUTE-DEFINITION-ENUMERATION-REF></DEFINITION></ATTRIBUTE-VALUE-ENUMERATION>
    <ATTRIBUTE-VALUE-INTEGER THE-VALUE="12"><DEFINITION><ATTRIBUTE-DEFINITION-INTEGER-REF>a5</ATTRIBUTE-DEFINITION-INTEGER-REF></DEFINITION></ATTRIBUTE-VALUE-INTEGER>
    <ATTRIBUTE-VALUE-BOOLEAN THE-VALUE="true"><DEFINITION><ATTRIBUTE-DEFINITION-BOOLEAN-REF>a6</ATTRIBUTE-DEFINITION-BOOLEAN-REF></DEFINITION></ATTRIBUTE-VALUE-BOOLEAN>
    <ATTRIBUTE-VALUE-DATE THE-VALUE="2026-01-02T00:00:00Z"><DEFINITION><ATTRIBUTE-DEFINITION-DATE-REF>a7</ATTRIBUTE-DEFINITION-DATE-REF></DEFINITION></ATTRIBUTE-VALUE-DATE>
   </VALUES></SPEC-OBJECT>
   <SPEC-OBJECT IDENTIFIER="o1"><VALUES>
    <ATTRIBUTE-VALUE-STRING THE-VALUE="R-1"><DEFINITION><ATTRIBUTE-DEFINITION-STRING-REF>a1</ATTRIBUTE-DEFINITION-STRING-REF></DEFINITION></ATTRIBUTE-VALUE-STRING>
    <ATTRIBUTE-VALUE-STRING THE-VALUE="Floating"><DEFINITION><ATTRIBUTE-DEFINITION-STRING-REF>a3</ATTRIBUTE-DEFINITION-STRING-REF></DEFINITION></ATTRIBUTE-VALUE-STRING>
   </VALUES></SPEC-OBJECT>
   <SPEC-OBJECT IDENTIFIER="o3"><VALUES>
    <ATTRIBUTE-VALUE-STRING THE-VALUE="Loose"><DEFINITION><ATTRIBUTE-DEFINITION-STRING-REF>a3</ATTRIBUTE-DEFINITION-STRING-REF></DEFINITION></ATTRIBUTE-VALUE-STRING>
   </VALUES></SPEC-OBJECT>
  </SPEC-OBJECTS>
  <SPECIFICATIONS><SPECIFICATION IDENTIFIER="s" LONG-NAME="Spec"><CHILDREN>
   <SPEC-HIERARCHY IDENTIFIER="n1"><OBJECT><SPEC-OBJECT-REF>o1</SPEC-OBJECT-REF></OBJECT><CHILDREN>
    <SPEC-HIERARCHY IDENTIFIER="n2"><OBJECT><SPEC-OBJECT-REF>o2</SPEC-OBJECT-REF></OBJECT></SPEC-HIERARCHY>
    <SPEC-HIERARCHY IDENTIFIER="n3"><OBJECT><SPEC-OBJECT-REF>gone</SPEC-OBJECT-REF></OBJECT></SPEC-HIERARCHY>
   </CHILDREN></SPEC-HIERARCHY>
  </CHILDREN></SPECIFICATION></SPECIFICATIONS>
 </REQ-IF-CONTENT></CORE-CONTENT>
</REQ-IF>"##;

#[test]
fn objects_come_in_the_order_of_the_hierarchy() {
    let read = good(REQIF);
    let ids: Vec<(&str, Option<&str>)> =
        read.head.requirements.iter().map(|it| (it.id.as_str(), it.parent.as_deref())).collect();
    assert_eq!(ids, [("R-1", None), ("R-2", Some("R-1")), ("o3", None)]);
    let second = &read.head.requirements[1];
    assert_eq!(second.statement.as_deref(), Some("The boat <floats>, always:\nin\n1. sea water\n2. rivers\n  - small"));
    assert_eq!(second.modal, Modal::Should);
    assert_eq!(read.head.requirements[0].title, "Floating");
    assert_eq!(read.head.edition, "Boat rules & more");
    let left: Vec<(&str, &str)> =
        read.leftover.iter().map(|it| (it.place.as_str(), it.value.as_str().unwrap_or_default())).collect();
    assert_eq!(left, [("o2, Cost", "12"), ("o2, Reviewed", "yes"), ("o2, Since", "2026-01-02T00:00:00Z")]);
    assert!(read.problems.iter().any(|it| it.message.contains("`gone`")), "{:?}", read.problems);
}

#[test]
fn bombs_and_files_of_others_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><REQ-IF>&b;</REQ-IF>";
    let outside = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><REQ-IF>&f;</REQ-IF>";
    for text in [bomb, outside] {
        let error = read(text).expect_err("refused").to_string();
        assert!(error.contains("document type"), "{error}");
    }
    let error = read("<REQ-IF>\n&nbsp;</REQ-IF>").expect_err("undefined").to_string();
    assert!(error.contains("line 2") && error.contains("&nbsp;"), "{error}");
}

#[test]
fn what_is_no_reqif_is_refused() {
    let deep = "<a>".repeat(100_000);
    for text in ["<html/>", "<REQ-IF>", "<REQ-IF></b>", "<", deep.as_str(), "<REQ-IF/>"] {
        let error = read(text).expect_err("refused").to_string();
        assert!(error.len() < 400, "{error}");
    }
    let objects = REQIF.replace("ReqIF.", "My.").replace("Verbindlichkeit", "Else");
    let error = read(&objects).expect_err("nothing is known").to_string();
    assert!(error.contains("My.Text") && error.contains("attribute"), "{error}");
}
