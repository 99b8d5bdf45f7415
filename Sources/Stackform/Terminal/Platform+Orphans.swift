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
  /// What a guarded program leaves behind: processes that go into a group of their own, or a session, and would live on.
  ///
  /// Linux gives them to the nearest ancestor that asked for them (prctl(2), PR_SET_CHILD_SUBREAPER): while a
  /// program runs that is this process. Of its children the program's are those in the program's session, and those that
  /// bear its variable. Others are not ours to end: a `credential_process` may have started an agent that is to stay.
  /// What takes both off lives on. macOS has nothing of the kind.
  enum Orphans {
    /// The variable by which a program's processes are known: the marks of all guarded programs around it, with commas.
    static let mark = "STACKFORM_GUARDED_PROGRAM"
    /// The guarded programs that run now.
    private static let running = Locked<Set<pid_t>>([])

    /// Starts a program, and notes it. From now on what it leaves behind is this process's child.
    static func starting(_ spawn: () -> (child: pid_t?, failure: Int32)) -> (child: pid_t?, failure: Int32) {
      running.withLock { running in
        _ = stackform_adopt_orphans(1)
        let result = spawn()
        if let child = result.child { running.insert(child) }
        if running.isEmpty { _ = stackform_adopt_orphans(0) }
        return result
      }
    }

    /// Forgets a program, once it was reaped. After the last one this process adopts nothing any more.
    static func forget(_ child: pid_t) {
      running.withLock { running in
        running.remove(child)
        if running.isEmpty { _ = stackform_adopt_orphans(0) }
      }
    }

    /// Ends what a program has left behind, and what that leaves behind in turn; not the program itself, which
    /// is still to be reaped.
    static func end(of child: pid_t, mark: String) {
      // Each round ends one generation. A program that starts processes faster than this is not waited for.
      for _ in 0..<200 {
        let orphans = children().filter { orphan in
          orphan.process != child && (orphan.session == child || bears(mark, orphan.process))
        }
        if orphans.isEmpty { return }
        for orphan in orphans {
          kill(orphan.process, SIGKILL)
          var status: Int32 = 0
          while waitpid(orphan.process, &status, 0) == -1 && errno == EINTR {}
        }
      }
    }

    /// Whether a process has a program's mark in its variable, as it was started.
    private static func bears(_ mark: String, _ process: pid_t) -> Bool {
      guard let data = FileManager.default.contents(atPath: "/proc/\(process)/environ") else { return false }
      let start = Array("\(self.mark)=".utf8)
      return data.split(separator: 0).contains { variable in
        variable.starts(with: start)
          && variable.dropFirst(start.count).split(separator: UInt8(ascii: ",")).contains {
            $0.elementsEqual(mark.utf8)
          }
      }
    }

    /// The children of this process, and the session of each.
    private static func children() -> [(process: pid_t, session: pid_t)] {
      #if os(Linux)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return names.compactMap { pid_t($0) }.compactMap { process in
        // Behind the state: parent, group, session (proc(5)).
        guard let fields = statistics(of: Int(process)), fields.count > 3, pid_t(fields[1]) == getpid(),
          let session = pid_t(fields[3])
        else { return nil }
        return (process, session)
      }
      #else
      return []
      #endif
    }
  }
}
