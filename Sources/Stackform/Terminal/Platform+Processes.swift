import Planner

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Which process holds a lock, and whether it still runs.
extension Platform {
  /// This process; nil where the system does not tell one from all others, as macOS.
  static let ownIdentity = identity(of: getpid())

  /// Whether a lock's holder runs. True for all that can't be asked from here: processes of other systems, and those
  /// that did not say of which they are.
  @Sendable static func isRunning(_ holder: LockHolder) -> Bool {
    guard let identity = holder.identity, identity.system == ownIdentity?.system else { return true }
    guard isRunning(process: holder.process) else { return false }
    guard let start = startTime(of: holder.process) else { return true }
    return start == identity.start
  }

  /// Whether a process of this system runs.
  static func isRunning(process: Int) -> Bool {
    guard let identifier = pid_t(exactly: process), identifier > 0 else { return true }
    guard kill(identifier, 0) == 0 || errno == EPERM else { return false }
    // Its parent may never read its status, as in a container.
    return !["Z", "X"].contains(statistics(of: process)?.first)
  }

  /// A container may have no machine's id: the boot's is random, and tells its kernel from all others as well.
  static func identity(of process: pid_t, machineFile: String = "/etc/machine-id") -> ProcessIdentity? {
    let machine = firstLine(of: machineFile) ?? ""
    guard let boot = firstLine(of: "/proc/sys/kernel/random/boot_id"),
      let namespace = target(ofLink: "/proc/self/ns/pid"), let start = startTime(of: Int(process))
    else { return nil }
    return ProcessIdentity(
      system: ProcessIdentity.System(machine: machine, boot: boot, namespace: namespace), start: start)
  }

  /// In clock ticks after the boot: the field 22 of /proc/PID/stat (proc(5)).
  private static func startTime(of process: Int) -> String? {
    statistics(of: process).flatMap { $0.count > 19 ? $0[19] : nil }
  }

  /// The fields of /proc/PID/stat from the third on, the state. They begin behind the last parenthesis: the name in
  /// parentheses may hold any character.
  static func statistics(of process: Int) -> [String]? {
    guard let text = content(of: "/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else {
      return nil
    }
    return text[end...].dropFirst().split(separator: " ").map(String.init)
  }

  private static func firstLine(of path: String) -> String? {
    content(of: path)?.split(whereSeparator: \.isNewline).first.map(String.init)
  }

  /// The first kilobytes of a small file of the system's.
  private static func content(of path: String) -> String? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  private static func target(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 256)
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
