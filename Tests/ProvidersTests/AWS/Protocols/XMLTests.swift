import Foundation
import Planner
import Testing

@testable import Providers

struct XMLTests {
  private func read(_ text: String) throws -> Value { try XMLReader.read(Data(text.utf8)).content }

  @Test func `a leaf is a string, repeated children are a list, others a map`() throws {
    let tree = try read(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <Name>b</Name><Prefix></Prefix><Delimiter/>
        <Contents><Key>a &amp; b</Key></Contents><Contents><Key>c</Key></Contents><Contents><Key>d</Key></Contents>
      </ListBucketResult>
      """)
    #expect(
      tree == [
        "Name": "b", "Prefix": "", "Delimiter": "",
        "Contents": [["Key": "a & b"], ["Key": "c"], ["Key": "d"]],
      ])
  }

  @Test func `members are a list even when there is one`() throws {
    let tree = try read("<R><Roles><member><Name>x</Name></member></Roles><Tags/></R>")
    #expect(tree == ["Roles": [["Name": "x"]], "Tags": ""])
    #expect(tree.items("Tags").isEmpty)
  }

  @Test func `entries with key and value are a map even when there is one`() throws {
    let tree = try read(
      "<R><Attributes><entry><key>DisplayName</key><value/></entry></Attributes></R>")
    #expect(tree == ["Attributes": ["DisplayName": ""]])
  }

  @Test func `texts, references, CDATA and prefixes are understood`() throws {
    #expect(
      try read("<a:r xmlns:a=\"u\"><a:b><![CDATA[<x>]]>&#x41;&#13;\n é</a:b></a:r>") == ["b": "<x>A\r\n é"])
  }

  @Test(arguments: [
    ("<a><b></a>", "mismatched tag"), ("", "no element found"), ("plain", "syntax error"),
    ("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "a document type is not accepted"),
    ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "a document type is not accepted"),
    (String(repeating: "<a>", count: 101), "elements are nested more than 100 deep"),
  ])
  func `what is broken, or beyond the bounds, is refused`(_ text: String, _ message: String) {
    #expect(throws: XMLReader.Problem(message: message, line: 1)) { try XMLReader.read(Data(text.utf8)) }
  }

  @Test func `a document is written in order and escaped`() {
    let element = XMLElement(
      "Tagging", namespace: XMLElement.s3Namespace,
      [
        XMLElement(
          "TagSet",
          [
            XMLElement("Tag", [XMLElement("Key", "a<b"), XMLElement("Value", "\"x\" & \r\n\u{1}y")]),
            XMLElement("Tag"),
          ]),
        XMLElement("Grantee", attributes: [.init("xsi:type", "Group")], "g"),
      ])
    #expect(
      String(decoding: element.document, as: UTF8.self)
        == #"<?xml version="1.0" encoding="UTF-8"?><Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>"#
        + "<Tag><Key>a&lt;b</Key><Value>&quot;x&quot; &amp; &#13;&#10;y</Value></Tag><Tag/></TagSet>"
        + #"<Grantee xsi:type="Group">g</Grantee></Tagging>"#)
  }

  @Test func `what was written is read back`() throws {
    let text = "tab\t line\r\n <&>\"' é 🌍"
    let document = XMLElement("a", [XMLElement("b", text)]).document
    #expect(try XMLReader.read(document).content == ["b": .string(text)])
  }
}
