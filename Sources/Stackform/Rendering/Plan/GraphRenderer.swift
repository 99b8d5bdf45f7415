import Planner

/// How a graph is written.
enum GraphFormat: String, Sendable, CaseIterable {
  case tree, dot, mermaid
}

/// A resource in a drawing.
struct GraphNode: Sendable, Hashable {
  var address: Address
  /// The section of its kind.
  var section: String
  /// What would happen to it; nil when nothing was compared.
  var action: ResourceChange.Action?

  init(_ address: Address, section: String? = nil, action: ResourceChange.Action? = nil) {
    self.address = address
    self.section = section ?? address.section
    self.action = action
  }
}

/// An edge: the first needs the second.
struct GraphEdge: Sendable, Hashable {
  var from: Address
  var to: Address

  init(_ from: Address, needs to: Address) {
    self.from = from
    self.to = to
  }
}

/// Draws resources and what needs what.
struct GraphRenderer: Sendable {
  let style: TerminalStyle

  /// The graph as a tree, as Graphviz's DOT, or as Mermaid.
  func render(_ nodes: [GraphNode], _ edges: [GraphEdge], as format: GraphFormat) -> String {
    switch format {
    case .tree: tree(nodes, edges)
    case .dot: dot(nodes, edges)
    case .mermaid: mermaid(nodes, edges)
    }
  }

  // MARK: Graphviz

  private func dot(_ nodes: [GraphNode], _ edges: [GraphEdge]) -> String {
    var lines = [
      "digraph stack {", "  rankdir = LR",
      "  node [shape = box, style = \"rounded,filled\", fillcolor = white]",
    ]
    for (index, section) in sections(of: nodes).enumerated() {
      lines.append("  subgraph cluster_\(index) {")
      lines.append("    label = \"\(section)\"; color = gray")
      for node in nodes where node.section == section {
        let fill = node.action.flatMap(Self.fill).map { ", fillcolor = \"\($0)\"" } ?? ""
        lines.append("    \"\(node.address)\" [label = \"\(label(of: node))\"\(fill)]")
      }
      lines.append("  }")
    }
    lines += edges.map { "  \"\($0.from)\" -> \"\($0.to)\"" }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  // MARK: Mermaid

  private func mermaid(_ nodes: [GraphNode], _ edges: [GraphEdge]) -> String {
    let names = Dictionary(
      nodes.enumerated().map { ($1.address, "n\($0)") }, uniquingKeysWith: { first, _ in first })
    var lines = ["flowchart LR"]
    for section in sections(of: nodes) {
      lines.append("  subgraph \(section)")
      for node in nodes where node.section == section {
        lines.append("    \(names[node.address] ?? "")[\"\(label(of: node))\"]")
      }
      lines.append("  end")
    }
    for edge in edges {
      if let from = names[edge.from], let to = names[edge.to] { lines.append("  \(from) --> \(to)") }
    }
    for node in nodes {
      guard let fill = node.action.flatMap(Self.fill), let name = names[node.address] else { continue }
      lines.append("  style \(name) fill:\(fill),color:#000")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Tree

  /// Resources that no other needs are at the left, with what they need below them. A resource that was drawn
  /// before is only named.
  private func tree(_ nodes: [GraphNode], _ edges: [GraphEdge]) -> String {
    let known = Dictionary(nodes.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let needs = Dictionary(grouping: edges.filter { known[$0.to] != nil && $0.from != $0.to }, by: \.from)
    let needed = Set(edges.filter { known[$0.from] != nil && $0.from != $0.to }.map(\.to))
    var drawn: Set<Address> = []
    var lines: [String] = []
    func draw(_ node: GraphNode, lead: String, childLead: String) {
      let children = (needs[node.address] ?? []).compactMap { known[$0.to] }
      let isRepeated = !drawn.insert(node.address).inserted && !children.isEmpty
      lines.append(style(lead, .dim) + title(of: node) + (isRepeated ? style(" (above)", .dim) : ""))
      if isRepeated { return }
      for (index, child) in children.enumerated() {
        let isLast = index == children.count - 1
        draw(
          child, lead: childLead + (isLast ? style.symbols.lastBranch : style.symbols.branch),
          childLead: childLead + (isLast ? "    " : style.symbols.trunk))
      }
    }
    for node in nodes where !needed.contains(node.address) { draw(node, lead: "", childLead: "") }
    for node in nodes where !drawn.contains(node.address) { draw(node, lead: "", childLead: "") }
    return lines.map { $0 + "\n" }.joined()
  }

  private func title(of node: GraphNode) -> String {
    let name =
      style(node.address.section + ".", .dim)
      + String(node.address.description.dropFirst(node.address.section.count + 1))
    guard let action = node.action else { return name }
    return name + (action == .keep ? "" : "  " + action.coloured(style).replacingBlanks)
  }

  private func label(of node: GraphNode) -> String {
    let sign = node.action.map(\.sign.replacingBlanks) ?? ""
    return (sign.isEmpty ? "" : sign + " ") + node.address.description
  }

  private func sections(of nodes: [GraphNode]) -> [String] {
    var seen: Set<String> = []
    return nodes.map(\.section).filter { seen.insert($0).inserted }
  }

  private static func fill(_ action: ResourceChange.Action) -> String? {
    switch action {
    case .keep: nil
    case .create: "#c8f0c8"
    case .update: "#fff0b0"
    case .replace: "#ffd0a0"
    case .delete, .cleanUp: "#ffc0c0"
    case .adopt: "#c0e8ff"
    case .forget: "#e0e0e0"
    }
  }
}

extension String {
  /// The text without the blanks at its ends that align signs.
  fileprivate var replacingBlanks: String { filter { $0 != " " } }
}
