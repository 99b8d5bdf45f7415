import CExpat
import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// XML answers as a tree, by libexpat: see ``AWSResponse/value`` for its shape.
///
/// Attributes, comments and prefixes are left out: no service uses them for a meaning. A document type is
/// refused, and with it every entity but the five predefined ones.
enum XMLReader {
  /// What was wrong with the document, and where.
  struct Problem: Error, Equatable {
    var message: String
    var line: Int
  }

  static let deepest = 100

  /// The outermost element's name and content. `listItem` is what the service calls the items of its lists.
  static func read(_ data: Data, listItem: String = "member") throws(Problem) -> (
    name: String, content: Value
  ) {
    guard let parser = XML_ParserCreate("UTF-8") else { throw Problem(message: "no memory", line: 0) }
    defer { XML_ParserFree(parser) }
    let builder = XMLTreeBuilder(parser, listItem: listItem)
    withExtendedLifetime(builder) { builder.listen() }
    let status = data.withUnsafeBytes { bytes in
      XML_Parse(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: bytes.count), 1)
    }
    return try withExtendedLifetime(builder) { () throws(Problem) in
      guard status == XML_STATUS_OK, let root = builder.root else {
        let spoken = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "no element"
        throw Problem(
          message: builder.refusal ?? spoken, line: Int(XML_GetCurrentLineNumber(parser)))
      }
      return root
    }
  }
}

/// The open elements of a document that is being read. expat is given its address.
private final class XMLTreeBuilder {
  private struct Element {
    var name: String
    var children: [(name: String, value: Value)] = []
    var text: [UInt8] = []
  }

  private let parser: XML_Parser
  private var open: [Element] = []
  private(set) var root: (name: String, content: Value)?
  /// Why we stopped the parser, when it was us.
  private(set) var refusal: String?

  private let listItem: String

  init(_ parser: XML_Parser, listItem: String) {
    self.parser = parser
    self.listItem = listItem
  }

  func listen() {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, _ in
        guard let name else { return }
        XMLTreeBuilder.at(context)?.begin(String(cString: name))
      },
      { context, _ in XMLTreeBuilder.at(context)?.end() })
    XML_SetCharacterDataHandler(parser) { context, bytes, count in
      XMLTreeBuilder.at(context)?.add(
        UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    }
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
      XMLTreeBuilder.at(context)?.refuse("a document type is not accepted")
    }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> XMLTreeBuilder? {
    context.map { Unmanaged<XMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
  }

  private func refuse(_ reason: String) {
    refusal = reason
    XML_StopParser(parser, UInt8(XML_FALSE))
  }

  private func begin(_ name: String) {
    guard open.count < XMLReader.deepest else {
      return refuse("elements are nested more than \(XMLReader.deepest) deep")
    }
    let local = name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    open.append(Element(name: local))
  }

  private func add(_ bytes: UnsafeRawBufferPointer) {
    guard !open.isEmpty else { return }
    open[open.count - 1].text.append(contentsOf: bytes)
  }

  private func end() {
    guard let element = open.popLast() else { return }
    let value = value(of: element)
    if open.isEmpty {
      root = (element.name, value)
    } else {
      open[open.count - 1].children.append((element.name, value))
    }
  }

  private func value(of element: Element) -> Value {
    let children = element.children
    if children.isEmpty { return .string(String(decoding: element.text, as: UTF8.self)) }
    if children.allSatisfy({ $0.name == listItem }) { return .list(children.map(\.value)) }
    if let entries = Self.entries(children) { return .map(entries) }
    var members: [String: [Value]] = [:]
    for child in children { members[child.name, default: []].append(child.value) }
    return .map(members.mapValues { $0.count == 1 ? $0[0] : .list($0) })
  }

  /// The map that `<entry><key/><value/></entry>…` spells; nil for other elements.
  private static func entries(_ children: [(name: String, value: Value)]) -> [String: Value]? {
    var entries: [String: Value] = [:]
    for child in children {
      guard child.name == "entry", let pair = child.value.map, pair.count == 2, let key = pair["key"]?.string,
        let value = pair["value"]
      else { return nil }
      entries[key] = value
    }
    return entries
  }
}
