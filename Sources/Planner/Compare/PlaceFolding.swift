/// Takes out of a value what follows from the place alone: account, region, endpoint, partition, and the
/// names and ids that resources have there.
///
/// Only what is another text in the other place is replaced, so that two values that are the same stay the same.
struct PlaceFolding: Sendable {
  private let replacements: [(text: String, token: String, isWord: Bool)]

  init(_ place: ComparedPlace, against other: ComparedPlace) {
    var found: [String: (token: String, isWord: Bool)] = [:]
    func note(_ text: String?, _ counterpart: String?, _ token: String, isWord: Bool) {
      guard let text, text.count >= 3, text != counterpart, found[text] == nil else { return }
      found[text] = (token, isWord)
    }
    for (address, live) in place.live.sorted(by: { $0.key < $1.key }) {
      let counterpart = other.live[address]
      for (name, value) in live.attributes.sorted(by: { $0.key < $1.key }) {
        note(
          value.string, counterpart?.attributes[name]?.string, "${\(address).\(name)}",
          isWord: name != "arn" && name != "url")
      }
      note(live.id, counterpart?.id, "${\(address).id}", isWord: true)
      note(place.stack[address]?.name, other.stack[address]?.name, "${\(address).name}", isWord: true)
    }
    let (target, others) = (place.stack.target, other.stack.target)
    note(target.endpoint, others.endpoint, "${profile.endpoint}", isWord: false)
    note(target.account, others.account, "${profile.account}", isWord: true)
    note(target.region, others.region, "${profile.region}", isWord: true)
    if target.partition != others.partition {
      found["arn:\(target.partition):"] = ("arn:${profile.partition}:", false)
    }
    replacements = found.map { ($0.key, $0.value.token, $0.value.isWord) }
      .sorted { ($0.text.count, $0.text) > ($1.text.count, $1.text) }
  }

  /// The value with all texts that follow from the place replaced by references, so that two places can be
  /// compared.
  func folded(_ value: Value) -> Value {
    switch value {
    case .string(let text): .string(folded(text))
    case .list(let items): .list(items.map(folded))
    case .map(let members):
      .map(Dictionary(members.map { (folded($0.key), folded($0.value)) }) { first, _ in first })
    case .null, .boolean, .integer, .number, .pending: value
    }
  }

  /// In one pass, the longest text first: a replacement is not searched again.
  private func folded(_ text: String) -> String {
    let candidates = replacements.filter { text.contains($0.text) }
    guard !candidates.isEmpty else { return text }
    var result = ""
    var rest = text[...]
    while let character = rest.first {
      let match = candidates.first { candidate in
        guard rest.hasPrefix(candidate.text) else { return false }
        return !candidate.isWord || Self.standsAlone(candidate.text, in: rest, before: result.last)
      }
      if let match {
        result += match.token
        rest = rest.dropFirst(match.text.count)
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Whether a name is delimited, as in ARNs, URLs and paths: not `jobs` in `jobs-dead`, nor `news` in
  /// `The news`.
  private static func standsAlone(_ word: String, in rest: Substring, before: Character?) -> Bool {
    let after = rest.dropFirst(word.count).first
    return (before.map { ":/@.\"}".contains($0) } ?? true) && (after.map { ":/*.?\",$".contains($0) } ?? true)
  }
}
