import Foundation
import Planner
import Testing

@testable import Providers

struct `A folder of code` {
  private func names(_ files: [String: String]) throws -> [String] {
    let folder = try TemporaryFolder(files)
    return try SourceFolder(folder.path, files: .disk).contents().entries.map(\.name)
  }

  @Test func `leaves out what no lambda needs`() throws {
    let files = [
      "app.py": "1", ".git/HEAD": "1", "lib/__pycache__/a.pyc": "1", "lib/a.py": "1", "b.pyc": "1",
      ".DS_Store": "1", ".stackformignore": "tests/\n*.md\n!KEEP.md\n", "tests/t.py": "1", "README.md": "1",
      "KEEP.md": "1",
    ]
    #expect(try names(files).sorted() == ["KEEP.md", "app.py", "lib/a.py"])
  }

  @Test func `becomes the same zip whatever the times, the modes and the order of its files are`() throws {
    let files = ["app.py": "print(1)\n", "lib/b.py": "2", "lib-a/c.py": "3", "run.sh*": "echo"]
    let one = try TemporaryFolder(files)
    let other = try TemporaryFolder(files)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1e9), .posixPermissions: 0o664],
      ofItemAtPath: "\(other.path)/app.py")
    let zip = ZipArchive.bytes(of: try SourceFolder(one.path, files: .disk).contents().entries)
    #expect(zip == ZipArchive.bytes(of: try SourceFolder(other.path, files: .disk).contents().entries))
    let digest = Digest.hex(Digest.sha256(Data(zip)))
    #expect(digest == "c10df885e2b1ce90f89f8cbf920bb1f770ef46fb4809719c6ba8126ea89fcc30")
  }

  @Test(.timeLimit(.minutes(1)))
  func `matches patterns with many stars in no time`() throws {
    let name = String(repeating: "a", count: 60)
    let deep = (Array(repeating: "a", count: 20) + ["z.py"]).joined(separator: "/")
    let pattern = String(repeating: "*a", count: 20) + "b"
    let folders = String(repeating: "**/a/", count: 15) + "b"
    #expect(
      try names([name: "1", deep: "1", ".stackformignore": "\(pattern)\n\(folders)\n"]).sorted()
        == [deep, name].sorted())
  }

  @Test(
    arguments: [
      ("*.py", ["a.py", "d/a.py"]), ("/a.py", ["a.py"]), ("d/**", ["d/a.py", "d/e/b.txt"]),
      ("d/*", ["d/a.py", "d/e/b.txt"]),
      ("**/b.txt", ["d/e/b.txt"]), ("[!ab].txt", ["c.txt"]), ("?.txt", ["c.txt", "d/e/b.txt"]),
      ("\\?.txt", []),
      ("d/**/b.txt", ["d/e/b.txt"]), ("e/", ["d/e/b.txt"]), ("[c.txt", []),
    ] as [(String, [String])])
  func `leaves out what a pattern fits`(_ pattern: String, _ left: [String]) throws {
    let all = ["a.py", "d/a.py", "d/e/b.txt", "c.txt", "keep"]
    let files = Dictionary(uniqueKeysWithValues: all.map { ($0, "1") })
    #expect(
      try names(files.merging([".stackformignore": pattern]) { $1 }).sorted()
        == all.filter { !left.contains($0) }.sorted())
  }

  /// Counted as empty, it would ship what it keeps out.
  @Test func `is refused when its .stackformignore can't be read`() throws {
    let folder = try TemporaryFolder(["app.py": "1", ".stackformignore/x": "1"])
    #expect(throws: SourceFolder.Failure.unreadable("\(folder.path)/.stackformignore")) {
      try SourceFolder(folder.path, files: .disk).contents().entries
    }
  }

  @Test func `is packed without the files that say what the stack is`() throws {
    let files = [
      "stack.yaml": "1", "more.yaml": "1", "stackform.yaml": "1", "variables/dev.yaml": "1",
      "app.py": "handler",
      "data/stack.yaml": "1",
    ]
    var reader = FileReader(files: files.mapValues { Array($0.utf8) })
    reader.ownFiles = [
      "stack.yaml", "more.yaml", "stackform.yaml", "variables/dev.yaml", "variables/prod.yaml",
    ]
    let lambda = Resource(
      Address("lambdas", "f"), name: "f",
      properties: ["code": ".", "handler": "app.handler", "runtime": "python3.12"])
    let packed = try LambdaKind().packed(lambda, directory: ".", files: reader)
    #expect(
      packed.resource.derivations["codeSha256"]
        == "packed without the stack's own more.yaml, stack.yaml, stackform.yaml, variables/dev.yaml")
    #expect(
      try SourceFolder(".", files: reader).contents().entries.map(\.name).sorted() == [
        "app.py", "data/stack.yaml",
      ])
  }

  @Test func `knows the stack's own files behind a link, and tells of those that it leaves out`() throws {
    let folder = try TemporaryFolder([
      "real/stack.yaml": "1", "real/more.yaml": "1", "real/app.py": "1", "code": "-> real",
      "real/.stackformignore": "more.yaml\n",
    ])
    var reader = FileReader.disk
    reader.ownFiles = ["\(folder.path)/real/stack.yaml", "\(folder.path)/real/more.yaml"]
    let contents = try SourceFolder("\(folder.path)/code", files: reader).contents()
    #expect(contents.entries.map(\.name) == ["app.py"])
    #expect(contents.ownFiles == ["\(folder.path)/code/stack.yaml"])
  }

  @Test func `keeps the mark of an executable`() throws {
    let folder = try TemporaryFolder(["run.sh*": "1", "app.py": "1"])
    let entries = try SourceFolder(folder.path, files: .disk).contents().entries
    #expect(entries.filter(\.isExecutable).map(\.name) == ["run.sh"])
  }

  @Test func `follows links that stay inside`() throws {
    let files = ["real/a.py": "1", "b.py": "-> real/a.py", "again": "-> real", "real/up.py": "-> ../b.py"]
    #expect(
      try names(files).sorted() == ["again/a.py", "again/up.py", "b.py", "real/a.py", "real/up.py"])
  }

  @Test(arguments: ["-> ../elsewhere", "-> /etc/passwd", "-> inside/../../x"])
  func `refuses a link that leaves it`(_ link: String) throws {
    let folder = try TemporaryFolder(["a.py": "1", "inside/b.py": "1", "link": link])
    #expect { try SourceFolder(folder.path, files: .disk).contents().entries } throws: { error in
      if case .linkLeavesFolder = error as? SourceFolder.Failure { true } else { false }
    }
  }

  @Test func `refuses a link through a link that leaves it`() throws {
    let folder = try TemporaryFolder(["a.py": "1", "out": "-> ..", "link": "-> out/x"])
    #expect(throws: SourceFolder.Failure.self) {
      try SourceFolder(folder.path, files: .disk).contents().entries
    }
  }

  @Test(arguments: ["-> nowhere", "-> link"])
  func `refuses a link that ends nowhere`(_ link: String) throws {
    let folder = try TemporaryFolder(["a.py": "1", "link": link])
    #expect { try SourceFolder(folder.path, files: .disk).contents().entries } throws: { error in
      if case .linkIsLost = error as? SourceFolder.Failure { true } else { false }
    }
  }

  @Test func `must be there and not empty`() throws {
    let folder = try TemporaryFolder([".git/HEAD": "1"])
    #expect(throws: SourceFolder.Failure.empty(folder.path)) {
      try SourceFolder(folder.path, files: .disk).contents().entries
    }
    let missing = "\(folder.path)/missing"
    #expect(throws: SourceFolder.Failure.missing(missing)) {
      try SourceFolder(missing, files: .disk).contents().entries
    }
  }
}

