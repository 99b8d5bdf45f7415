/// Where a resource stands in the stack: `queues.build-jobs`, or `lambdas.build-worker.role` for one that Stackform derived.
package struct Address: Sendable, Hashable, Comparable, CustomStringConvertible, Codable {
  /// The section of the file, as `queues`.
  package let section: String
  /// The entry's name in the section.
  package let name: String
  /// The part of the entry that a derived resource is, as `role`; nil for what the file declares.
  package let part: String?

  package init(_ section: String, _ name: String, part: String? = nil) {
    self.section = section
    self.name = name
    self.part = part
  }

  /// Reads `section.name` or `section.name.part`; nil for anything else.
  package init?(_ text: String) {
    let pieces = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard pieces.count >= 2, pieces.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(pieces[0], pieces[1], part: pieces.count == 3 ? pieces[2] : nil)
  }

  /// Reads an address that was stored. What a file's entry could not be called is refused: it may be there to
  /// reach a terminal.
  static func stored(_ text: String) -> Address? {
    guard text.utf8.count <= 1024, !text.unicodeScalars.contains(where: \.isControl) else { return nil }
    return Address(text)
  }

  package var description: String {
    if let part { "\(section).\(name).\(part)" } else { "\(section).\(name)" }
  }

  /// The declared resource that this one belongs to: itself, unless it was derived.
  package var declared: Address { Address(section, name) }

  package static func < (left: Address, right: Address) -> Bool {
    (left.section, left.name, left.part ?? "") < (right.section, right.name, right.part ?? "")
  }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let address = Address.stored(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "there is no such address"))
    }
    self = address
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
