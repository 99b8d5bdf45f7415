import CYaml

/// libyaml's events of a document, one after the other.
struct YAMLEvent {
  /// libyaml's events, as far as a document has them.
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd, sequenceEnd, mappingEnd
    case alias(String)
    case scalar(String, anchor: String?, tag: String?, isPlain: Bool)
    case sequenceStart(anchor: String?, tag: String?, isFlow: Bool)
    case mappingStart(anchor: String?, tag: String?, isFlow: Bool)
  }

  let kind: Kind
  let start: YAMLMark
  let end: YAMLMark
}

/// A place as libyaml counts: lines and code points, both from 0.
struct YAMLMark: Hashable {
  let line: Int
  let column: Int
  /// In code points from the start of the text.
  let index: Int

  fileprivate init(_ mark: yaml_mark_t) {
    line = Int(mark.line)
    column = Int(mark.column)
    index = Int(mark.index)
  }
}

/// libyaml at work on one text.
///
/// A class around a pointer, because the parser holds a pointer to itself: in a struct that moves it silently
/// reads an empty text.
final class YAMLEvents {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  init(_ text: String) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    input = .allocate(capacity: max(text.utf8.count, 1))
    _ = input.initialize(from: text.utf8)
    let isReady = yaml_parser_initialize(parser)
    precondition(isReady == 1, "libyaml has no memory left")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, text.utf8.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deinitialize(count: 1)
    parser.deallocate()
    input.deallocate()
  }

  /// What libyaml does not understand, in its own words.
  struct Failure: Error {
    let problem: String
    let context: String?
    /// Where in the text; nil when only the byte is known.
    let mark: YAMLMark?
    /// Where the surrounding collection began.
    let contextMark: YAMLMark?
    let byte: Int
  }

  /// The next event of the text.
  func next() throws(Failure) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(kind: kind(of: event), start: YAMLMark(event.start_mark), end: YAMLMark(event.end_mark))
  }

  private var failure: Failure {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "it can't be read"
    let context = state.context.map { String(cString: $0) }
    let hasMark = state.error != YAML_READER_ERROR
    return Failure(
      problem: problem, context: context, mark: hasMark ? YAMLMark(state.problem_mark) : nil,
      contextMark: context == nil ? nil : YAMLMark(state.context_mark), byte: state.problem_offset)
  }

  private func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
    switch event.type {
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return .scalar(
        String(decoding: bytes, as: UTF8.self), anchor: text(scalar.anchor), tag: text(scalar.tag),
        isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      return .sequenceStart(
        anchor: text(sequence.anchor), tag: text(sequence.tag),
        isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      return .mappingStart(
        anchor: text(mapping.anchor), tag: text(mapping.tag),
        isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: return .streamEnd
    }
  }

  private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