struct `Ignore rules` {
  private func isIgnored(_ path: String, by rules: String) -> Bool {
    let isFolder = path.hasSuffix("/")
    let segments = path.split(separator: "/").map(String.init)
    return IgnoreRules(rules).ignores(segments, isFolder: isFolder)
  }

  @Test(arguments: [
    ("*.md", "a/b.md", true), ("*.md", "a/b.mdx", false), ("/top", "top", true), ("/top", "a/top", false),
    ("a/b", "a/b", true), ("a/b", "x/a/b", false), ("dir/", "x/dir/", true), ("dir/", "dir", false),
    ("**/gen", "x/y/gen", true), ("gen/**", "gen/x/y", true), ("a/**/z", "a/z", true),
    ("a/**/z", "a/b/c/z", true), ("?.txt", "a.txt", true), ("?.txt", "ab.txt", false),
    ("[a-c].py", "b.py", true), ("[!a-c].py", "b.py", false), ("\\!x", "!x", true), ("# a", "# a", false),
    ("*.py\n!keep.py", "keep.py", false), ("x ", "x", true), ("a*b*c", "aXbYc", true),
  ])
  func `match as those of git do`(_ rules: String, _ path: String, _ expected: Bool) {
    #expect(isIgnored(path, by: rules) == expected)
  }
}
