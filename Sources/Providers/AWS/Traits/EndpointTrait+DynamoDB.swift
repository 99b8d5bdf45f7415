extension EndpointTrait {
  static let answersWithSettledTables = EndpointTrait(
    "answersWithSettledTables",
    "CreateTable and UpdateTable answer with the table as it is after the change.",
    [
      .localStack:
        "CreateTable, and UpdateTable with a new index, answer TableStatus ACTIVE, and so it is (4.8.1)",
      .miniStack:
        "CreateTable, and UpdateTable with a new index, answer TableStatus ACTIVE, and so it is (1.5.33)",
    ])

  static let forgetsDeletedTablesAtOnce = EndpointTrait(
    "forgetsDeletedTablesAtOnce", "ListTables does not name a table once DeleteTable has answered.",
    [
      .localStack:
        "DeleteTable, then ListTables: no such name; DescribeTable: ResourceNotFoundException (4.8.1)",
      .miniStack:
        "DeleteTable, then ListTables: no such name; DescribeTable: ResourceNotFoundException (1.5.33)",
    ])

  static let inventsKeyOfAWS = EndpointTrait(
    "inventsKeyOfAWS", "A table that AWS's own key encrypts names a key that KMS does not have.",
    [
      .localStack: """
      CreateTable with SSEType KMS and no key: KMSMasterKeyArn is a key of which DescribeKey answers NotFoundException, \
      and alias/aws/dynamodb is another one (4.8.1)
      """
    ])

  static let keepsOldValuesOfTableTags = EndpointTrait(
    "keepsOldValuesOfTableTags", "TagResource adds a tag next to the one of the same name.",
    [
      .localStack:
        "TagResource with x=2 for a table with x=1: ListTagsOfResource answers both (4.8.1, moto's tables)"
    ])
}
