import Planner

/// `stackform version`
enum VersionCommand {
  /// Writes the version.
  static func run(_ command: ParsedCommand, _ terminal: Terminal) -> ExitCode {
    if command.isJSON {
      let value: Value = ["stackform_version": .string(Version.current), "platform": .string(platform)]
      terminal.write(value.prettyJSON)
    } else {
      terminal.writeLine("Stackform \(Version.current)")
      terminal.writeLine("on \(platform)")
    }
    return .success
  }

  private static var platform: String {
    #if os(Linux)
    let system = "linux"
    #elseif os(macOS)
    let system = "darwin"
    #else
    let system = "other"
    #endif
    #if arch(x86_64)
    return "\(system)_amd64"
    #elseif arch(arm64)
    return "\(system)_arm64"
    #else
    return system
    #endif
  }
}
