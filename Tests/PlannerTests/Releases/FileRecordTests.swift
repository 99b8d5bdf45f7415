import Testing

@testable import Planner

/// What a recording reader remembers, and that it is enough to read the same again.
struct FileRecordTests {
  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(arguments: [".", "stacks/shop", "/home/ada/shop", "../shop"])
  func `The same stack gives the same bundle from whatever folder it is read`(folder: String) throws {
    let files = [
      "stack.yaml": "stack: shop\ninclude: [parts/queues.yaml]", "parts/queues.yaml": "queues: { a: {} }",
      "unread.yaml": "stack: other",
    ]
    let disk = FileReader(
      files: Dictionary(uniqueKeysWithValues: files.map { (FilePath.joined(folder, $0), Self.bytes($1)) }))
    let (reader, record) = disk.recording(from: folder)
    let path = FilePath.joined(folder, "stack.yaml")
    _ = try StackDeclaration.load(path, files: reader)
    let (bundle, stackFile) = record.bundle(stackFile: path)
    #expect(stackFile == "stack.yaml")
    #expect(bundle.files.keys.sorted() == ["parts/queues.yaml", "stack.yaml"])
  }

  @Test(arguments: [".", "stacks/shop"])
  func `A file that was included from outside of the folder is there, and found`(folder: String) throws {
    let stack = FilePath.joined(folder, "stack.yaml")
    let common = FilePath.joined(folder, "../common.yaml")
    let disk = FileReader(files: [
      stack: Self.bytes("stack: shop\ninclude: ../common.yaml"), common: Self.bytes("queues: { a: {} }"),
    ])
    let (reader, record) = disk.recording(from: folder)
    _ = try StackDeclaration.load(stack, files: reader)
    let (bundle, stackFile) = record.bundle(stackFile: stack)
    #expect(bundle.files.keys.sorted() == ["_/stack.yaml", "common.yaml"])
    let again = try StackDeclaration.load(stackFile, files: try ReleaseBundle(archive: bundle.archive).reader)
    #expect(again.resources.map(\.address.description) == ["queues.a"])
  }

  @Test func `Links on the way are kept as links, and lead to the same`() throws {
    let disk = FileReader(
      files: ["vendor/lib/x.py": [1], "stack.yaml": [2]], executables: ["vendor/lib/x.py"],
      links: ["code/lib": "../vendor/lib", "code/twice": "lib", "out": "../elsewhere", "self": "self"])
    let (reader, record) = disk.recording(from: ".")
    #expect(try reader.readWhole("code/twice/x.py") == [1])
    #expect(reader.isExecutable("code/twice/x.py"))
    #expect(reader.link("out") == "../elsewhere")
    let bundle = record.bundle(stackFile: "stack.yaml").bundle
    #expect(bundle.files == ["vendor/lib/x.py": [1]])
    #expect(bundle.executables == ["vendor/lib/x.py"])
    #expect(bundle.links == ["code/lib": "../vendor/lib", "code/twice": "lib"])
    #expect(try bundle.reader.read("code/twice/x.py") == [1])
    #expect(bundle.reader.isExecutable("code/lib/x.py"))
    #expect(try bundle.reader.children("code").sorted() == ["lib", "twice"])
    #expect(throws: FileReader.Failure.self) { try disk.read("self/x") }
  }

  @Test func `An include by an absolute path is a mistake`() throws {
    let disk = FileReader(files: [
      "stack.yaml": Self.bytes("stack: shop\ninclude: /etc/common.yaml"),
      "/etc/common.yaml": Self.bytes("{}"),
    ])
    let problems = try StackDeclaration.load("stack.yaml", files: disk).problems
    #expect(problems.items.map(\.summary) == ["Absolute path"])
  }
}
