/// What calls functions: event source mappings, and the permissions of others.
extension Lambda {
  private static let mappings = "/2015-03-31/event-source-mappings"
  private static let policy = "/2015-03-31/functions/{FunctionName}/policy"

  static let createEventSourceMapping = service.write(
    "CreateEventSourceMapping", .post, mappings, proof: .member("UUID"), retries: freshRole)
  static let deleteEventSourceMapping = service.write(
    "DeleteEventSourceMapping", .delete, "\(mappings)/{UUID}", repeats: .safe, proof: .member("UUID"))
  static let getEventSourceMapping = service.read(
    "GetEventSourceMapping", .get, "\(mappings)/{UUID}", proof: .member("UUID"))
  static let listEventSourceMappings = service.read(
    "ListEventSourceMappings", .get, "\(mappings)?FunctionName={FunctionName}&Marker={Marker}",
    proof: .presence("EventSourceMappings"), pages: marked("EventSourceMappings"))
  static let updateEventSourceMapping = service.write(
    "UpdateEventSourceMapping", .put, "\(mappings)/{UUID}", repeats: .safe, proof: .member("UUID"),
    retries: freshRole)

  static let addPermission = service.write(
    "AddPermission", .post, "\(policy)?Qualifier={Qualifier}", proof: .member("Statement"))
  static let getPolicy = service.read(
    "GetPolicy", .get, "\(policy)?Qualifier={Qualifier}", proof: .member("Policy"))
  static let removePermission = service.write(
    "RemovePermission", .delete, "\(policy)/{StatementId}?Qualifier={Qualifier}", repeats: .safe,
    proof: .nothing)
}
