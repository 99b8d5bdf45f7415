extension AWSService {
  package static let s3 = S3.service
  package static let sqs = SQS.service
  package static let dynamoDB = DynamoDB.service
  package static let lambda = Lambda.service
  package static let apiGateway = APIGateway.service
  package static let apiGatewayV2 = APIGatewayV2.service
  package static let cloudWatch = CloudWatch.service
  package static let kinesis = Kinesis.service
  package static let kms = KMS.service
  package static let logs = Logs.service
  package static let cloudTrail = CloudTrail.service
  package static let iam = IAM.service
  package static let sns = SNS.service
  package static let sts = STS.service
}
