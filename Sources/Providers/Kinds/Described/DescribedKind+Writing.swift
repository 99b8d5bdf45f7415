import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension DescribedKind {
  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let declared = Set(resource.properties.filter { !$0.value.isEmpty }.keys)
    let name = schema.identity(of: resource) ?? resource.name ?? ""
    var input = input(of: resource, declared)
    input.merge(fields(calls.identity.creation, id: name, in: aws.target)) { $1 }
    if let tags = calls.tags { input[tags.creation ?? tags.field] = tags.wire(creation.tags) }
    shape(&input, of: .create, for: resource, in: aws.target)
    if let token = calls.token { input[token] = .string(creation.token) }
    let answer: Value
    do throws(ProviderError) {
      answer = try await aws.write(calls.create, input)
    } catch {
      if let created = try await revived(name, creation, aws, after: error) { return created }
      answer = try await aws.write(calls.create, input)
    }
    let id = try identity(name, in: answer)
    let reference = reference(id, in: aws.target)
    try await waitUntil(isThere: true, reference, aws)
    let settled = try await waitUntilReady(reference, aws)
    for facet in calls.facets { try await write(facet, resource, changed: declared, reference, aws) }
    try await finish(creation, id, aws)
    return Created(id: id, attributes: attributes(id, settled ?? answer, in: aws.target))
  }

  /// The identity of what was made: the name, or the id that the service gave.
  private func identity(_ name: String, in answer: Value) throws(ProviderError) -> String {
    guard let path = calls.identity.given else { return name }
    if let id = answer.at(path)?.string, !id.isEmpty { return id }
    throw ProviderError(
      .malformed, message: "the answer holds no \(path)",
      operation: "\(calls.create.service.signingName):\(calls.create.name)")
  }

  /// The input that sets these properties.
  private func input(of resource: Resource, _ names: Set<String>) -> [String: Value] {
    let names = names.subtracting(calls.facets.flatMap(\.properties)).subtracting(calls.fields.apart)
    guard let texts = calls.texts else { return calls.fields.fields(of: resource, names, in: schema) }
    let values = texts.texts(of: resource.properties, among: names)
    return values.isEmpty ? [:] : [calls.textField: .map(values)]
  }

  // MARK: Changing

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let reference = reference(update.live.id, in: aws.target)
    var answer = try await change(update, reference, aws)
    for facet in calls.facets {
      try await write(facet, update.resource, changed: update.changed, reference, aws)
    }
    if let settled = try await waitUntilReady(reference, aws) { answer = settled }
    if update.changes("tags"), let tags = calls.tags {
      try await tags.change(update, of: tagReference(update.live.id, in: aws.target), aws)
    }
    let now = answer.map { attributes(update.live.id, $0, in: aws.target).filter { !$0.value.isNull } }
    return update.live.attributes.merging(now ?? [:]) { $1 }
  }

  private func change(
    _ update: Update, _ reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) -> Value? {
    guard let operation = calls.change.operation else { return nil }
    let changed = input(of: update.resource, update.changed)
    let apart = Set(calls.facets.flatMap(\.properties)).union(calls.fields.apart)
    guard !update.changed.subtracting(apart).subtracting(["tags"]).isEmpty else { return nil }
    var input: [String: Value]
    switch calls.change {
    case .never: return nil
    case .partial: input = changed
    case .whole: input = self.input(of: update.resource, Set(update.resource.properties.keys))
    case .wholeOverLive(_, let without):
      let live = try await answer(reference, aws.reading)?.value
      let resource = live.flatMap { calls.answer.isEmpty ? $0 : $0.at(calls.answer) }?.map ?? [:]
      input = resource.filter { !without.contains($0.key) }.merging(changed) { $1 }
    }
    shape(&input, of: .update, for: update.resource, in: aws.target)
    guard !input.isEmpty else { return nil }
    if let token = calls.token { input[token] = .string(UUID().uuidString) }
    return try await aws.write(operation, input.merging(reference) { $1 })
  }

  /// Writes a facet's properties where one of them changed: all of them in one call.
  private func write(
    _ facet: Facet, _ resource: Resource, changed: Set<String>, _ reference: [String: Value],
    _ aws: WritingClient
  ) async throws(ProviderError) {
    guard !changed.isDisjoint(with: facet.properties) else { return }
    var input = calls.fields.fields(of: resource, facet.properties, in: schema)
    let isGone = facet.properties.allSatisfy { resource[$0]?.isNull ?? true }
    guard let operation = isGone ? facet.clear ?? facet.put : facet.put else { return }
    if let field = facet.ifMatch { input[field] = try await version(reference, aws) }
    let whole = isGone && facet.clear != nil ? reference : input.merging(reference) { $1 }
    if isGone, facet.clear != nil {
      try await aws.delete(operation, whole)
    } else {
      try await aws.write(operation, whole)
    }
  }

  /// The ETag of the resource as it is now.
  func version(_ reference: [String: Value], _ aws: WritingClient) async throws(ProviderError) -> Value {
    let answer = try await answer(reference, aws.reading)
    return answer?.headers["etag"].map(Value.string) ?? .null
  }

  // MARK: Deleting

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let reference = reference(deletion.live.id, in: aws.target)
    var input = reference.merging(calls.ending.input) { $1 }
    for (property, field) in calls.ending.instructions { input[field] = deletion.instructions[property] }
    if !deletion.live.isDeleting {
      try await untag(deletion, aws)
      for operation in calls.ending.prepare { try await aws.delete(operation, reference) }
      if let field = calls.ending.ifMatch { input[field] = try await version(reference, aws) }
      shape(&input, for: deletion)
      try await aws.delete(calls.ending.delete, input)
    }
    try await waitUntil(isThere: false, reference, aws)
    try await waitForEnd(of: deletion.address, reference, aws)
  }

  /// Waits until what is on its way out is gone. Returns at once for a kind that has no such time.
  func waitForEnd(
    of address: Address, _ reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    guard let phase = calls.phase, !phase.leaving.isEmpty else { return }
    try await aws.waiting(for: "\(address) to be gone", atMost: phase.limit) {
      () throws(ProviderError) -> Void? in
      guard let word = try await word(reference, aws) else { return () }
      return phase.gone.contains(word) ? () : nil
    }
  }

  private func untag(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    guard let tags = calls.tags, let trait = calls.ending.untagsFirst, aws.target.has(trait) else { return }
    let names =
      [Owner.addressTag, Owner.stackTag] + (deletion.live.properties["tags"]?.map ?? [:]).keys.sorted()
    try await tags.remove(names, from: tagReference(deletion.live.id, in: aws.target), aws)
  }

  // MARK: Waiting

  /// The word that says what the resource is going through; nil when it is not there.
  private func word(_ reference: [String: Value], _ aws: WritingClient) async throws(ProviderError) -> String?
  {
    guard let phase = calls.phase, let answer = try await answer(reference, aws.reading) else { return nil }
    return (calls.answer.isEmpty ? answer.value : answer.value.at(calls.answer))?.at(phase.path)?.string ?? ""
  }

  private func waitUntil(
    isThere: Bool, _ reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    guard let limit = calls.appears, !aws.target.has(.actsAtOnce) else { return }
    try await aws.waiting(for: "the \(schema.kind) to be \(isThere ? "there" : "gone")", atMost: limit) {
      () throws(ProviderError) -> Void? in
      (try await answer(reference, aws.reading) != nil) == isThere ? () : nil
    }
  }

  /// The resource once it can be used; nil for kinds that can be used at once.
  private func waitUntilReady(
    _ reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) -> Value? {
    guard let phase = calls.phase, !phase.ready.isEmpty || !phase.changing.isEmpty else { return nil }
    return try await aws.waiting(for: "the \(schema.kind) to be ready", atMost: phase.limit) {
      () throws(ProviderError) -> Value? in
      guard let answer = try await answer(reference, aws.reading),
        let resource = calls.answer.isEmpty ? answer.value : answer.value.at(calls.answer)
      else { return nil }
      let word = resource.at(phase.path)?.string ?? ""
      if phase.failed.contains(word) {
        let reason = phase.reason.flatMap { resource.at($0)?.string } ?? "no reason was given"
        throw ProviderError(
          .invalid, code: word, message: "the \(schema.kind) is \(word): \(reason)",
          operation: "\(calls.read.service.signingName):\(calls.read.name)")
      }
      return phase.isReady(word) ? resource : nil
    }
  }
}
