"""Holds each rule against its own examples: one row of calls that breaks it, one that does not."""

import json
import pathlib
import unittest

import calls
import habits
import page
import proxy
import rulebook
import shapes
from calls import Call
from http_messages import Message
from models import model

ROOT = pathlib.Path(__file__).resolve().parents[2]


def outcome(rule, row):
    """The ids of the rules that the last call of the row breaks, after all before it were carried out."""
    account = rulebook.Account()
    broken = []
    for position, step in enumerate(row):
        operation, parameters, *answer = step
        service = rule.service
        if ":" in operation:
            service, operation = operation.split(":")
        assert operation in model(service).operation_names, operation
        call = Call(service, operation, parameters, account.number, account.region)
        found = rulebook.judged(call, account)
        broken.append(found[0].id if found else None)
        if not found:
            rulebook.learned(call, account, answer[0] if answer else {})
    return broken


class RuleTests(unittest.TestCase):
    def test_each_rule_is_broken_by_its_first_row_and_kept_by_its_second(self):
        for rule in rulebook.RULES.values():
            with self.subTest(rule.id):
                self.assertEqual(outcome(rule, rule.breaks), [None] * (len(rule.breaks) - 1) + [rule.id])
                self.assertEqual(set(outcome(rule, rule.keeps)), {None})

    def test_each_rule_names_operations_and_a_source(self):
        for rule in rulebook.RULES.values():
            with self.subTest(rule.id):
                self.assertLessEqual(set(rule.operations), set(model(rule.service).operation_names))
                self.assertTrue(rule.source.startswith(rulebook.DOCS), rule.source)

    # Of all operations of a service by its page "Common Errors"; and services whose models name no errors.
    COMMON = {"AccessDeniedException", "ValidationError", "ValidationException", "InvalidParameterValue"}
    UNMODELLED = {"s3", "ec2"}

    def test_each_code_is_one_that_the_service_model_names_for_its_operations(self):
        for rule in rulebook.RULES.values():
            with self.subTest(rule.id):
                operations = [model(rule.service).operation_model(name) for name in rule.operations]
                shapes = [shape for operation in operations for shape in operation.error_shapes]
                codes = {shape.name for shape in shapes} | {shape.metadata.get("error", {}).get("code") for shape in shapes}
                self.assertTrue(rule.service in self.UNMODELLED or rule.code in self.COMMON | codes, rule.code)

    def test_the_page_of_the_rules_is_not_old(self):
        self.assertEqual((ROOT / "docs/strict-rules.md").read_text(), page.page(), "python3 Tests/Strict/page.py --write docs/strict-rules.md")


class HabitTests(unittest.TestCase):
    """What a busy thing says, of a habit that needs no emulator."""

    def test_a_function_that_is_being_made_refuses_changes_and_says_so_when_it_is_read(self):
        slow = habits.Habits("slow", 7)
        made, changed = (Call("lambda", name, {"FunctionName": "f"}) for name in ("CreateFunction", "UpdateFunctionCode"))
        request = message([], "")
        self.assertIsNone(slow.instead(made, request))
        answered = slow.after(made, request, message(["HTTP/1.1", "201", ""], '{"State": "Active"}'))
        self.assertIn(b'"State": "Pending"', answered)
        refused = slow.instead(changed, request)
        self.assertIn(b"409", refused.split(b"\r\n")[0])
        self.assertIn(b"currently in the following state: Pending", refused)
        body = '{"Configuration": {"State": "Active", "LastUpdateStatus": "Successful"}}'
        read = slow.after(Call("lambda", "GetFunction", {"FunctionName": "f"}), request, message(["HTTP/1.1", "200", ""], body))
        self.assertIn(b'{"State": "Pending", "LastUpdateStatus": "Successful"}', read)


class ProxyTests(unittest.TestCase):
    def test_a_fault_in_a_rule_is_noted_and_refuses_nothing(self):
        log = ROOT / ".build/strict-test.log"
        log.parent.mkdir(exist_ok=True)
        log.unlink(missing_ok=True)
        strict = proxy.Strict(log)
        passing = proxy.Proxy("http://127.0.0.1:1", strict)
        # A list is no name: the account's things can't be asked for it.
        call = Call("sqs", "CreateQueue", {"QueueName": ["a"]})
        self.assertIsNone(passing.own_answer(call, message(["POST", "/", ""], ""), None))
        answer = message(["HTTP/1.1", "200", ""], "{}")
        self.assertEqual(passing.taken(call, None, answer, None), answer.bytes())
        noted = [json.loads(line) for line in log.read_text().splitlines()]
        self.assertEqual({line["rule"] for line in noted}, {"FAULT OF THE LAYER"}, noted)
        self.assertIn("sqs:CreateQueue", {line["call"] for line in noted})
        strict.log.close()
        log.unlink()


