import Planner

extension Parity {
  /// The default account of emulators.
  private static let emulatorAccount = "000000000000"

  /// ARNs and queue URLs that name the source's account, region or partition, written out in the file: what
  /// is computed names the target's.
  static func literalPlaces(_ move: ParityMove) -> [Diagnostic] {
    texts(of: move).compactMap { resource, path, text in
      guard let fault = foreignPart(of: text, move) else { return nil }
      return move.warning(
        resource, path, "Names another place",
        "\(path.joined(separator: ".")) is \"\(shown(text))\", which names \(fault); this goes to account \(move.target.account ?? "?"), region \(move.target.region).",
        fix:
          "Refer to the resource (${section.name.arn}), or write ${profile.account}, ${profile.region} or a variable instead."
      )
    }
  }

  private static func foreignPart(of text: String, _ move: ParityMove) -> String? {
    if let arn = ARN(text) {
      let partition = arn.partition
      if !partition.isEmpty, partition != move.target.partition, partition == move.source.partition {
        return "the partition \(partition)"
      }
      if let fault = foreignAccount(arn.account, move) { return fault }
      let isRegional = !arn.region.isEmpty && move.source.region != move.target.region
      return isRegional && arn.region == move.source.region ? "the region \(arn.region)" : nil
    }
    guard text.hasPrefix("http://") || text.hasPrefix("https://") else { return nil }
    let words = text.split { !($0.isASCII && $0.isNumber) }.map(String.init)
    return words.lazy.compactMap { foreignAccount($0, move) }.first
  }

  private static func foreignAccount(_ account: String, _ move: ParityMove) -> String? {
    guard account.count == 12, account != move.target.account else { return nil }
    return account == move.source.account || account == emulatorAccount ? "the account \(account)" : nil
  }

  /// URLs of this machine, which mean something else where the code will run.
  static func localAddresses(_ move: ParityMove) -> [Diagnostic] {
    guard !move.target.isLoopback else { return [] }
    return texts(of: move).compactMap { resource, path, text in
      guard localHosts.contains(where: text.contains) || isLoopbackURL(text) else { return nil }
      return move.warning(
        resource, path, "An address of this machine",
        "\(path.joined(separator: ".")) is \"\(shown(text))\"; in the target, no one answers there.",
        fix: "Make it a variable, and give each profile its own value.")
    }
  }

  /// Names by which containers reach an emulator on the same machine.
  private static let localHosts = ["://host.docker.internal", "://localstack:", "://172.17.0.1"]

  private static func isLoopbackURL(_ text: String) -> Bool {
    guard text.hasPrefix("http://") || text.hasPrefix("https://") else { return false }
    return EndpointURL.isLoopback(url: text)
  }

  /// LocalStack mounts a folder in place of code from a bucket of this name ("Hot reloading" in LocalStack's documentation).
  static func hotReloads(_ move: ParityMove) -> [Diagnostic] {
    guard move.target.isAWS else { return [] }
    return move.all("lambdas").filter { $0["code"]?["s3Bucket"] == "hot-reload" }.map {
      move.warning(
        $0, ["code"], "Code that is reloaded from a folder",
        "the bucket \"hot-reload\" is LocalStack's sign for a folder on this machine; AWS has no such bucket for you.",
        fix: "Name the folder itself: `code: lambdas/\($0.address.name)`.")
    }
  }

  /// Every text that the file itself wrote, with its path. What Stackform derived or put in for a reference
  /// belongs to the target.
  private static func texts(of move: ParityMove) -> [(resource: Resource, path: [String], text: String)] {
    move.stack.resources.filter { !$0.isDerived }.flatMap {
      resource -> [(resource: Resource, path: [String], text: String)] in
      let referring = Set(resource.references.map(\.path))
      return resource.properties.sorted { $0.key < $1.key }
        .filter { resource.derivations[$0.key] == nil }
        .flatMap { name, value in texts(value, [name]) }
        .filter { path, _ in
          !referring.contains(path.joined(separator: "."))
            && !resource.secretPaths.contains { path.joined(separator: ".").hasPrefix($0) }
        }
        .map { (resource, $0, $1) }
    }
  }

  private static func texts(_ value: Value, _ path: [String]) -> [(path: [String], text: String)] {
    switch value {
    case .string(let text): [(path, text)]
    case .list(let items): items.enumerated().flatMap { texts($1, path + [String($0)]) }
    case .map(let members): members.sorted { $0.key < $1.key }.flatMap { texts($1, path + [$0]) }
    case .null, .boolean, .integer, .number, .pending: []
    }
  }

  private static func shown(_ text: String) -> String { text.count > 80 ? text.prefix(77) + "..." : text }
}
