import Planner
import Providers

/// What is said of a stack of the real kinds, without any endpoint.
enum StackChecking {
  /// Every file and folder is there, and is empty.
  private static func files(_ yaml: [UInt8]) -> FileReader {
    FileReader(
      read: { path throws(FileReader.Failure) in path == "stack.yaml" ? yaml : [] },
      entry: { $0.contains("missing") ? nil : $0.contains(".") ? .file : .folder })
  }

  static func diagnostics(_ yaml: String, registry: KindRegistry = AWSKinds.registry) -> [Diagnostic] {
    diagnostics(Array(yaml.utf8), registry: registry)
  }

  static func diagnostics(_ yaml: [UInt8], registry: KindRegistry = AWSKinds.registry) -> [Diagnostic] {
    do throws(Diagnostics) {
      return try stack(yaml, registry: registry).warnings.items
    } catch {
      return error.items
    }
  }

  /// The stack, where nothing is wrong with it.
  static func stack(
    _ yaml: [UInt8], registry: KindRegistry = AWSKinds.registry, files: FileReader? = nil
  ) throws(Diagnostics) -> Stack {
    let files = files ?? Self.files(yaml)
    let target = Target(account: "000000000000", region: "us-east-1", endpoint: "http://localhost:4566")
    return try StackDeclaration.load("stack.yaml", files: files)
      .resolved(registry: registry, target: target, variables: [:], environment: [:], files: files)
  }

  /// The resources of some entries of a stack called shop, by address.
  static func resources(_ entries: String) throws(Diagnostics) -> [String: Resource] {
    let resources = try stack(Array("stack: shop\n\(entries)".utf8)).resources
    return Dictionary(resources.map { ($0.address.description, $0) }) { first, _ in first }
  }
}
