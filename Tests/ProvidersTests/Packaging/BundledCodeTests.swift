import Foundation
import Planner
import Testing

@testable import Providers

/// A stack that is resolved from a release's bundle is the one that was resolved from the disk.
struct `Code from a bundle` {
  private static let files = [
    "stack.yaml": """
    stack: shop
    include: [parts/queues.yaml]
    lambdas:
      worker:
        code: code
        runtime: python3.12
        handler: app.handler
        description: "${file('motd.txt')}"
      linked: { code: linked, runtime: python3.12, handler: app.handler }
    """,
    "parts/queues.yaml": "queues: { jobs: {} }", "motd.txt": "Hello", "unread.txt": "no part of it",
    "code/app.py": "def handler(event, context): pass\n", "code/run.sh*": "#!/bin/sh\n",
    "code/.stackformignore": "tests/\n*.log\n", "code/tests/test_app.py": "ignored",
    "code/big.log": "ignored",
    "code/lib": "-> vendor/lib", "code/vendor/lib/x.py": "x = 1\n", "code/again.py": "-> app.py",
    "linked": "-> code",
  ]

  private func stack(_ path: String, _ files: FileReader) throws -> Stack {
    try StackDeclaration.load(path, files: files).resolved(
      registry: AWSKinds.registry, target: Target(account: "123456789012", region: "us-east-1"),
      variables: [:],
      environment: [:], files: files)
  }

  @Test func `is packed to the same bytes as from the disk, links and executables included`() throws {
    let folder = try TemporaryFolder(Self.files)
    let (files, record) = FileReader.disk.recording(from: folder.path)
    let fromDisk = try stack("\(folder.path)/stack.yaml", files)
    let (bundle, stackFile) = record.bundle(stackFile: "\(folder.path)/stack.yaml")
    let read = try ReleaseBundle(archive: bundle.archive)
    let fromBundle = try stack(stackFile, read.reader)
    #expect(fromBundle.artifactDigests == fromDisk.artifactDigests)
    #expect(fromBundle.artifactDigests.count == 2)
    #expect(fromBundle.resources == fromDisk.resources)
    #expect(read.files["unread.txt"] == nil && read.files["code/tests/test_app.py"] == nil)
    #expect(read.files["code/big.log"] == nil)
  }

  @Test func `has a name that no place and no time changes`() throws {
    let digests = try (0..<2).map { _ in
      let folder = try TemporaryFolder(Self.files)
      let (files, record) = FileReader.disk.recording(from: folder.path)
      _ = try stack("\(folder.path)/stack.yaml", files)
      return record.bundle(stackFile: "\(folder.path)/stack.yaml").bundle.sealed.digest
    }
    #expect(digests[0] == digests[1])
  }
}
