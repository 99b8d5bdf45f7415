import Planner

/// Where the fields of a REST operation's input go.
///
/// `path` is a template: `/2015-03-31/functions/{FunctionName}/aliases?Marker={Marker}`. Each `{Field}` takes
/// the input's field of that name and removes it from the body. `{Key+}` takes a list of segments. A query
/// parameter whose field is missing is left out; a list gives one parameter an item; `?policy` is a parameter
/// without a value, and `?list-type=2` one with a fixed value.
package struct HTTPForm: Sendable, Hashable {
  /// What becomes of the fields that are in neither path, query nor headers.
  package enum Payload: Sendable, Hashable {
    /// A JSON object of them; no body when there are none and the method needs none.
    case fields
    /// The value of this one field is the body, as JSON.
    case field(String)
    /// An XML document of them, below an element of that name; `order` as in ``XMLElement/init(_:namespace:_:order:)``.
    case xml(root: String, namespace: String, order: [String] = [])
  }

  let method: AWSRequest.Method
  /// The path's segments: literal texts, or fields.
  let segments: [Segment]
  /// The parameters: with a field's value, a fixed text, or no value.
  let query: [(name: String, value: Segment?)]
  /// Header names by the field that they take, as `["IfMatch": "If-Match"]`.
  let headers: [String: String]
  let payload: Payload

  enum Segment: Sendable, Hashable {
    case text(String)
    case field(String)
    /// A list of segments: an object's key.
    case fields(String)
  }

  package init(
    _ method: AWSRequest.Method, _ template: String, headers: [String: String] = [:],
    payload: Payload = .fields
  ) {
    self.method = method
    self.headers = headers
    self.payload = payload
    let halves = template.split(separator: "?", maxSplits: 1)
    segments = (halves.first ?? "").split(separator: "/").map { Segment(String($0)) }
    query = (halves.count > 1 ? halves[1].split(separator: "&") : []).map { parameter in
      let sides = parameter.split(separator: "=", maxSplits: 1).map(String.init)
      return (sides[0], sides.count > 1 ? Segment(sides[1]) : nil)
    }
  }

  package static func == (left: HTTPForm, right: HTTPForm) -> Bool {
    left.method == right.method && left.segments == right.segments && left.headers == right.headers
      && left.payload == right.payload && left.query.elementsEqual(right.query, by: ==)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(method)
    hasher.combine(segments)
  }

  /// Puts an input's fields where they belong in a request. A missing path field leaves an empty segment,
  /// which the encoder refuses.
  func place(_ input: [String: Value], in request: inout AWSRequest) {
    var rest = input
    request.method = method
    request.path = segments.flatMap { segment -> [String] in
      switch segment {
      case .text(let text): [text]
      case .field(let name): [rest.removeValue(forKey: name)?.scalar ?? ""]
      case .fields(let name): (rest.removeValue(forKey: name)?.list ?? []).map { $0.scalar ?? "" }
      }
    }
    for (name, value) in query {
      switch value {
      case nil: request.query.append((name, nil))
      case .text(let text): request.query.append((name, text))
      case .field(let field), .fields(let field):
        request.query += Self.parameters(name, rest.removeValue(forKey: field))
      }
    }
    for (field, header) in headers { request.headers[header] = rest.removeValue(forKey: field)?.scalar }
    switch payload {
    case .fields: request.body = rest.isEmpty && !takesBody ? .none : .value(.map(rest))
    case .field(let name): request.body = rest[name].map(AWSRequest.Body.value) ?? .none
    case .xml(let root, let namespace, let order):
      let element = XMLElement(root, namespace: namespace, .map(rest), order: order)
      request.body = .bytes(element.document, contentType: "application/xml")
    }
  }

  private static func parameters(_ name: String, _ value: Value?) -> [(name: String, value: String?)] {
    switch value {
    case nil, .null: []
    case .list(let items): items.map { (name, $0.scalar) }
    case .some(let value): [(name, value.scalar)]
    }
  }

  /// JSON services expect an object from what changes something, if an empty one.
  private var takesBody: Bool { [.post, .put, .patch].contains(method) }
}

extension HTTPForm.Segment {
  init(_ text: String) {
    guard text.hasPrefix("{"), text.hasSuffix("}") else {
      self = .text(text)
      return
    }
    let name = String(text.dropFirst().dropLast())
    self = name.hasSuffix("+") ? .fields(String(name.dropLast())) : .field(name)
  }
}

extension Value {
  /// A scalar as paths, queries and headers write it; nil for what has no such form.
  var scalar: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .boolean(let flag): flag ? "true" : "false"
    case .number(let number): String(number)
    case .null, .pending, .list, .map: nil
    }
  }
}
