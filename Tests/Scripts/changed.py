"""What `scripts/test --changed` chooses: `python3 Tests/Scripts/changed.py`."""

import re
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
sys.dont_write_bytecode = True
import changed  # noqa: E402


def chosen(*files):
    """What is chosen, by kind of choice: {"section": ["queues"], …}."""
    lines = [line.split(" ", 1) for line in changed.choose(files).lines()]
    return {kind: [name for other, name in lines if other == kind] for kind, _ in lines}


class ChoiceOfTests(unittest.TestCase):
    def test_a_kind_has_its_section_its_unit_tests_and_its_round_trip(self):
        choice = chosen("Sources/Providers/Kinds/SQS/QueueKind.swift")
        self.assertEqual(choice["section"], ["queues"])
        self.assertEqual(choice["endpoint"], ["localstack", "ministack"])
        for name in (
            r"^EndpointTests\.ConformanceTests/", r"^EndpointTests\.`A queue on a real endpoint`/",
            r"^ProvidersTests\.`A queue's verbs`/", r"^ProvidersTests\.KindDeclarationTests/", r"^StackformTests\.",
        ):
            self.assertIn(name, choice["filter"])
        self.assertNotIn(r"^PlannerTests\.", choice["filter"])

    def test_every_section_is_chosen_by_a_change_of_its_folder(self):
        kinds = changed.ROOT / changed.KINDS
        named = {section for file in kinds.rglob("*.swift") for section in re.findall(r'section: "(\w+)", kind: "', file.read_text())}
        folders = [path.name for path in kinds.iterdir() if path.is_dir()]
        self.assertGreater(len(named), 10)
        self.assertLessEqual(
            named, {section for folder in folders for section in chosen(f"{changed.KINDS}/{folder}/New.swift")["section"]})

    def test_a_file_that_is_named_after_one_kind_of_a_folder_touches_that_one(self):
        self.assertEqual(chosen("Sources/Providers/Kinds/Lambda/LayerKind+Verbs.swift")["section"], ["layers"])
        sections = chosen("Sources/Providers/Kinds/Lambda/FunctionReference.swift")["section"]
        self.assertTrue({"lambdas", "layers", "permissions"} <= set(sections), sections)

    def test_what_all_kinds_share_has_all_unit_tests_and_the_smoke(self):
        for file in ("Sources/Providers/Kinds/LiveTags.swift", "Sources/Providers/AWS/Client/Waiting.swift"):
            choice = chosen(file)
            self.assertEqual(choice["section"], sorted(changed.SMOKE))
            self.assertIn(r"^ProvidersTests\.", choice["filter"])

    def test_a_trait_has_the_probes(self):
        choice = chosen("Sources/Providers/AWS/Traits/EndpointTrait+S3.swift")
        self.assertIn(r"^EndpointTests\.TraitTests/", choice["filter"])
        self.assertIn("localstack", choice["endpoint"])

    def test_the_command_line_needs_no_endpoint(self):
        self.assertEqual(chosen("Sources/Stackform/Session/Banner.swift"), {"filter": [r"^StackformTests\."]})

    def test_a_test_file_is_its_own_suites_with_the_endpoints_that_they_need(self):
        choice = chosen("Tests/EndpointTests/Program/Endpoint/SignatureTests.swift")
        self.assertEqual(choice["filter"], [r"^EndpointTests\.SignatureTests/"])
        self.assertIn("ministack-auth", choice["endpoint"])

    def test_a_sample_is_its_section(self):
        choice = chosen("Tests/EndpointTests/Conformance/Samples/QueueSample.swift")
        self.assertEqual(choice["section"], ["queues"])

    def test_support_is_who_uses_it(self):
        self.assertIn(
            r"^EndpointTests\.PromotionTests/", chosen("Tests/EndpointTests/Program/Support/Ladder.swift")["filter"])
        self.assertIn(r"^ProvidersTests\.BadKindStackTests/", chosen("Tests/Corpus/bad-stacks.txt")["filter"])

    def test_the_strict_layer_has_the_smoke(self):
        choice = chosen("Tests/Strict/rules/sqs.py")
        self.assertEqual((choice["section"], choice["python"]), (sorted(changed.SMOKE), ["Tests/Strict/rules/sqs.py"]))
        self.assertIn(r"^EndpointTests\.ConformanceTests/", choice["filter"])

    def test_pages_and_scripts(self):
        self.assertEqual(chosen("docs/testing.md"), {"filter": [r"^StackformTests\."]})
        self.assertEqual(chosen("scripts/test"), {"bash": ["scripts/test"]})
        self.assertEqual(chosen("scripts/changed.py"), {"python": ["scripts/changed.py"]})
        self.assertEqual(chosen("scripts/no-longer-there"), {})


if __name__ == "__main__":
    unittest.main()
