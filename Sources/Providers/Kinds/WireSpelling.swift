import Planner

extension Value {
  /// The members of a structure in the API's spelling: `SubnetIds` for `subnetIds`. Members that are null are left out.
  var capitalised: Value { renamed { $0.prefix(1).uppercased() + $0.dropFirst() } }
  /// The members of the API's structure in our spelling.
  var uncapitalised: Value { renamed { $0.prefix(1).lowercased() + $0.dropFirst() } }

  private func renamed(_ rename: (String) -> String) -> Value {
    switch self {
    case .map(let members):
      .map(
        Dictionary(
          members.filter { !$0.value.isNull }.map { (rename($0.key), $0.value.renamed(rename)) }
        ) { first, _ in first })
    case .list(let items): .list(items.map { $0.renamed(rename) })
    case .null, .boolean, .integer, .number, .string, .pending: self
    }
  }
}
