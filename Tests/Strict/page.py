"""Makes the page of the rules: page.py --check PAGE | --write PAGE"""

import pathlib
import sys

import habits
import rulebook

INTRODUCTION = """# What the strict layer refuses

Emulators let pass what AWS refuses. `Tests/Strict` stands before them in the conformance suite and refuses it, with AWS's own code
and status: [Testing](testing.md#as-strict-as-aws). Each rule is a function in `Tests/Strict/rules`, with calls that break it and calls that keep it.

In addition each writing call is held against botocore's model of its service: what must be there, lengths, ranges, patterns and
choices. Where a service takes more than its model says, `Tests/Strict/shapes.json` has the reason.

This page is generated: `python3 Tests/Strict/page.py --write docs/strict-rules.md`.
"""
TITLES = {
    "apigateway": "API Gateway, REST APIs", "apigatewayv2": "API Gateway, HTTP APIs", "cloudfront": "CloudFront", "cloudwatch": "CloudWatch",
    "cognito-idp": "Cognito user pools",
    "dynamodb": "DynamoDB", "ec2": "EC2", "ecs": "ECS", "events": "EventBridge", "iam": "IAM", "kinesis": "Kinesis", "kms": "KMS", "lambda": "Lambda", "logs": "CloudWatch Logs", "s3": "S3",
    "scheduler": "EventBridge Scheduler", "secretsmanager": "Secrets Manager", "sns": "SNS", "sqs": "SQS", "ssm": "Systems Manager",
    "stepfunctions": "Step Functions",
}


def page():
    rulebook.load()
    lines = [INTRODUCTION, f"There are {len(rulebook.RULES)} rules."]
    for service in sorted(TITLES, key=lambda service: TITLES[service].lower()):
        rules = [rule for rule in rulebook.RULES.values() if rule.service == service]
        lines += ["", f"## {TITLES[service]}", "", "| Rule | Calls | Answer | Says |", "|---|---|---|---|"]
        for rule in sorted(rules, key=lambda rule: rule.id):
            calls = ", ".join(rule.operations)
            sentence = rule.sentence.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
            lines.append(f"| [`{rule.id}`]({rule.source}) | {calls} | {rule.status} {rule.code} | {sentence} |")
    lines += ["", "## Habits", "", "What each service answers to too many requests, for the habit `throttled`:", "", "| Service | Answer |", "|---|---|"]
    lines += [f"| {TITLES[service]} | {status} {code} |" for service, (code, status) in habits.THROTTLES.items()]
    return "\n".join(lines) + "\n"


def main():
    mode, path = sys.argv[1], pathlib.Path(sys.argv[2])
    if mode == "--write":
        path.write_text(page())
    elif path.read_text() != page():
        sys.exit(f"{path} is old: python3 Tests/Strict/page.py --write {path}")


if __name__ == "__main__":
    main()
