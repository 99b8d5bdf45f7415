#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A moment in the two spellings of a signature: `20150830T123600Z` and `20150830`; and back from an HTTP date.
struct SigningTime: Hashable {
  /// Seconds since 1970.
  let seconds: Int

  init(_ date: Date) { seconds = Int(date.timeIntervalSince1970.rounded(.down)) }
  init(seconds: Int) { self.seconds = seconds }

  var day: String {
    let (year, month, day) = civil
    return "\(Self.padded(year, 4))\(Self.padded(month, 2))\(Self.padded(day, 2))"
  }

  var stamp: String {
    let second = seconds - dayNumber * 86_400
    return
      "\(day)T\(Self.padded(second / 3600, 2))\(Self.padded(second / 60 % 60, 2))\(Self.padded(second % 60, 2))Z"
  }

  /// An HTTP date, as `Sun, 06 Nov 1994 08:49:37 GMT`; nil for any other text.
  init?(httpDate text: String) {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let fields = text.split(separator: " ")
    guard fields.count == 6, fields[5] == "GMT", let day = Int(fields[1]),
      let month = months.firstIndex(of: String(fields[2])), let year = Int(fields[3])
    else { return nil }
    let clock = fields[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, (1...31).contains(day), (1970...9999).contains(year) else { return nil }
    seconds =
      Self.dayNumber(year: year, month: month + 1, day: day) * 86_400 + clock[0] * 3600 + clock[1] * 60
      + clock[2]
  }

  private var dayNumber: Int {
    seconds >= 0 ? seconds / 86_400 : -((-seconds + 86_399) / 86_400)
  }

  /// Year, month and day of the proleptic Gregorian calendar: Howard Hinnant's `civil_from_days`.
  private var civil: (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The inverse: `days_from_civil`.
  private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
