import Foundation
import Planner
import Testing

@testable import Providers

/// Nothing outside of a project's folder is read, whatever a file in it names.
struct ProjectBoundTests {
  private func said(_ files: [String: String], stack: String = "project/stacks/shop/stack.yaml") throws
    -> String
  {
    let folder = try TemporaryFolder(files.merging(["etc/shadow": "root:hunter2:x\n"]) { own, _ in own })
    let path = "\(folder.path)/\(stack)"
    do throws(Diagnostics) {
      let bound = Project.bound(ofStack: path, files: .disk)
      return try StackDeclaration.load(path, files: .disk, within: bound).name
    } catch {
      return error.items.map { "\($0.summary): \($0.detail)" }.joined(separator: "\n")
        .replacing(folder.path + "/", with: "")
    }
  }

  @Test(arguments: [
    ["project/stacks/shop/stack.yaml": "stack: shop\ninclude: [../../../etc/shadow]\n"],
    [
      "project/stacks/shop/stack.yaml": "stack: shop\ninclude: [part.yaml]\n",
      "project/stacks/shop/part.yaml": "-> ../../../etc/shadow",
    ],
    [
      "project/stacks/shop/stack.yaml": "stack: shop\ninclude: [parts/shadow]\n",
      "project/stacks/shop/parts": "-> ../../../etc",
    ],
    ["project/stacks/shop/stack.yaml": "-> ../../../etc/shadow"],
  ])
  func `a path or a link out of the project is refused, and shows nothing of the file`(
    files: [String: String]
  ) throws {
    let said = try said(files.merging(["project/stackform.yaml": "project: p"]) { own, _ in own })
    #expect(said.hasPrefix("Path leaves the project: ") && !said.contains("hunter2"), "\(said)")
  }

  @Test func `what stays in the project is read, also from another stack's folder`() throws {
    let files = [
      "project/stackform.yaml": "project: p", "project/common.yaml": "queues: { a: {} }",
      "project/stacks/shop/stack.yaml": "stack: shop\ninclude: [../../common.yaml, link.yaml]\n",
      "project/stacks/shop/link.yaml": "-> ../../common.yaml",
    ]
    #expect(try said(files).hasPrefix("shop"))
    let missing = ["project/stacks/shop/stack.yaml": "stack: shop\ninclude: gone/part.yaml\n"]
    #expect(try said(missing) == "Unreadable file: project/stacks/shop/gone/part.yaml does not exist.")
  }

  @Test func `without a project the stack's own folder is the bound`() throws {
    let files = [
      "project/common.yaml": "queues: { a: {} }",
      "project/stacks/shop/stack.yaml": "stack: shop\ninclude: ../../common.yaml\n",
    ]
    #expect(
      try said(files).hasPrefix(
        "Path leaves the project: project/common.yaml is outside of project/stacks/shop"))
  }

  @Test func `a chain of includes has an end`() throws {
    var files = ["stack.yaml": "stack: shop\ninclude: 0.yaml\n"]
    for number in 0..<1200 { files["\(number).yaml"] = "include: \(number + 1).yaml\n" }
    let reader = FileReader(files: files.mapValues { Array($0.utf8) })
    let error = #expect(throws: Diagnostics.self) {
      _ = try StackDeclaration.load("stack.yaml", files: reader)
    }
    #expect(error?.items.map(\.summary) == ["Too much included"])
  }

  @Test func `a project's file that is a link out of its folder is not read`() throws {
    let folder = try TemporaryFolder(["p/stackform.yaml": "-> ../shadow", "shadow": "root:hunter2:x"])
    let error = #expect(throws: Diagnostics.self) {
      _ = try Project.find(from: "\(folder.path)/p", files: .disk)
    }
    #expect(error?.items.map(\.summary) == ["Path leaves the project"])
  }
}
