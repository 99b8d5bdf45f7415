import Planner
import Testing

@testable import Providers

/// What holds of every kind's declaration: walked, so that a new kind is checked by being there.
@Suite struct KindDeclarationTests {
  static let schemas = AWSKinds.registry.kinds.map(\.schema)

  @Test(arguments: schemas.map(\.section))
  func `a kind's example is a valid entry`(_ section: String) throws {
    let schema = try #require(Self.schemas.first { $0.section == section })
    // The variables that the example uses, and no others.
    let example = schema.exampleSection
    let names = Set(example.matches(of: /\$\{var\.(\w+)\}/).map { $0.1 }).sorted()
    let variables = names.isEmpty ? "" : "variables:\n" + names.map { "  \($0): text\n" }.joined()
    let text = "stack: examples\n\(variables)\(example)\n"
    let files = FileReader(
      read: { _ throws(FileReader.Failure) in Array(text.utf8) }, entry: { _ in .folder })
    let target = Target(account: "000000000000", region: "us-east-1", endpoint: "http://localhost:4566")
    do throws(Diagnostics) {
      _ = try StackDeclaration.load("stack.yaml", files: files)
        .resolved(
          registry: AWSKinds.registry, target: target, variables: [:], environment: [:], files: files)
    } catch {
      // An example stands alone: what it refers to and the code of its lambda are not there.
      let others = error.items.filter {
        !["Unknown reference", "Missing file", "No such folder", "Unreadable file"]
          .contains($0.summary)
      }
      #expect(others.map { "\($0.span?.line ?? 0): \($0.summary): \($0.detail)" } == [])
    }
  }

  @Test(arguments: schemas.map(\.section))
  func `names are unique, sentences are there, defaults fit their shapes`(_ section: String) throws {
    let schema = try #require(Self.schemas.first { $0.section == section })
    #expect(!schema.title.isEmpty && !schema.summary.isEmpty)
    #expect(Set(schema.attributes.map(\.name)).count == schema.attributes.count)
    check(schema.properties, in: section)
  }

  private func check(_ properties: [Property], in path: String) {
    #expect(Set(properties.map(\.name)).count == properties.count, "\(path)")
    for property in properties {
      let place = "\(path).\(property.name)"
      #expect(!property.summary.isEmpty, "\(place)")
      if let standard = property.defaultValue {
        #expect(property.differences(live: standard, wanted: standard).isEmpty, "\(place)")
        #expect(property.differences(live: nil, wanted: standard).isEmpty, "\(place)")
      }
      check(property.shape, in: place)
    }
  }

  private func check(_ shape: Shape, in path: String) {
    switch shape {
    case .object(let members): check(members, in: path)
    case .list(let item), .set(let item), .map(let item): check(item, in: path)
    case .either(let shapes): for shape in shapes { check(shape, in: path) }
    case .string(let rule): if let pattern = rule.pattern { #expect((try? Regex(pattern)) != nil, "\(path)") }
    case .boolean, .integer, .integerChoice, .number, .choice, .path, .document, .policy: break
    }
  }

  @Test func `pages and the JSON Schema are made for every kind`() {
    for schema in Self.schemas {
      #expect(ReferencePage.markdown(for: schema).hasPrefix("# \(schema.section)\n"))
    }
    let sections = JSONSchema.document(for: AWSKinds.registry)["properties"]?.map ?? [:]
    #expect(Self.schemas.allSatisfy { sections[$0.section] != nil })
  }
}
