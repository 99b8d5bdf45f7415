import Planner
import TestSupport
import Testing

@testable import Providers

/// A slip of one letter in any word that a stack may hold is answered with the right one. Made of the
/// schemas, so that a new kind is covered by being there.
@Suite struct TypoTests {
  static let schemas = AWSKinds.registry.kinds.map(\.schema)

  /// Where a word stands: the stack around it has `§` in its place.
  struct Place: Sendable {
    var word: String
    var siblings: [String]
    var stack: String
  }

  @Test func `sections`() {
    let sections = Self.schemas.map(\.section)
    expectSuggestions(
      sections.map { Place(word: $0, siblings: sections, stack: "stack: shop\n§: {}\n") }, in: "sections")
  }

  @Test(arguments: schemas.map(\.section))
  func `properties, members and choices`(_ section: String) throws {
    let schema = try #require(Self.schemas.first { $0.section == section })
    var places: [Place] = []
    let universal = ["name", "dependsOn", "ignoreChanges", "protect"].filter {
      $0 != "name" || schema.naming != nil
    }
    collect(schema.properties, beside: universal, into: &places) {
      "stack: shop\n\(section): {subject: \($0)}\n"
    }
    #expect(!places.isEmpty)
    expectSuggestions(places, in: section)
  }

  @Test(arguments: schemas.map(\.section))
  func `attributes`(_ section: String) throws {
    let schema = try #require(Self.schemas.first { $0.section == section })
    let names = schema.attributes.map(\.name) + (schema.naming == nil ? [] : ["name"])
    let places = Set(names).sorted().map {
      Place(
        word: $0, siblings: names,
        stack: "stack: shop\n\(section): {subject: {}}\noutputs: {x: \"${\(section).subject.§}\"}\n")
    }
    expectSuggestions(places, in: section)
  }

  /// Every word of the properties and of what is inside of them; `wrap` puts an entry's text into a stack.
  private func collect(
    _ properties: [Property], beside others: [String] = [], into places: inout [Place],
    _ wrap: @escaping (String) -> String
  ) {
    let settable = properties.filter { !$0.isDerived }
    let siblings = settable.map(\.name) + others
    for word in siblings { places.append(Place(word: word, siblings: siblings, stack: wrap("{§: null}"))) }
    for property in settable {
      collect(property.shape, into: &places) { wrap("{\(property.name): \($0)}") }
    }
  }

  private func collect(_ shape: Shape, into places: inout [Place], _ wrap: @escaping (String) -> String) {
    switch shape {
    case .choice(let words):
      places += words.map { Place(word: $0, siblings: words, stack: wrap("\"§\"")) }
    case .list(let item), .set(let item): collect(item, into: &places) { wrap("[\($0)]") }
    case .map(let member): collect(member, into: &places) { wrap("{key: \($0)}") }
    case .object(let members): collect(members, into: &places, wrap)
    case .either(let shapes): for shape in shapes { collect(shape, into: &places, wrap) }
    case .boolean, .integer, .integerChoice, .number, .string, .path, .document, .policy: break
    }
  }

  private func expectSuggestions(_ places: [Place], in section: String) {
    var tried = 0
    for place in places {
      for typo in Self.typos(of: place.word) where !place.siblings.contains(typo) {
        tried += 1
        // Two words as near as each other: either is a good answer.
        let near = place.siblings.filter { Self.isOneSlip(typo, $0) }
        let said = StackChecking.diagnostics(place.stack.replacing("§", with: typo))
        let isAnswered = said.contains { item in
          near.contains {
            item.fix?.contains("Did you mean \"\($0)\"?") == true
              || item.fix?.contains("Did you mean \($0)?") == true || item.fix?.contains(".\($0)}?") == true
          }
        }
        #expect(
          isAnswered,
          "\(section): \(typo) for \(place.word) in \(place.stack): \(said.map { "\($0.detail) \($0.fix ?? "")" })"
        )
      }
    }
    Tally.note(.files, "slips of a letter", tried: tried)
  }

  /// A letter twice, one left out, one that is wrong, two that changed places: in the middle of the word.
  private static func typos(of word: String) -> [String] {
    let letters = Array(word)
    let middle = letters.count / 2
    var typos = [letters[...middle] + letters[middle...]]
    if letters.count >= 4 {
      typos += [
        letters[..<middle] + letters[(middle + 1)...], letters[..<middle] + ["x"] + letters[(middle + 1)...],
      ]
      var swapped = letters
      swapped.swapAt(middle - 1, middle)
      typos.append(swapped[...])
    }
    return typos.map { String($0) }.filter { $0 != word }
  }

  /// Whether an insertion, a deletion, a replacement or a swap of neighbours makes one of the other.
  private static func isOneSlip(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.lowercased()), Array(right.lowercased()))
    let start = zip(left, right).prefix { $0 == $1 }.count
    let (a, b) = (Array(left[start...]), Array(right[start...]))
    if a.isEmpty || b.isEmpty { return a.count + b.count <= 1 }
    return a.dropFirst() == b[...] || a[...] == b.dropFirst() || a.dropFirst() == b.dropFirst()
      || (a.count > 1 && b.count > 1 && a[0] == b[1] && a[1] == b[0] && a[2...] == b[2...])
  }
}
