import Planner

/// The calls of one kind, as data: what ``DescribedVerbs`` are made of.
struct KindCalls: Sendable {
  let identity: Identity
  let create: Operation<Writes>
  /// Reads one resource, with all properties that no facet has.
  let read: Operation<Reads>
  /// The path to the resource in that answer, as `StreamDescriptionSummary`; "" for the answer itself.
  var answer = ""
  /// What the reading call takes besides the reference.
  var question: [String: Value] = [:]
  var change = Change.never
  /// Properties that have calls of their own, in the order in which they are written.
  var facets: [Facet] = []
  let ending: Ending
  var phase: Phase?
  var listing: Listing?
  var tags: TagCalls?
  /// The call that reads the tags fails with "not there" for what is not there, so that it shows existence, too. Tags
  /// without an owner show nothing: an emulator may answer with none for what is not there.
  var tagsShowExistence = false
  var fields = WireFields()
  /// The field that holds all properties as texts under names of their own, as SQS and SNS have them; nil where each is a field.
  var texts: TextAttributes?
  var textField = "Attributes"
  /// Attributes that the service gives, by the path in an answer. `name`, and `arn` where the identity has one, come
  /// by themselves.
  var attributes: [String: String] = [:]
  /// The field in which a call takes a token, so that one which is sent twice is carried out once.
  var token: String?
  /// How long AWS may take until a new resource answers, and a deleted one does not; nil for at once.
  var appears: Duration?
}

/// How one resource is told from all others, and how a call says which one it means.
struct Identity: Sendable {
  /// A piece of what is known of a resource.
  enum Part: Sendable {
    /// The physical name: the last part of the identity.
    case name
    /// Part of an identity of several parts, in the order of ``Naming/within``.
    case part(Int)
    /// The identity in the service: the id that it gave.
    case id
    /// The ARN that is made of the service and a prefix before the name, as `("states", "stateMachine:")`. Several
    /// parts are joined by `/`.
    case arn(String, String)
    /// What else follows from the name and the target, as a queue's URL.
    case made(@Sendable (_ name: String, Target) -> Value?)
    /// The same, of an identity of several parts.
    case madeOfParts(@Sendable (_ parts: [String], Target) -> Value?)

    /// A part of an id that the service gave and that has several: `pool|client`.
    static func piece(_ position: Int) -> Part {
      .made { id, _ in
        let pieces = id.split(separator: "|").map(String.init)
        return pieces.indices.contains(position) ? .string(pieces[position]) : nil
      }
    }
  }

  /// The fields of the creating call that hold it.
  let creation: [String: Part]
  /// The fields by which all other calls say which resource they mean.
  let reference: [String: Part]
  /// The fields by which the calls for tags say it, where they are others: mostly an ARN.
  var tagged: [String: Part]?
  /// Attributes that follow from it, so that they are known before the resource is there: `["arn": .arn("sqs", "")]`.
  var known: [String: Part] = [:]
  /// The path to the id in the creating call's answer; nil where the name is the identity. An id of several parts has
  /// a path for each, with `|` between them; ``Part/piece(_:)`` takes such an id apart.
  var given: String?
  /// How a resource is found whose id is not known: after a lost answer, and without a ledger.
  var finder: Finder?

  /// A unique name, in the field `field` of each call.
  static func name(_ field: String, known: [String: Part] = [:]) -> Identity {
    Identity(creation: [field: .name], reference: [field: .name], known: known)
  }
}

/// How a resource is found whose id is not known.
enum Finder: Sendable {
  /// The reading call takes filters by tag and by id.
  case filter(Filters)
  /// A listing shows the ids of what has the name, in the field `name`, the newest first.
  case revisions(Operation<Reads>, name: String, input: [String: Value] = [:])
  /// For what bears no tags. The listing takes the fields of the creating call that hold the identity, and `input`;
  /// the first page shows ids (at the path `id`), newest first. It is the one that no record names and that is as
  /// wanted in every property which is read; `deciding` must be among them.
  case contents(Operation<Reads>, input: [String: Value], id: String, deciding: String)
  /// A listing of ids with their names, for names that are not unique, in all of its pages. What bears tags is the one
  /// with our owner tags. What bears none is the one that no record names and that is as wanted in every property which is
  /// read; several are an error. `id` is as ``Identity/given``; `within` are fields of the listing, by the properties
  /// that hold them.
  case named(
    Operation<Reads>, input: [String: Value], name: String, id: String, within: [String: String] = [:])

