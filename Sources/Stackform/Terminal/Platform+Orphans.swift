import CSystem
import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Platform {
  /// What a guarded program leaves behind: processes that went into a session or a group of their own, and would
  /// live on.
  ///
  /// Linux gives them to the nearest ancestor that asked for them (prctl(2), PR_SET_CHILD_SUBREAPER): while a
  /// program runs that is this process. Its other children stay in its own group, which tells them apart. Of
  /// several programs that run at a time each marks its processes by a variable. macOS has nothing of the kind.
  enum Orphans {
    /// The variable by which a program's processes are known.
    static let mark = "STACKFORM_GUARDED_PROGRAM"
    /// The guarded programs that run now, by their process, and the values of their variables.
    private static let running = Locked<[pid_t: String]>([:])

    /// Starts a program, and notes it. From now on what it leaves behind is this process's child.
    ///
    /// No other program's end looks at processes meanwhile: what is just being started bears no mark yet.
    static func starting(mark: String, _ spawn: () -> (child: pid_t?, failure: Int32)) -> (
      child: pid_t?, failure: Int32
    ) {
      running.withLock { running in
        _ = stackform_adopt_orphans(1)
        let result = spawn()
        if let child = result.child { running[child] = mark }
        return result
      }
    }

    /// Forgets a program, once it was reaped.
    static func forget(_ child: pid_t) { running.withLock { $0[child] = nil } }

    /// Ends what a program has left behind, and what that leaves behind in turn; not the program itself, which
    /// is still to be reaped.
    static func end(of child: pid_t) {
      // Each round ends one generation. A program that starts processes faster than this is not waited for.
      for _ in 0..<200 {
        let isDone = running.withLock { running in
          let others = running.filter { $0.key != child }.values
          let orphans = children().filter { orphan in
            running[orphan] == nil && !others.contains { bears($0, orphan) }
          }
          for orphan in orphans {
            kill(orphan, SIGKILL)
            var status: Int32 = 0
            while waitpid(orphan, &status, 0) == -1 && errno == EINTR {}
          }
          return orphans.isEmpty
        }
        if isDone { return }
      }
    }

    /// Whether a process has a program's variable, as it was started.
    private static func bears(_ mark: String, _ process: pid_t) -> Bool {
      guard let data = FileManager.default.contents(atPath: "/proc/\(process)/environ") else { return false }
      return data.split(separator: 0).contains { $0.elementsEqual("\(self.mark)=\(mark)".utf8) }
    }

    /// The children of this process that are in another process group.
    private static func children() -> [pid_t] {
      #if os(Linux)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return names.compactMap { pid_t($0) }.filter { process in
        guard let (parent, group) = parentAndGroup(of: process) else { return false }
        return parent == getpid() && group != getpgrp()
      }
      #else
      return []
      #endif
    }

    /// /proc/PID/stat has them behind the last parenthesis, after the state: the name in parentheses may hold
    /// any character (proc(5)).
    private static func parentAndGroup(of process: pid_t) -> (parent: pid_t, group: pid_t)? {
      guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
      let text = String(decoding: data, as: UTF8.self)
      guard let end = text.lastIndex(of: ")") else { return nil }
      let fields = text[text.index(after: end)...].split(separator: " ")
      guard fields.count > 2, let parent = pid_t(fields[1]), let group = pid_t(fields[2]) else { return nil }
      return (parent, group)
    }
  }
}
