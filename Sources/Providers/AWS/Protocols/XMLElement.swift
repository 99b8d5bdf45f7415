#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// An element of a document that is sent: ordered, names may repeat, as S3's and CloudFront's documents demand.
///
///     XMLElement("VersioningConfiguration", namespace: XMLElement.s3Namespace, [XMLElement("Status", "Enabled")])
package struct XMLElement: Sendable, Hashable {
  package static let s3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

  package var name: String
  package var attributes: [Attribute]
  package var children: [XMLElement]
  package var text: String

  /// An attribute of an element.
  package struct Attribute: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// An element of elements.
  package init(
    _ name: String, namespace: String? = nil, attributes: [Attribute] = [], _ children: [XMLElement] = []
  ) {
    self.name = name
    self.attributes = (namespace.map { [Attribute("xmlns", $0)] } ?? []) + attributes
    self.children = children
    text = ""
  }

  /// An element of text.
  package init(_ name: String, namespace: String? = nil, attributes: [Attribute] = [], _ text: String) {
    self.init(name, namespace: namespace, attributes: attributes)
    self.text = text
  }

  /// The document with this as its outermost element, in UTF-8.
  package var document: Data {
    var text = #"<?xml version="1.0" encoding="UTF-8"?>"#
    write(to: &text)
    return Data(text.utf8)
  }

  private func write(to output: inout String) {
    output += "<\(name)"
    for attribute in attributes { output += " \(attribute.name)=\"\(Self.escape(attribute.value))\"" }
    guard !children.isEmpty || !text.isEmpty else {
      output += "/>"
      return
    }
    output += ">"
    output += Self.escape(text)
    for child in children { child.write(to: &output) }
    output += "</\(name)>"
  }

  /// Carriage returns would be read back as line feeds, so they go as references, too. What XML 1.0 has no
  /// way to spell is left out.
  private static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\r", "\t", "\n": escaped += "&#\(scalar.value);"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
