/// The stack and the address that own a resource, as its owner tags say.
package struct Owner: Sendable, Hashable, Codable {
  package var stack: String
  package var address: Address

  package init(stack: String, address: Address) {
    self.stack = stack
    self.address = address
  }

  /// `queues.jobs of the stack "shop"`.
  package var words: String { "\(address) of the stack \"\(stack)\"" }

  package static let stackTag = "stackform:stack"
  package static let addressTag = "stackform:address"

  /// The tags that say so.
  package var tags: [String: String] { [Self.stackTag: stack, Self.addressTag: address.description] }

  /// Reads the owner out of a resource's tags; nil when it has none of ours.
  package init?(tags: [String: String]) {
    guard let stack = tags[Self.stackTag], let address = tags[Self.addressTag].flatMap(Address.init) else {
      return nil
    }
    self.init(stack: stack, address: address)
  }
}
