"""Says what a change can touch, for `scripts/test --changed`: by the names of folders, and by the sources themselves.

    changed.py [REV]            what differs from REV, uncommitted files included; without REV since the branch left main, or since HEAD
    changed.py --files FILE…    what a change of these files can touch

Prints one choice a line: `filter REGEX` (of Swift tests), `section NAME` (of the conformance suite), `endpoint NAME` (which these
need), `bash FILE` and `python FILE` (scripts, which are only parsed).
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KINDS = Path("Sources/Providers/Kinds")
CONFORMANCE = Path("Tests/EndpointTests/Conformance")
STRICT = Path("Tests/Strict")
TRAITS = Path("Sources/Providers/AWS/Traits")
# These stand for all kinds where a change can touch any of them: they cost little, and speak two protocols.
SMOKE = ("policies", "streams")
# The test targets that a change of a source target can touch.
DEPENDENTS = {
    "Planner": ("PlannerTests", "ProvidersTests", "StackformTests"),
    "Providers": ("ProvidersTests", "StackformTests"),
    "Stackform": ("StackformTests",),
}
# The pages and stacks that StackformTests reads.
READ_BY_TESTS = ("docs", "examples", "stacks", ".github")


class Choice:
    def __init__(self):
        self.filters, self.sections, self.endpoints, self.scripts = set(), set(), set(), set()

    def targets(self, names):
        self.filters |= {rf"^{name}\." for name in names}

    def suites(self, files):
        """The suites that the test files declare, and the endpoints that they need."""
        for file in files:
            text = read(file)
            names = re.findall(r"^(?:@Suite.*\s)?(?:struct|extension) (\w+Tests\b|`[^`]+`)", text, re.MULTILINE)
            if "@Test" not in text or not names:
                continue
            self.filters |= {rf"^{file.parts[1]}\.{escaped(name)}/" for name in names}
            if ".enabled(if:" in text and file.parts[1] == "EndpointTests":
                self.endpoints |= {"ministack", "localstack"}
                self.endpoints |= {"ministack-auth"} if "checkingSignatures" in text else set()
                self.endpoints |= {"second-localstack"} if re.search(r"\bLadder\b|urls\.count", text) else set()

    def conformance(self, sections):
        """All samples of the sections, and what is counted and read of all samples."""
        self.sections |= set(sections)
        self.suites(CONFORMANCE / f"{name}Tests.swift" for name in ("Conformance", "RequestCount", "SampleCoverage"))

    def lines(self):
        yield from (f"filter {name}" for name in sorted(self.filters))
        yield from (f"section {name}" for name in sorted(self.sections))
        yield from (f"endpoint {name}" for name in sorted(self.endpoints))
        yield from (f"{language} {file}" for language, file in sorted(self.scripts))


def choose(files):
    choice = Choice()
    for file in map(Path, files):
        top, target = file.parts[0], file.parts[1] if len(file.parts) > 2 else ""
        # A folder that names no section is of no kind: all of them may use it.
        if KINDS in file.parent.parents and sections_of(file):
            choose_kind(choice, file)
        elif top == "Sources" or file.name == "Package.swift":
            # What is no target of ours is a C library, which any of them may use.
            source = target if target in DEPENDENTS else "Planner"
            choice.targets(DEPENDENTS[source])
            if source != "Stackform":
                choice.conformance(SMOKE)
            if TRAITS in file.parents:
                choice.suites([Path("Tests/EndpointTests/Traits/TraitTests.swift")])
        elif top == "Tests":
            choose_test(choice, file)
        elif Path("scripts/emulators") in file.parents:
            choice.conformance(SMOKE)
        elif top in READ_BY_TESTS or file.suffix in (".md", ".json"):
            choice.targets(["StackformTests"])
        choose_script(choice, file)
    return choice


def sections_of(file):
    """The sections of the kinds in a file's folder, by the name of the kind."""
    sections = {}
    for source in swift(KINDS / file.relative_to(KINDS).parts[0]):
        for section in re.findall(r'\bSchema\(\s*section: "(\w+)"', read(source)):
            sections[source.stem.split("+")[0]] = section
    return sections


