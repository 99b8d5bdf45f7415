import Planner

/// A kind whose verbs follow from a description of the service's calls, ``KindCalls``. What is out of the ordinary overrides a hook, or a whole
/// verb.
protocol DescribedKind: ListedKind {
  var calls: KindCalls { get }

  /// Changes the input of a creating or changing call before it is sent.
  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target)

  /// Completes what one read returned: members that the description can't say, `isDeleting`, `untold`. `answer` is the reading call's, headers
  /// and all.
  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError)

  /// The same for a creating call, where more than the resource must be known: the bytes of a zip.
  func shape(_ input: inout [String: Value], for creation: Creation) throws(ProviderError)

  /// Changes the input of the deleting call before it is sent.
  func shape(_ input: inout [String: Value], for deletion: Deletion)

  /// What must be done before the deleting call.
  func prepare(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError)

  /// What must be done after the creating call and before the resource is complete. Facets are written before.
  func finish(_ creation: Creation, _ id: String, _ aws: WritingClient) async throws(ProviderError)

  /// What must be done after the changing calls, but for tags.
  func finish(_ update: Update, _ aws: WritingClient) async throws(ProviderError)
}

enum KindVerb: Sendable, Hashable {
  case create
  /// `changed` are the properties that the update names.
  case update(over: LiveResource, changed: Set<String>)
}

extension DescribedKind {
  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {}
  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {}
  func shape(_ input: inout [String: Value], for creation: Creation) throws(ProviderError) {}
  func shape(_ input: inout [String: Value], for deletion: Deletion) {}
  func prepare(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {}
  func finish(_ creation: Creation, _ id: String, _ aws: WritingClient) async throws(ProviderError) {}
  func finish(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {}

  package var readsTagsApart: Bool { calls.tags?.read != nil }
  package var settlingTime: Duration { calls.appears ?? .seconds(60) }

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
