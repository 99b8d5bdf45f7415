/// Entries that may have got another name: of each the ledger knows, under an address that the stack no longer has, a
/// resource of the same kind and physical name.
///
/// What has an id of the service's is found by that id then, and its owner tags say whether the entry was renamed.
struct RenamedEntries {
  /// By section and physical name; nil where two entries would be the same one.
  private var records: [String: [String: Ledger.Record?]] = [:]

  init(_ stack: Stack, _ ledger: Ledger?, _ registry: KindRegistry) {
    for (address, record) in ledger?.records ?? [:]
    where stack[address]?.section != record.section && registry[record.section]?.schema.isNamedFreely == true
    {
      for name in Set(record.identities.filter { $0.id != nil }.compactMap(\.name)) { add(record, name) }
    }
    guard !records.isEmpty else { return }
    var seen: Set<[String]> = []
    for resource in stack.resources where ledger?.records[resource.address] == nil {
      guard let name = resource.name, !seen.insert([resource.section, name]).inserted else { continue }
      records[resource.section]?[name] = .some(nil)
    }
  }

  private mutating func add(_ record: Ledger.Record, _ name: String) {
    records[record.section, default: [:]][name] =
      records[record.section]?[name] == nil ? record : Ledger.Record?.none
  }

  /// The record of the entry that this one may have been.
  func record(for resource: Resource) -> Ledger.Record? {
    resource.name.flatMap { records[resource.section]?[$0] } ?? nil
  }
}

extension Schema {
  /// Its resources have names, and ids by which they are told apart.
  fileprivate var isNamedFreely: Bool { naming?.isIdentity == false }
}
