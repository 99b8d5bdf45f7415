struct ValueDifference { var path: [String]; var before: Value?; var after: Value? }
extension Property {
  func differences(live: Value?, wanted: Value) -> [ValueDifference] {
    let l = (live ?? defaultValue ?? .null), w = wanted.isNull ? (defaultValue ?? .null) : wanted
    return l == w || (l.isEmpty && w.isEmpty)
      ? [] : [ValueDifference(path: [], before: live, after: wanted.isNull ? nil : wanted)]
  }
}
extension Shape { func normalised(_ v: Value) -> Value { v } }
