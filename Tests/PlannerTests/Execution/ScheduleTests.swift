import TestSupport
import Testing

@testable import Planner

@Suite struct ScheduleTests {
  @Test func `The longest chain starts first`() {
    var schedule = Schedule(needs: [[], [], [1], [2]])
    #expect(schedule.next() == 1)
    #expect(schedule.next() == 0)
    #expect(schedule.next() == nil)
    schedule.finish(1)
    #expect(schedule.next() == 2)
  }

  @Test func `Of steps with as much behind them the earlier ones start first`() {
    var schedule = Schedule(needs: [[], [], [], [0], [1], [], [5], [6]])
    var started: [Int] = []
    while let step = schedule.next() {
      started.append(step)
      schedule.finish(step)
    }
    #expect(started == [5, 0, 1, 6, 2, 3, 4, 7])
  }

  @Test func `A failure skips everything behind it and nothing else`() {
    var schedule = Schedule(needs: [[], [0], [1], []])
    _ = schedule.next()
    let skipped = schedule.fail(0)
    #expect(skipped.map(\.step) == [1, 2])
    #expect(skipped.map(\.because) == [0, 1])
    #expect(schedule.next() == 3)
    schedule.finish(3)
    #expect(schedule.waiting.isEmpty)
  }

  @Test(arguments: 0..<200)
  func `Random graphs run every step once, after what it needs`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 1...60, using: &random)
    let needs = (0..<count).map { step in (0..<step).filter { _ in random.chance(0.1) } }
    var schedule = Schedule(needs: needs)
    var running: [Int] = []
    var done: Set<Int> = []
    var dropped: Set<Int> = []
    while true {
      while running.count < 4, let step = schedule.next() {
        #expect(Set(needs[step]).isSubset(of: done))
        running.append(step)
      }
      guard !running.isEmpty else { break }
      let step = running.remove(at: Int.random(in: 0..<running.count, using: &random))
      if random.chance(0.05) {
        dropped.insert(step)
        dropped.formUnion(schedule.fail(step).map(\.step))
      } else {
        schedule.finish(step)
        #expect(done.insert(step).inserted)
      }
    }
    #expect(done.union(dropped).count == count)
    #expect(done.isDisjoint(with: dropped))
  }
}