def message(start, body):
    return Message(b"", start, {}, body.encode())


class ShapeTests(unittest.TestCase):
    """What a call's parameters are refused for by the models alone."""

    def fault(self, service, operation, parameters):
        found = shapes.judged(Call(service, operation, parameters))
        return found[0] if found else None

    def test_a_model_is_held_for_what_must_be_there_for_lengths_ranges_patterns_and_choices(self):
        role = {"RoleName": "a", "AssumeRolePolicyDocument": "{}"}
        for parameters, fault in [
            (role, None), ({"RoleName": "a"}, "shape iam CreateRoleRequest.AssumeRolePolicyDocument"),
            ({**role, "RoleName": "a" * 65}, "shape iam roleNameType"), ({**role, "MaxSessionDuration": 60}, "shape iam roleMaxSessionDurationType"),
            ({**role, "Description": "cost \u2014 centre"}, "shape iam roleDescriptionType"),
            ({**role, "Tags": [{"Key": "cost (centre)", "Value": ""}]}, "shape iam tagKeyType"),
        ]:
            self.assertEqual(self.fault("iam", "CreateRole", parameters), fault)
        self.assertEqual(self.fault("dynamodb", "UpdateTable", {"TableName": "abc", "BillingMode": "FREE"}), "shape dynamodb BillingMode")

    def test_what_is_excused_has_a_reason_and_names_a_shape(self):
        for name, reason in shapes.EXCUSED.items():
            service, shape = name.split(" ")
            self.assertIn(shape.split(".")[0], model(service).shape_names)
            self.assertTrue(reason)


class CallTests(unittest.TestCase):
    """Requests as they come, of each protocol."""

    def read(self, scope, method, target, body="", **headers):
        signature = f"AWS4-HMAC-SHA256 Credential=222222222222/20260101/us-east-1/{scope}/aws4_request"
        headers = {"authorization": signature, **{name.replace("_", "-"): value for name, value in headers.items()}}
        call = calls.read_call(Message(b"", [method, target, "HTTP/1.1"], headers, body.encode()))
        return (str(call), call.parameters, call.account) if call else None

    def test_each_protocol_is_read(self):
        for arguments, expected in [
            (("sqs", "POST", "/", '{"QueueUrl": "u"}'), ("sqs:DeleteQueue", {"QueueUrl": "u"})),
            (("sns", "POST", "/", "Action=TagResource&ResourceArn=a&Tags.member.1.Key=k&Tags.member.1.Value=v"),
             ("sns:TagResource", {"ResourceArn": "a", "Tags": [{"Key": "k", "Value": "v"}]})),
            (("ec2", "POST", "/", "Action=CreateTags&ResourceId.1=a&Tag.1.Key=k"), ("ec2:CreateTags", {"Resources": ["a"], "Tags": [{"Key": "k"}]})),
            (("s3", "PUT", "/b?versioning", "<V xmlns='x'><Status>Enabled</Status></V>"),
             ("s3:PutBucketVersioning", {"Bucket": "b", "VersioningConfiguration": {"Status": "Enabled"}})),
            (("s3", "PUT", "/b/a/key", "text"), ("s3:PutObject", {"Bucket": "b", "Key": "a/key", "Body": b"text"})),
            (("lambda", "DELETE", "/2015-03-31/functions/f/policy/s?Qualifier=live"),
             ("lambda:RemovePermission", {"FunctionName": "f", "StatementId": "s", "Qualifier": "live"})),
            (("apigateway", "POST", "/v2/apis/a/routes", '{"routeKey": "$default"}'), ("apigatewayv2:CreateRoute", {"ApiId": "a", "RouteKey": "$default"})),
            (("apigateway", "PUT", "/restapis/a/resources/r/methods/GET", '{"authorizationType": "NONE"}'),
             ("apigateway:PutMethod", {"restApiId": "a", "resourceId": "r", "httpMethod": "GET", "authorizationType": "NONE"})),
        ]:
            headers = {"x_amz_target": "AmazonSQS.DeleteQueue"} if arguments[0] == "sqs" else {}
            self.assertEqual(self.read(*arguments, **headers), (*expected, "222222222222"))
        self.assertIsNone(self.read("unknown", "POST", "/"))


rulebook.load()
if __name__ == "__main__":
    unittest.main()
