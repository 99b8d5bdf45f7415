"""Creates an IAM user who may do what Stackform does for stacks/code-deploy; prints the user's key and secret."""

import json

import boto3

SERVICES = ["apigateway", "cloudwatch", "dynamodb", "iam", "lambda", "logs", "s3", "sns", "sqs", "tag"]
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [f"{service}:*" for service in SERVICES] + ["sts:GetCallerIdentity"],
            "Resource": "*",
        }
    ],
}

iam = boto3.client("iam")
iam.create_user(UserName="deployer")
iam.put_user_policy(UserName="deployer", PolicyName="deploy", PolicyDocument=json.dumps(POLICY))
key = iam.create_access_key(UserName="deployer")["AccessKey"]
print(key["AccessKeyId"], key["SecretAccessKey"])
