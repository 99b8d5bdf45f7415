#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A thread for a loop that waits in C. It must be joined.
struct OwnThread: @unchecked Sendable {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let handle: pthread_t

  /// Starts the thread; nil when the system refuses.
  init?(_ run: @escaping @Sendable () -> Void) {
    let context = Unmanaged.passRetained(Body(run)).toOpaque()
    #if canImport(Darwin)
    var started: pthread_t?
    let code = pthread_create(&started, nil, { OwnThread.enter($0) }, context)
    #else
    var begun = pthread_t()
    let code = pthread_create(
      &begun, nil, { context in context.flatMap { OwnThread.enter($0) } }, context)
    let started: pthread_t? = begun
    #endif
    guard code == 0, let started else {
      Unmanaged<Body>.fromOpaque(context).release()
      return nil
    }
    handle = started
  }

  private static func enter(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
    return nil
  }

  /// Waits until the thread has ended.
  func join() { pthread_join(handle, nil) }
}
