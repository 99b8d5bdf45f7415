"""What the scoreboard of `scripts/chaos` takes for a failure: `python3 Tests/Scripts/scoreboard.py`."""

import contextlib
import io
import json
import re
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests/Chaos"))
sys.dont_write_bytecode = True
import scoreboard  # noqa: E402

GOOD = "✔ Test run with 3 tests in 1 suite passed after 1.0 seconds.\n"
FUZZED = "== json, 3 seconds\nstat::number_of_executed_units: 40\n== ledger, 3 seconds\nstat::number_of_executed_units: 2\n"
ISSUE = (
    '✘ Test "Whatever a run meets, it ends" recorded an issue with 1 argument endpoint → ministack at CrashTests.swift:39:7: '
    "Expectation failed: (a → 1) == 2\n↳ killed at 4, seed 7\n")


def board(outputs, statuses, without=None, fuzzes=True):
    """The page that is made of a run with these outputs and statuses, by name; of all sorts but one something was tried."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tries").mkdir()
        for sort in scoreboard.SORTS:
            if sort != without:
                (folder / f"tries/{sort}.json").write_text(json.dumps({"sort": sort, "what": "things", "tried": 10}))
        if fuzzes:
            outputs, statuses = {"fuzz": FUZZED} | outputs, {"fuzz": 0} | statuses
        for name, text in outputs.items():
            (folder / f"output-{name}.txt").write_text(text)
        for name, status in statuses.items():
            (folder / f"status-{name}").write_text(f"{status}\n")
        (folder / "run.json").write_text('{"date": "2026-08-01", "minutes": 2, "cores": 2, "first": 7, "last": 7}')
        with contextlib.redirect_stdout(io.StringIO()):
            code = scoreboard.main(folder, folder / "page.md")
        return code, (folder / "page.md").read_text()


class ScoreboardTests(unittest.TestCase):
    def test_what_held_is_counted_with_what_the_fuzzer_threw(self):
        code, page = board({"unseeded": GOOD, "7": GOOD, "fuzz": FUZZED}, {"unseeded": 0, "7": 0, "fuzz": 0})
        self.assertEqual(code, 0)
        self.assertIn("132 tries, all held", page)
        self.assertIn("40 random texts for the reader `json`", page)

    def test_an_issue_is_a_failure_of_its_sort_with_its_seed(self):
        code, page = board({"7": ISSUE + GOOD}, {"7": 1})
        self.assertEqual(code, 1)
        self.assertIn("1 did not hold", page)
        self.assertRegex(page, r"\| Kills +\| 10 +\| not: 1 ")
        self.assertIn("- seed 7: \"Whatever a run meets, it ends\"", page)
        self.assertIn("killed at 4, seed 7", page)

    def test_an_issue_in_what_suites_share_is_of_the_suite_that_failed_or_of_no_known_sort(self):
        issue = ISSUE.replace("CrashTests.swift", "Workplace.swift")
        _, page = board({"7": issue + "✘ Suite SecretTests failed after 1.0 seconds.\n"}, {"7": 1})
        self.assertRegex(page, r"\| Secrets +\| 10 +\| not: 1 ")
        _, page = board({"7": issue}, {"7": 1})
        self.assertRegex(page, r"\| Of no known sort +\| +\| not: 1 ")

    def test_what_a_reader_was_thrown_before_it_broke_is_counted(self):
        broken = FUZZED.replace("== json, 3 seconds\n", "== json, 3 seconds\n==123==ERROR: AddressSanitizer\n")
        _, page = board({"7": GOOD, "fuzz": broken}, {"7": 0, "fuzz": 0})
        self.assertIn("40 random texts for the reader `json`", page)

    def test_a_reader_that_was_thrown_nothing_is_a_failure(self):
        _, page = board({"7": GOOD, "fuzz": FUZZED + "== xml, 3 seconds\n"}, {"7": 0, "fuzz": 0})
        self.assertIn("nothing was thrown at the reader xml", page)
        _, page = board({"7": GOOD}, {"7": 0}, fuzzes=False)
        self.assertIn("nothing was thrown at the reader of any sort", page)

    def test_each_suite_of_the_script_has_a_sort_and_exists(self):
        root = Path(__file__).resolve().parents[2]
        lists = re.findall(r"^(?:rounds|once)=\((.*?)\)", (root / "scripts/chaos").read_text(), re.S | re.M)
        run = " ".join(lists).split()
        self.assertEqual(sorted(run), sorted(scoreboard.SORT_OF))
        sources = "".join(file.read_text() for file in (root / "Tests").rglob("*Tests.swift"))
        for suite in run:
            self.assertRegex(sources, rf"struct {suite}\b")

    def test_a_crash_a_status_without_a_word_and_none_at_all_are_failures(self):
        for output, statuses, words in [
            ("error: Exited with unexpected signal code 11\n", {"7": 1}, "`error: Exited with unexpected signal code 11`"),
            ("Swift/Integers.swift:1: Fatal error: Division by zero\n", {"7": 0}, "Fatal error: Division by zero"),
            (GOOD, {"7": 124}, "ended with 124"), (GOOD, {}, "ended with no status"),
        ]:
            code, page = board({"7": output}, statuses)
            self.assertEqual(code, 1)
            self.assertIn("1 did not hold", page)
            self.assertIn(words, page)

    def test_what_breaks_a_reader_and_a_sort_of_which_nothing_was_tried_are_failures(self):
        broken = (
            "== json, 3 seconds\nSUMMARY: AddressSanitizer: heap-buffer-overflow\n"
            "error: the reader of a json ended with 77: .build/fuzz/json.log\n")
        page = board({"fuzz": broken}, {"fuzz": 1})[1]
        self.assertIn("- fuzz: `error: the reader of a json ended with 77", page)
        self.assertIn("2 did not hold", page)
        code, page = board({"7": GOOD}, {"7": 0}, without="network")
        self.assertEqual(code, 1)
        self.assertIn("nothing was tried of: Faults of the network", page)


if __name__ == "__main__":
    unittest.main()
