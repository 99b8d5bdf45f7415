extension Ledger {
  /// Refuses a stack whose names here are not those that the ledger was written with: under the profile's name prefix
  /// nothing of it would be found. For whatever looks for a stack's resources by their names.
  ///
  /// - Throws: nothing where there is nothing to look for.
  func checkNames(of stack: Stack) throws(Diagnostics) {
    guard let namedBy, namedBy.prefix != stack.target.namePrefix, !records.isEmpty, !stack.resources.isEmpty
    else { return }
    throw Diagnostics([.namedOtherwise(namedBy, stack)])
  }
}
