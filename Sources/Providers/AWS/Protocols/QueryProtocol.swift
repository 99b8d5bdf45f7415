import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The query protocol: a form of `Action=…` and flattened parameters, answered in XML.
///
/// Facts: "AWS query protocol" of Smithy: a list is `Name.member.N`, an empty one `Name=`, a structure `Outer.Inner`, a map
/// `Name.entry.N.key` and `.value`.
enum QueryProtocol {
  /// The body of a query request: `Action=…&Version=…&…`, escaped, in the order of the names.
  static func form(
    _ request: AWSRequest, input: Value, apiVersion: String, lists: AWSService.QueryLists
  ) -> Data {
    var parameters: [(name: String, value: String?)] = [
      ("Action", request.operation), ("Version", apiVersion),
    ]
    for (name, value) in input.map ?? [:] {
      append(value, as: name, lists, asMap: mapNames(request.service, member: name), to: &parameters)
    }
    parameters.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return Data(URLEscaping.query(parameters).utf8)
  }

  /// The names of a map's keys and values on the wire; nil for a structure. The tree alone does not
  /// distinguish the two.
  private static func mapNames(_ service: AWSService, member: String) -> (key: String, value: String)? {
    guard service.signingName == "sns" else { return nil }
    switch member {
    case "Attributes": return ("key", "value")
    case "MessageAttributes": return ("Name", "Value")
    default: return nil
    }
  }

  private static func append(
    _ value: Value, as name: String, _ lists: AWSService.QueryLists,
    asMap: (key: String, value: String)? = nil,
    to parameters: inout [(name: String, value: String?)]
  ) {
    switch value {
    case .null, .pending: return
    case .boolean(let flag): parameters.append((name, flag ? "true" : "false"))
    case .integer(let number): parameters.append((name, String(number)))
    case .number(let number):
      parameters.append((name, Int(exactly: number).map(String.init) ?? String(number)))
    case .string(let text): parameters.append((name, text))
    case .list(let items):
      if items.isEmpty { parameters.append((name, "")) }
      let item = lists.item(of: name)
      for (index, value) in items.enumerated() {
        append(value, as: "\(name)\(item).\(index + 1)", lists, to: &parameters)
      }
    case .map(let members):
      let sorted = members.sorted { $0.key < $1.key }
      guard let asMap else {
        for (inner, value) in sorted {
          append(value, as: "\(name).\(inner)", lists, to: &parameters)
        }
        return
      }
      for (index, entry) in sorted.enumerated() {
        parameters.append(("\(name).entry.\(index + 1).\(asMap.key)", entry.key))
        append(entry.value, as: "\(name).entry.\(index + 1).\(asMap.value)", lists, to: &parameters)
      }
    }
  }

  /// The inside of `…Result`, once the outermost element is off; an empty map when the operation answers nothing.
  static func result(_ answer: Value, operation: String) -> Value {
    guard var members = answer.map else { return [:] }
    if let result = members["\(operation)Result"] { return result.isEmpty ? [:] : result }
    members["ResponseMetadata"] = nil
    return .map(members)
  }
}
