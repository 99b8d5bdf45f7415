/// JSON as it stands; a pending value is `{"$pending": "…source text…"}`.
extension Value: Codable {
  private struct MemberKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static let pendingKey = "$pending"

  package init(from decoder: any Decoder) throws {
    // Strings and maps first: they are what service answers are made of, and each failed try costs an error.
    let single = try decoder.singleValueContainer()
    if let text = try? single.decode(String.self) {
      self = .string(text)
    } else if let members = try? decoder.container(keyedBy: MemberKey.self) {
      var entries: [String: Value] = [:]
      for key in members.allKeys { entries[key.stringValue] = try members.decode(Value.self, forKey: key) }
      if entries.count == 1, let source = entries[Self.pendingKey]?.string {
        self = .pending(try Template(parsing: source))
      } else {
        self = .map(entries)
      }
    } else if var items = try? decoder.unkeyedContainer() {
      var list: [Value] = []
      while !items.isAtEnd { list.append(try items.decode(Value.self)) }
      self = .list(list)
    } else if let flag = try? single.decode(Bool.self) {
      self = .boolean(flag)
    } else if let number = try? single.decode(Int.self) {
      self = .integer(number)
    } else if let number = try? single.decode(Double.self) {
      self = .number(number)
    } else if single.decodeNil() {
      self = .null
    } else {
      throw DecodingError.dataCorruptedError(in: single, debugDescription: "not a JSON value")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .boolean(let flag): try flag.encode(to: encoder)
    case .integer(let number): try number.encode(to: encoder)
    case .number(let number): try number.encode(to: encoder)
    case .string(let text): try text.encode(to: encoder)
    case .list(let items): try items.encode(to: encoder)
    case .map(let entries):
      var container = encoder.container(keyedBy: MemberKey.self)
      for (key, value) in entries { try container.encode(value, forKey: MemberKey(stringValue: key)) }
    case .pending(let template):
      var container = encoder.container(keyedBy: MemberKey.self)
      try container.encode(template.source, forKey: MemberKey(stringValue: Self.pendingKey))
    }
  }
}
