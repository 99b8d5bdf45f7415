/// The steps that could start, the one with the longest chain behind it first. A heap, because in a flat
/// stack all steps are ready at once.
struct ReadySteps: Sendable {
  private let weights: [Int]
  private var heap: [Int] = []

  /// `weights`: the length of the longest chain that starts at each step.
  init(weights: [Int]) { self.weights = weights }

  /// Adds a step that could start.
  mutating func insert(_ step: Int) {
    heap.append(step)
    var place = heap.count - 1
    while place > 0, goesBefore(heap[place], heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Takes out the heaviest, of equal ones the earliest; nil when none is ready.
  mutating func popFirst() -> Int? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var place = 0
    while true {
      let children = (2 * place + 1)...(2 * place + 2)
      let best = children.filter { $0 < heap.count }.min { goesBefore(heap[$0], heap[$1]) }
      guard let best, goesBefore(heap[best], heap[place]) else { return first }
      heap.swapAt(place, best)
      place = best
    }
  }

  private func goesBefore(_ step: Int, _ other: Int) -> Bool {
    weights[step] == weights[other] ? step < other : weights[step] > weights[other]
  }
}
