import Planner

extension ResourceChange.Action {
  /// The sign before a resource; three cells wide.
  var sign: String {
    switch self {
    case .keep: "   "
    case .create: "  +"
    case .update: "  ~"
    case .replace(let createFirst): createFirst ? "+/-" : "-/+"
    case .delete, .cleanUp: "  -"
    case .adopt: "  ="
    case .forget: "  ."
    }
  }

  /// What the legend says about the sign.
  var legend: String {
    switch self {
    case .keep: ""
    case .create: "create"
    case .update: "update in-place"
    case .replace(let createFirst):
      createFirst ? "create replacement and then destroy" : "destroy and then create replacement"
    case .delete: "destroy"
    case .cleanUp: "destroy what is left over"
    case .adopt: "adopt: take over what exists"
    case .forget: "forget: take off the record"
    }
  }

  /// The order of the legend, Terraform's.
  static let legendOrder: [ResourceChange.Action] = [
    .create, .update, .delete, .cleanUp, .replace(createFirst: false), .replace(createFirst: true), .adopt,
    .forget,
  ]

  /// The sign of the action, in its colour.
  func coloured(_ style: TerminalStyle) -> String {
    switch self {
    case .keep: return sign
    case .create: return style(sign, .green)
    case .update: return style(sign, .yellow)
    case .replace(let createFirst):
      let (first, last) = (style("-", .red), style("+", .green))
      return createFirst ? "\(last)/\(first)" : "\(first)/\(last)"
    case .delete, .cleanUp: return style(sign, .red)
    case .adopt: return style(sign, .cyan)
    case .forget: return style(sign, .dim)
    }
  }

  /// What a plan says that happens, split where Terraform puts the weight.
  func sentence(isForced: Bool) -> (text: String, weight: String) {
    switch self {
    case .keep: (" is as it should be", "")
    case .cleanUp: (" stays, and what is left over of it will be ", "destroyed")
    case .create: (" will be created", "")
    case .update: (" will be updated in-place", "")
    case .replace: isForced ? (" must be ", "replaced") : (" will be replaced, as requested", "")
    case .delete: (" will be ", "destroyed")
    case .adopt: (" will be adopted", "")
    case .forget: (" will be forgotten", "")
    }
  }
}
