import Planner

/// The published versions of a function, next to what is not published yet.
struct LambdaVersions: Sendable {
  /// The properties whose change makes another version.
  static let publishedProperties =
    LambdaSetting.all.map(\.property).filter { $0 != "description" } + [
      "loggingConfig", "architecture", "codeSha256", "codeObject", "imageUri",
    ]

  /// The number of the newest one.
  let newest: String?
  /// Whether the newest one is what the function itself is: nothing waits to be published.
  let isPublished: Bool
  /// The digest of the code that is not published yet.
  let digest: Value?

  /// Every page of ListVersionsByFunction, which returns each version's configuration, `$LATEST`'s too.
  static func read(_ function: String, _ aws: ReadingClient) async throws(ProviderError) -> LambdaVersions {
    LambdaVersions(
      try await aws.everyItem(Lambda.listVersionsByFunction, ["FunctionName": .string(function)]))
  }

  init(_ versions: [Value]) {
    let numbered = versions.compactMap { version in
      version["Version"]?.string.flatMap(Int.init).map { (number: $0, version: version) }
    }
    let last = numbered.max { $0.number < $1.number }
    let latest = versions.first { $0["Version"] == "$LATEST" }
    newest = last.map { String($0.number) }
    digest = latest?["CodeSha256"]
    isPublished = last.map { Self.content($0.version) == latest.map(Self.content) } ?? false
  }

  /// What makes a version another one.
  private static func content(_ configuration: Value) -> [String: Value] {
    LambdaSetting.properties(in: configuration).filter { publishedProperties.contains($0.key) }
  }

  /// Whether a function as it is declared publishes what changes: what `published` is derived from.
  static func publishes(_ resource: Resource) -> Bool {
    resource["publish"] == true
      || (resource["aliases"]?.map ?? [:]).values.contains { alias in
        (alias["version"] ?? "newest") == "newest" || alias["weights"]?["newest"] != nil
      }
  }

  /// Whether anything of a function as it is wanted depends on its versions.
  static func matter(to resource: Resource?) -> Bool {
    resource?["published"] == true || resource?["aliases"]?.isEmpty == false
  }
}
