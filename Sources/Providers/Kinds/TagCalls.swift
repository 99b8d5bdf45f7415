import Planner

/// How the tags of a kind are read and written: the one way for described and hand-written kinds.
///
/// Tags are removed before others are added: a resource may have fifty tags already, and a service refuses a
/// fifty-first.
struct TagCalls: Sendable {
  /// How tags are spelt on the wire.
  enum Form: Sendable, Hashable {
    /// `{"Team": "a"}`
    case map
    /// `[{"Key": "Team", "Value": "a"}]`
    case list(key: String, value: String)
    /// `<Items><Tag><Key/><Value/></Tag></Items>`, as CloudFront: a document of its own, whose only member this is.
    case items

    static let pairs = Form.list(key: "Key", value: "Value")
  }

  /// The operation that returns tags; nil where the kind's own read does.
  var read: Operation<Reads>?
  /// The path to the tags in that answer.
  var answer = "Tags"
  let put: Operation<Writes>
  let remove: Operation<Writes>
  /// The field that holds the tags in `put`.
  var field = "Tags"
  /// The field that holds them in the creating call, where it is another one.
  var creation: String?
  /// On endpoints that have this trait the creating call takes no tags: they are put right after it.
  var dropped: EndpointTrait?
  /// The field that holds the names in `remove`.
  var keys = "TagKeys"
  var form = Form.pairs
  /// On endpoints that have this trait `remove` takes one name at a time.
  var removesOne: EndpointTrait?
  /// `remove` takes items with a key, as EC2, and not bare names.
  var removesItems = false
  /// The creating call takes the tags in a specification of this resource type, as EC2's.
  var resourceType: String?
  /// How an answer spells tags, where it does so otherwise.
  var answerForm: Form?

  /// Tags as the creating call takes them.
  func creationWire(_ tags: [String: String]) -> Value {
    guard let resourceType else { return wire(tags) }
    return [["ResourceType": .string(resourceType), field: wire(tags)]]
  }

  /// Tags as the wire spells them.
  func wire(_ tags: [String: String]) -> Value {
    switch form {
    case .map: .map(tags.mapValues(Value.string))
    case .list(let key, let value):
      .list(tags.sorted { $0.key < $1.key }.map { [key: .string($0.key), value: .string($0.value)] })
    case .items: ["Items": ["Tag": tags.tagList]]
    }
  }

  /// The tags that an answer of the service holds. Kinesis takes a map and answers with a list.
  func tags(in answer: Value?) -> LiveTags {
    switch answerForm ?? form {
    case .map: return answer?.list.map(LiveTags.init(list:)) ?? LiveTags(map: answer)
    case .list(let key, let value):
      let items: [Value] = answer?.list ?? (answer?.map == nil ? [] : [answer ?? .null])
      let pairs = items.compactMap { item in
        item[key]?.string.map { ($0, item[value]?.string ?? "") }
      }
      return LiveTags(Dictionary(pairs) { $1 })
    case .items: return LiveTags(list: answer?["Items"]?.items("Tag") ?? [])
    }
  }

  /// Reads the tags of the resource that `reference` names: every page; nil when it is not there.
  func read(
    _ reference: [String: Value], _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags? {
    guard let read, let pages = try await aws.pages(read, reference), !pages.isEmpty else { return nil }
    return LiveTags(pages.map { tags(in: $0.at(answer)).all }.reduce(into: [:]) { $0.merge($1) { $1 } })
  }

  /// Removes tags, then adds tags. Sends nothing for tags that are right already.
  func change(
    _ update: Update, of reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    try await remove(update.tagsToRemove, from: reference, aws)
    try await put(update.tagsToAdd, on: reference, aws)
  }

  /// Adds these tags. Sends nothing when there are none.
  func put(
    _ tags: [String: String], on reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    guard !tags.isEmpty else { return }
    let fields = form == .items ? wire(tags).map ?? [:] : [field: wire(tags)]
    try await aws.write(put, reference.merging(fields) { $1 })
  }

  /// Removes the tags with these names. Sends nothing when there are none.
  func remove(
    _ names: [String], from reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    guard !names.isEmpty else { return }
    if names.count > 1, let removesOne, aws.target.has(removesOne) {
      for name in names { try await remove([name], from: reference, aws) }
      return
    }
    let keys: [Value] = names.map { removesItems ? ["Key": .string($0)] : .string($0) }
    let fields: [String: Value] =
      form == .items ? ["Items": ["Key": .list(keys)]] : [self.keys: .list(keys)]
    try await aws.write(remove, reference.merging(fields) { $1 })
  }

  /// Removes all tags, the owner's too, from a resource that is about to be deleted. It is for endpoints
  /// where the next resource of that name would have them. "Not there" is success.
  func removeAll(
    of deletion: Deletion, from reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    let declared = deletion.live.properties["tags"]?.map?.keys.sorted() ?? []
    do throws(ProviderError) {
      try await remove([Owner.stackTag, Owner.addressTag] + declared, from: reference, aws)
    } catch {
      if error.kind != .notFound { throw error }
    }
  }
}