def choose_kind(choice, file):
    """A file of a kind: its samples, its unit tests and its round trips, and every test that walks the registry."""
    folder = file.relative_to(KINDS).parts[0]
    sections = sections_of(file)
    # `LayerKind+Verbs.swift` is of one kind; what is not named after a kind is of all in the folder.
    kinds = [kind for kind in sections if kind == file.stem.split("+")[0]] or list(sections)
    choice.conformance(sections[kind] for kind in kinds)
    choice.targets(["StackformTests"])
    units = Path("Tests/ProvidersTests")
    choice.suites(swift(units / "Kinds" / folder) + swift(units / "Language"))
    choice.suites(test for test in swift(units / "Kinds") if test.parent == units / "Kinds")
    choice.suites(test for test in swift("Tests/EndpointTests/RoundTrips") if names_any(test, kinds))


def choose_test(choice, file):
    """A test file's own suites; of a file without any the suites of those that use it, or else of the nearest folder above."""
    text = read(file)
    if STRICT in file.parents:
        return choice.conformance(SMOKE)
    if CONFORMANCE in file.parents and "Tests.swift" not in file.name:
        return choice.conformance(re.findall(r'section: "(\w+)"', text) or SMOKE)
    if file.suffix == ".swift" and "@Test" in text:
        if file == CONFORMANCE / "ConformanceTests.swift":
            choice.conformance(SMOKE)
        return choice.suites([file])
    declared = re.findall(r"^(?:final )?(?:struct|class|enum|actor) (\w+)", text, re.MULTILINE)
    users = [test for test in swift("Tests") if "@Test" in read(test) and names_any(test, declared)]
    if not users and file.parts[1].endswith("Tests"):
        folders = ([test for test in swift(folder) if "@Test" in read(test)] for folder in file.parents)
        users = next(tests for tests in folders if tests)
    # What several targets read: `Tests/Corpus/bad-stacks.txt`.
    users = users or [test for test in swift("Tests") if re.search(rf"/{file.parts[1]}\b", read(test))]
    choice.suites(users)


def choose_script(choice, file):
    first = read(file).partition("\n")[0]
    if file.suffix == ".sh" or re.match("#!.*bash", first):
        choice.scripts.add(("bash", str(file)))
    if file.suffix == ".py" or re.match("#!.*python", first):
        choice.scripts.add(("python", str(file)))


def names_any(file, names):
    return any(re.search(rf"\b{name}\b", read(file)) for name in names)


def escaped(name):
    return re.sub(r"([][.(){}?*+^$|\\])", r"\\\1", name)


def swift(folder):
    return sorted(path.relative_to(ROOT) for path in ROOT.joinpath(folder).rglob("*.swift"))


def read(file):
    """The text of a file; none of one that was deleted, or is not text."""
    try:
        return ROOT.joinpath(file).read_text()
    except (OSError, UnicodeDecodeError):
        return ""


def changed_since(revision):
    """The path of every file that differs from the revision, deleted and untracked ones included."""
    names = git("diff", "--name-only", "--no-renames", revision) + git("ls-files", "--others", "--exclude-standard")
    return sorted(set(names))


def default_revision():
    for main in ("main", "origin/main"):
        base = git("merge-base", "HEAD", main, check=False)
        if base:
            return base[0]
    return "HEAD"


def git(*arguments, check=True):
    answer = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    if check and answer.returncode:
        sys.exit(answer.stderr.strip())
    return answer.stdout.splitlines()


def main(arguments):
    if arguments[:1] == ["--files"]:
        files = arguments[1:]
    else:
        files = changed_since(arguments[0] if arguments else default_revision())
    for line in choose(files).lines():
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
