import Planner

/// The verbs of a described kind, made from ``KindCalls`` and the kind's hooks.
///
/// They stand in a type of their own so that they are compiled once. As methods of ``DescribedKind`` the optimiser made a
/// copy of each for each kind.
struct DescribedVerbs: ListedKind {
  let kind: any DescribedKind
  let schema: Schema
  let calls: KindCalls

  init(_ kind: any DescribedKind) {
    self.kind = kind
    schema = kind.schema
    calls = kind.calls
  }

  package var readsTagsApart: Bool { calls.tags?.read != nil }
  package var settlingTime: Duration { calls.appears ?? .seconds(60) }

  package func isCreatedWithTags(in target: Target) -> Bool {
    guard let tags = calls.tags else { return false }
    return !(tags.dropped.map(target.has) ?? false)
  }

  // MARK: Identity

  /// The fields of a call that says which resource it means.
  func reference(_ id: String, in target: Target) -> [String: Value] {
    fields(calls.identity.reference, id: id, in: target)
  }

  /// The fields of a call for tags that says whose they are.
  func tagReference(_ id: String, in target: Target) -> [String: Value] {
    fields(calls.identity.tagged ?? calls.identity.reference, id: id, in: target)
  }

  /// The fields of a facet's calls that say which resource they mean.
  func reference(_ id: String, of facet: Facet, in target: Target) -> [String: Value] {
    fields(facet.reference ?? calls.identity.reference, id: id, in: target)
  }

  /// The given parts of an identity, by the field that holds each.
  func fields(_ parts: [String: Identity.Part], id: String, in target: Target) -> [String: Value] {
    let texts = schema.parts(ofIdentity: id)
    let name = texts.last ?? id
    return parts.mapValues { part in
      switch part {
      case .name: .string(name)
      case .id: .string(id)
      case .part(let position): texts.indices.contains(position) ? .string(texts[position]) : .null
      case .arn(let service, let prefix): target.arn(service, prefix + texts.joined(separator: "/")) ?? .null
      case .made(let make): make(name, target) ?? .null
      case .madeOfParts(let make): make(texts, target) ?? .null
      }
    }
  }

  /// Every attribute of the schema that is known: from the identity, and from an answer.
  func attributes(_ id: String, _ answer: Value?, in target: Target) -> [String: Value] {
    var attributes: [String: Value] = [:]
    if calls.identity.given == nil { attributes["name"] = .string(schema.parts(ofIdentity: id).last ?? id) }
    attributes.merge(fields(calls.identity.known, id: id, in: target)) { $1 }
    guard let answer else { return attributes }
    for (attribute, path) in calls.attributes { attributes[attribute] = answer.at(path) ?? .null }
    return attributes
  }

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    guard calls.identity.given == nil, let id = schema.identity(of: resource) else {
      return resource.name.map { ["name": .string($0)] } ?? [:]
    }
    return attributes(id, nil, in: target).filter { !$0.value.isNull }
  }
}
