import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension DescribedVerbs {
  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let declared = Set(resource.properties.filter { !$0.value.isEmpty }.keys)
    let name = schema.identity(of: resource) ?? resource.name ?? ""
    var input = input(of: resource, declared, for: .create)
    input.merge(fields(calls.identity.creation, id: name, in: aws.target)) { $1 }
    if let tags = calls.tags { input[tags.creation ?? tags.field] = tags.creationWire(creation.tags) }
    kind.shape(&input, of: .create, for: resource, in: aws.target)
    try kind.shape(&input, for: creation)
    if let token = calls.token { input[token] = .string(creation.token) }
    let answer: Value
    do throws(ProviderError) {
      answer = try await aws.write(calls.create, input)
    } catch {
      if let created = try await revived(name, creation, aws, after: error) { return created }
      answer = try await aws.write(Request(calls.create, input).retrying(calls.ending.freesLate)).value
    }
    let id = try identity(name, in: answer)
    let reference = reference(id, in: aws.target)
    // Before all waits, so that a killed run leaves nothing without an owner.
    if let tags = calls.tags, let trait = tags.dropped, aws.target.has(trait) {
      try await tags.put(creation.tags, on: tagReference(id, in: aws.target), aws)
    }
    try await waitUntil(isThere: true, reference, aws)
    let settled = try await ready(reference, isThere: false, aws)
    let new = try await new(creation, id, aws)
    for facet in calls.facets where !facet.isCreated {
      // A set that is declared empty may have items of the service's own.
      let changed = facet.set == nil ? declared : Set(resource.properties.keys)
      try await write(facet, resource, changed: changed, over: new, id, aws)
    }
    try await kind.finish(creation, id, aws)
    let known = new?.attributes
    return Created(
      id: id,
      attributes: known ?? attributes(id, settled ?? answer.at(calls.answer) ?? answer, in: aws.target))
  }

  /// What was just made, where its sets have items already: all may leave a new security group. nil for kinds without such sets.
  private func new(
    _ creation: Creation, _ id: String, _ aws: WritingClient
  ) async throws(ProviderError) -> LiveResource? {
    guard calls.facets.contains(where: { $0.set != nil }) else { return nil }
    let resource = creation.resource
    let query = LiveQuery(
      address: resource.address, section: resource.section, name: resource.name, id: id, wanted: resource,
      depth: .declared(Set(calls.facets.flatMap(\.properties))), owner: creation.owner)
    return try await aws.waiting(for: "the \(schema.kind) to be there", atMost: settlingTime) {
      () throws(ProviderError) in try await read(query, aws.reading)
    }
  }

  /// The identity of what was made: the name, or the id that the service gave.
  private func identity(_ name: String, in answer: Value) throws(ProviderError) -> String {
    guard let path = calls.identity.given else { return name }
    if let id = answer.identity(at: path) { return id }
    throw ProviderError(
      .malformed, message: "the answer holds no \(path)",
      operation: "\(calls.create.service.signingName):\(calls.create.name)")
  }

  /// The input that sets these properties.
  private func input(of resource: Resource, _ names: Set<String>, for verb: KindVerb) -> [String: Value] {
    let facets = calls.facets.filter { verb == .create ? !$0.isCreated : !$0.isChanged }.flatMap(\.properties)
    let names = names.subtracting(facets).subtracting(calls.fields.apart)
    guard let texts = calls.texts else { return calls.fields.fields(of: resource, names, in: schema) }
    // What a creating call takes besides has a field of its own.
    let besides = calls.facets.filter { $0.isCreated }.flatMap(\.properties)
    let fields = calls.fields.fields(of: resource, names.intersection(besides), in: schema)
    let values = texts.texts(of: resource.properties, among: names.subtracting(besides))
    return values.isEmpty ? fields : fields.merging([calls.textField: .map(values)]) { $1 }
  }

  // MARK: Changing

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let id = update.live.id
    let reference = reference(id, in: aws.target)
    var answer = try await change(update, reference, aws)
    var isSent = answer != nil
    for facet in calls.facets
    where !facet.isChanged && !update.changed.isDisjoint(with: facet.properties) {
      try await write(facet, update.resource, changed: update.changed, over: update.live, id, aws)
      isSent = true
    }
    if isSent, let settled = try await ready(reference, isThere: true, aws) { answer = settled }
    try await kind.finish(update, aws)
    if update.changes("tags"), let tags = calls.tags {
      try await tags.change(update, of: tagReference(id, in: aws.target), aws)
    }
    let now = answer.map { attributes(id, $0, in: aws.target).filter { !$0.value.isNull } }
    return update.live.attributes.merging(now ?? [:]) { $1 }
  }

  private func change(
    _ update: Update, _ reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) -> Value? {
    guard let operation = calls.change.operation, !changedByCall(update).isEmpty else { return nil }
    let verb = KindVerb.update(over: update.live, changed: update.changed)
    return try await whileVersionMoves(calls.change.ifMatch) { () throws(ProviderError) -> Value? in
      var input = try await input(of: update, for: verb, reference, aws)
      kind.shape(&input, of: verb, for: update.resource, in: aws.target)
      guard !input.isEmpty else { return nil }
      if case .eachText = calls.change {
        let texts = (input[calls.textField]?.map ?? [:]).sorted { $0.key < $1.key }
        try await aws.write(operation, each: texts, of: reference)
        return nil
      }
      if let field = calls.change.ifMatch {
        input[field] = try await answer(reference, aws.reading)?.version
        if try await isDone(update, aws) { return nil }
      }
      if let token = calls.token { input[token] = .string(UUID().uuidString) }
      return try await aws.write(operation, input.merging(reference) { $1 })
    }
  }

  /// The properties that the changing call takes, of those that differ.
  func changedByCall(_ update: Update) -> Set<String> {
    update.changed.subtracting(calls.facets.filter { !$0.isChanged }.flatMap(\.properties))
      .subtracting(calls.fields.apart).subtracting(["tags"])
  }

  /// The changing call's input, as far as it follows from properties.
  private func input(
    of update: Update, for verb: KindVerb, _ reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) -> [String: Value] {
    let changed = input(of: update.resource, update.changed, for: verb)
    switch calls.change {
    case .never: return [:]
    case .partial, .eachText: return changed
    case .whole: return input(of: update.resource, Set(update.resource.properties.keys), for: verb)
    case .wholeOverProperties:
      var whole = update.resource
      whole.properties = update.live.properties
      for name in update.changed.union(update.live.untold) { whole.properties[name] = update.resource[name] }
      return input(of: whole, Set(whole.properties.keys), for: verb)
    case .wholeOverLive(let operation, let taken):
      guard let answer = try await answer(reference, aws.reading), let live = resource(in: answer.value)
      else {
        throw ProviderError(.notFound, message: "the \(schema.kind) is gone", operation: operation.label)
      }
      let known = (live.map ?? [:]).filter { taken.contains($0.key) && !$0.value.isEmpty }
      return calls.fields.fields(of: update.resource, changedByCall(update), over: known, in: schema)
    }
  }

  /// Writes a facet's properties where one of them changed: all of them in one call.
  private func write(
    _ facet: Facet, _ resource: Resource, changed: Set<String>, over live: LiveResource?, _ id: String,
    _ aws: WritingClient
  ) async throws(ProviderError) {
    guard !changed.isDisjoint(with: facet.properties) else { return }
    let reference = reference(id, of: facet, in: aws.target)
    if let items = facet.items {
      for property in facet.properties {
        try await items.write(resource[property], over: live?.properties[property], reference, aws)
      }
      return
    }
    if let set = facet.set {
      for property in facet.properties {
        guard let shape = schema.property(property)?.shape else { continue }
        try await set.write(
          resource[property], over: live?.properties[property], shape, of: id, reference, aws)
      }
      return
    }
    let input = calls.fields.fields(of: resource, facet.properties, in: schema)
    let isGone = facet.properties.allSatisfy { resource[$0]?.isNull ?? true }
    guard let operation = isGone ? facet.clear ?? facet.put : facet.put else { return }
    if isGone, facet.clear != nil {
      try await aws.delete(operation, reference.merging(facet.clearing) { $1 })
    } else {
      try await aws.write(operation, input.merging(reference) { $1 })
    }
  }

  // MARK: Deleting

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let reference = reference(deletion.live.id, in: aws.target)
    var input = reference.merging(calls.ending.input) { $1 }
    for (property, field) in calls.ending.instructions { input[field] = deletion.instructions[property] }
    if !deletion.live.isDeleting {
      if let tags = calls.tags, let trait = calls.ending.untagsFirst, aws.target.has(trait) {
        try await tags.removeAll(of: deletion, from: tagReference(deletion.live.id, in: aws.target), aws)
      }
      try await kind.prepare(deletion, aws)
      kind.shape(&input, for: deletion)
      try await whileVersionMoves(calls.ending.ifMatch) { [input] () throws(ProviderError) -> Void in
        var input = input
        if let field = calls.ending.ifMatch {
          guard let live = try await answer(reference, aws.reading) else { return }
          input[field] = live.version
        }
        try await aws.delete(calls.ending.delete, input)
      }
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

  // MARK: Waiting

  /// The word that says what the resource is going through; nil when it is not there.
  private func word(_ reference: [String: Value], _ aws: WritingClient) async throws(ProviderError) -> String?
  {
    guard let phase = calls.phase, let answer = try await answer(reference, aws.reading) else { return nil }
    return resource(in: answer.value)?.at(phase.path)?.string ?? ""
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

  /// The resource once it can be used; nil for kinds that can be used at once. One that is new may not be known yet.
  func ready(
    _ reference: [String: Value], isThere: Bool, _ aws: WritingClient
  ) async throws(ProviderError) -> Value? {
    guard let phase = calls.phase, !phase.ready.isEmpty || !phase.changing.isEmpty else { return nil }
    return try await aws.settled(
      "the \(schema.kind)", through: [phase], by: calls.read, mayBeMissing: !isThere
    ) {
      () throws(ProviderError) in
      try await answer(reference, aws.reading).flatMap { resource(in: $0.value) }
    }
  }
}
