import Planner
import Providers
import Testing

/// That the samples leave nothing of the schemas out: what no sample declares is proven nowhere.
struct SampleCoverageTests {
  @Test(arguments: AWSKinds.all.map(\.schema))
  func `Every property of a kind is declared, changed and changed from outside in some sample`(schema: Schema)
  {
    let samples = KindSamples.all.filter { $0.section == schema.section }
    var gaps: [String] = []
    for property in schema.properties where !property.isDerived {
      let name = property.name
      let values = samples.flatMap { [$0.properties[name], $0.mutations[name], $0.replacements[name]] }
        .compactMap { $0 }
      if !samples.contains(where: { $0.properties[name] != nil }) { gaps.append("\(name): in no sample") }
      gaps += gapsWithin(property.shape, path: name, values: values)
      switch property.change {
      case .replaces:
        if !samples.contains(where: { $0.replacements[name] != nil }) {
          gaps.append("\(name): no replacement")
        }
      case .inPlace:
        if !samples.contains(where: { $0.mutations[name] != nil && $0.properties[name] != nil }) {
          gaps.append("\(name): no mutation")
        }
        let isCovered = samples.contains {
          $0.outsideChanges[name] != nil && $0.properties[name] != nil || $0.unseen[name] != nil
        }
        if !isCovered && !property.isWriteOnly && !property.isLocal {
          gaps.append("\(name): no outside change")
        }
      }
    }
    #expect(gaps == [], "\(schema.section)")
  }

  /// Members of objects that no sample's value names.
  private func gapsWithin(_ shape: Shape, path: String, values: [String]) -> [String] {
    switch shape {
    case .list(let item), .set(let item), .map(let item): gapsWithin(item, path: path, values: values)
    case .either(let shapes): shapes.flatMap { gapsWithin($0, path: path, values: values) }
    case .object(let members):
      members.flatMap { member -> [String] in
        let path = "\(path).\(member.name)"
        let isNamed = member.isDerived || values.contains { $0.contains("\(member.name):") }
        return isNamed ? gapsWithin(member.shape, path: path, values: values) : ["\(path): in no sample"]
      }
    default: []
    }
  }
}

extension Schema: CustomTestStringConvertible {
  /// The section.
  public var testDescription: String { section }
}
