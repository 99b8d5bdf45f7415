import Planner

/// A report for a comment on a pull request, no longer than the comment may be.
///
/// The head is always whole. Grave rows and parts come first: what is destroyed or replaced, and what failed.
/// Grave rows are never left out; of the others the report counts what it leaves out.
struct MarkdownReport: Sendable {
  /// GitHub's limit of a comment.
  static let usualLimit = 65_536

  /// Titles, sentences, tables that must be there.
  var head: [String]
  /// The titles of the table of changes.
  var titles: [String]
  var rows: [Row]
  /// What the grave rows have in common, for the short form.
  var graveTitle: String
  var details: [Detail]
  /// Said at the end, always.
  var tail: [String]

  /// One line of the table of changes.
  struct Row: Sendable {
    let cells: [String]
    /// Something is destroyed or replaced, or failed.
    let isGrave: Bool
    /// What the short form names: the address.
    let name: String
  }

  /// A part that is shown on a click.
  struct Detail: Sendable {
    let summary: String
    let body: String
    let isGrave: Bool
  }

  init(
    head: [String], titles: [String] = [], rows: [Row] = [],
    graveTitle: String = "Destroyed or replaced", details: [Detail] = [], tail: [String] = []
  ) {
    self.head = head
    self.titles = titles
    self.rows = rows
    self.graveTitle = graveTitle
    self.details = details
    self.tail = tail
  }

  /// The text, of at most so many bytes of UTF-8, and so of at most so many characters.
  /// - Throws: when not even what is grave has room.
  func text(limit: Int) throws(Diagnostic) -> String {
    for form in [RowForm.table, .names] {
      if let text = text(limit: limit, form) { return text }
    }
    let grave = rows.count(where: \.isGrave)
    throw Diagnostic(
      "The report does not fit",
      "what it must not leave out (\(grave) resources: \(graveTitle.lowercased())) takes more than \(limit) characters.",
      fix: "Give it more room with --max-size, or write it with --json.")
  }

  /// How what is grave is listed: a line each, or only by name where that is too much.
  private enum RowForm { case table, names }

  private func text(limit: Int, _ form: RowForm) -> String? {
    let grave = rows.filter(\.isGrave)
    var parts = head
    if form == .names, !grave.isEmpty {
      parts.append(
        "**\(graveTitle) (\(grave.count)):**\n\n"
          + MarkdownText.block(grave.map(\.name).joined(separator: "\n")))
    }
    var room = limit - Self.size(parts + tail)
    let other = rows.filter { !$0.isGrave }
    let needed = form == .table ? grave : []
    var table: [Row] = []
    if !needed.isEmpty || !other.isEmpty {
      room -= MarkdownText.head(titles).utf8.count + Self.gap
      room -= needed.reduce(0) { $0 + Self.size(of: $1) }
    }
    guard room >= Self.noteRoom else { return nil }
    room -= Self.noteRoom
    table = needed
    var leftRows = 0
    for row in other {
      let size = Self.size(of: row)
      if leftRows == 0, size <= room {
        table.append(row)
        room -= size
      } else {
        leftRows += 1
      }
    }
    if !table.isEmpty {
      parts.append(
        ([MarkdownText.head(titles)] + table.map { MarkdownText.row($0.cells) }).joined(separator: "\n"))
    }
    let (shown, leftDetails) = chosenDetails(room)
    parts += shown
    if let note = Self.note(rows: leftRows, details: leftDetails) { parts.append(note) }
    return (parts + tail).joined(separator: "\n\n") + "\n"
  }

  /// The parts on a click that have room, grave ones first, in their order; and how many have none.
  private func chosenDetails(_ room: Int) -> (shown: [String], left: Int) {
    var room = room
    var chosen: [Int: String] = [:]
    let order =
      details.indices.filter { details[$0].isGrave } + details.indices.filter { !details[$0].isGrave }
    for index in order {
      let text = MarkdownText.details(details[index].summary, details[index].body)
      let size = text.utf8.count + Self.gap
      if size <= room {
        chosen[index] = text
        room -= size
      }
    }
    return (order.compactMap { chosen[$0] }, details.count - chosen.count)
  }

  /// What the parts and the blank lines between them take, with one at the end.
  private static func size(_ parts: [String]) -> Int { parts.reduce(0) { $0 + $1.utf8.count + gap } }
  private static func size(of row: Row) -> Int { MarkdownText.row(row.cells).utf8.count + 1 }
  private static let gap = 2
  /// For ``note(rows:details:)`` with any numbers.
  private static let noteRoom = 160

  private static func note(rows: Int, details: Int) -> String? {
    var left: [String] = []
    if rows > 0 { left.append("\(rows) \(rows == 1 ? "change" : "changes")") }
    if details > 0 { left.append("the details of \(details) \(details == 1 ? "part" : "parts")") }
    return left.isEmpty ? nil : "*Left out for want of room: \(left.joined(separator: " and ")).*"
  }
}
