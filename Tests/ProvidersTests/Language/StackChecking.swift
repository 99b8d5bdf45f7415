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
    let files = files(yaml)
    let target = Target(account: "000000000000", region: "us-east-1", endpoint: "http://localhost:4566")
    do throws(Diagnostics) {
      _ = try StackDeclaration.load("stack.yaml", files: files)
        .resolved(
          registry: registry, target: target, variables: [:], environment: [:], files: files)
      return []
    } catch {
      return error.items
    }
  }
}
