"""Holds each rule against its own examples: one row of calls that breaks it, one that does not."""

import sys
import unittest

import rulebook
import shapes
from calls import Call, model


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
                self.assertEqual(outcome(rule, rule.breaks)[-1:], [rule.id])
                self.assertEqual(set(outcome(rule, rule.keeps)), {None})

    def test_each_rule_names_operations_and_a_source(self):
        for rule in rulebook.RULES.values():
            with self.subTest(rule.id):
                self.assertLessEqual(set(rule.operations), set(model(rule.service).operation_names))
                self.assertTrue(rule.source.startswith(rulebook.DOCS), rule.source)


rulebook.load()
if __name__ == "__main__":
    unittest.main()
