/// A pattern with parts that stand for any number of items. A text takes at most as many steps as its length times the pattern's.
package struct WildcardPattern<Item> {
  package enum Part {
    /// Any number of items, none too.
    case any
    case one((Item) -> Bool)
  }

  private let parts: [Part]

  package init(parts: [Part]) { self.parts = parts }

  /// Goes back to the last `any` alone: what an earlier one could take in, that one can, too.
  package func fits(_ items: [Item]) -> Bool {
    var (part, item) = (0, 0)
    var retry: (part: Int, item: Int)?
    while item < items.count {
      if part < parts.count, case .any = parts[part] {
        part += 1
        retry = (part, item)
      } else if part < parts.count, case .one(let takes) = parts[part], takes(items[item]) {
        part += 1
        item += 1
      } else if let last = retry {
        part = last.part
        item = last.item + 1
        retry = (part, item)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { if case .any = $0 { true } else { false } }
  }
}

extension WildcardPattern<Character> {
  /// A text in which `*` stands for any text, and with `anySign` `?` for any one character.
  package init(_ glob: String, anySign: Bool = false) {
    self.init(
      parts: glob.map { sign in
        if sign == "*" { return .any }
        return .one { $0 == sign || (anySign && sign == "?") }
      })
  }
}