  /// How many of the newest `contents` are looked through.
  static let mostContents = 10
}

/// The call that lists what there is.
struct Listing: Sendable {
  let operation: Operation<Reads>
  /// The path to the name in an item; nil when items are names, or end with one (ARNs, URLs).
  var name: String?
  /// What is at `name` is no name, but ends with one: an ARN.
  var endsWithName = false
  /// What stands before each name: `alias/`.
  var mark = ""
  /// The listing is also the reading call: its items are whole resources. One resource is the item that has the fields of
  /// the reference; many are read by one listing.
  var holdsState = false
  /// The field that takes names, so that only these are listed, a hundred a call.
  var names: String?
  /// AWS shows changes in it minutes late: there each resource is read, and the listing only says what an account has.
  var isLate = false
  /// The paths to the parts of the identity before the name.
  var within: [String] = []
  /// The field that takes a prefix of the names.
  var prefix: String?
  var input: [String: Value] = [:]

  /// How many names one call takes.
  static let mostNames = 100
}

/// What changes a resource in place.
enum Change: Sendable {
  /// Nothing: every change replaces.
  case never
  /// A call with only what changes.
  case partial(Operation<Writes>)
  /// A call that takes what it does not name for unset: it gets all that is declared. `ifMatch` is the field of the
  /// ETag where the call must name the version that it means.
  case whole(Operation<Writes>, ifMatch: String? = nil)
  /// The same, and what is live goes along in all that does not change.
  case wholeOverProperties(Operation<Writes>)
  /// A call that takes what it does not name for unset: it gets all that the reading call answers, read in the same step, as
  /// far as it takes it, and the changes over that. What no schema knows stays as it is.
  case wholeOverLive(Operation<Writes>, taking: Set<String>)
  /// A call for each text, which it names in `AttributeName` and `AttributeValue`: SNS takes no two at once.
  case eachText(Operation<Writes>)

  var operation: Operation<Writes>? {
    switch self {
    case .never: nil
    case .partial(let operation), .whole(let operation, _), .wholeOverProperties(let operation),
      .wholeOverLive(let operation, _), .eachText(let operation):
      operation
    }
  }

  /// The field of the ETag; nil where the call names no version.
  var ifMatch: String? {
    switch self {
    case .never, .partial, .wholeOverProperties, .wholeOverLive, .eachText: nil
    case .whole(_, let field): field
    }
  }
}

/// Properties that have calls of their own: read where they are declared, written where they change.
struct Facet: Sendable {
  let properties: [String]
  /// The fields by which its calls say which resource they mean, where they are others.
  var reference: [String: Identity.Part]?
  /// The creating call takes the properties, too.
  var isCreated = false
  /// The changing call takes them, too: only their reading has a call of its own.
  var isChanged = false
  /// nil where the kind's own read returns the properties. Of a listing the first item counts. An endpoint that lacks the
  /// call has nothing that it could return.
  var read: Operation<Reads>?
  /// The path to the properties in that answer.
  var answer = ""
  var put: Operation<Writes>?
  /// Takes the properties out; nil where `put` does.
  var clear: Operation<Writes>?
  /// What `clear` takes besides the reference.
  var clearing: [String: Value] = [:]
  /// The one property is a map, whose entries have calls of their own.
  var items: FacetItems?
  /// The one property is a set, whose items have calls of their own.
  var set: FacetSet?
}

/// How a resource is deleted.
struct Ending: Sendable {
  let delete: Operation<Writes>
  var input: [String: Value] = [:]
  /// The property that keeps the service from deleting it while it is true: ``LiveResource/deletionBar``.
  var bar: String?
  /// The field of each property that says how to delete; see ``Property/isForDeletion``.
  var instructions: [String: String] = [:]
  /// The call must name the version that it means: the field of the ETag.
  var ifMatch: String?
  /// Brings back what waits for its end, with the reference alone.
  var revive: Operation<Writes>?
  /// What a creation is answered while a deleted one is gone and its name is not free yet.
  var freesLate: [RetriedError] = []
  /// Owner tags come off first on endpoints that have this trait: there they outlive the resource.
  var untagsFirst: EndpointTrait?
}
