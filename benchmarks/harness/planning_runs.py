"""What needs no endpoint: start-up, and planning big configurations in memory, beside Terraform."""

import os
import shutil
from pathlib import Path

import planning
from measure import Failed, Samples, run

# Terraform's time for as many `terraform_data`, from experience: beyond these it takes from a quarter of an hour to days.
TERRAFORM_LIMITS = {"flat": 10_000, "dag": 10_000, "chain": 1_000}
TERRAFORM_FULL_LIMITS = {"flat": 100_000, "dag": 20_000, "chain": 5_000}
SIZES = (1_000, 10_000, 100_000)
GROWTH_SIZES = (5_000, 50_000)


class PlanningRuns:
    def __init__(self, program: Path, folder: Path, samples: Samples, rounds: int, quick: bool, full: bool, say):
        self.program, self.folder, self.samples, self.rounds, self.say = program, folder, samples, rounds, say
        self.sizes = SIZES[:2] if quick else SIZES
        self.quick = quick
        self.limits = TERRAFORM_FULL_LIMITS if full else TERRAFORM_LIMITS
        if quick:
            self.limits = {shape: 1_000 for shape in planning.SHAPES}
        self.terraform = shutil.which("terraform")
        self.skipped: list[str] = []
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))} | {
            "CHECKPOINT_DISABLE": "1",
            "TF_CLI_CONFIG_FILE": os.devnull,
            "NO_COLOR": "1",
        }
        if not self.terraform:
            self.skipped.append("everything of Terraform: it is not installed (no `terraform` in PATH)")

    def startup(self) -> None:
        """`version`, and `validate` of a small stack, against `terraform version`."""
        small = planning.write_stack(self.folder / "small", 10, "dag")
        commands = {
            ("start", "stackform version"): [self.program, "version"],
            ("start", "stackform validate"): [self.program, "validate", small],
        }
        if self.terraform:
            commands["start", "terraform version"] = [self.terraform, "version"]
        for _ in range(8 * self.rounds):
            for key, command in commands.items():
                self.samples.add(key, run(command, self.environment, self.folder))

    def plans(self) -> None:
        for size in sorted({*self.sizes, *(() if self.quick else GROWTH_SIZES)}):
            for shape in planning.SHAPES:
                if size in GROWTH_SIZES and shape == "flat":
                    continue
                self._plan(size, shape)

    def _plan(self, size: int, shape: str) -> None:
        stack = planning.write_stack(self.folder / f"stack-{shape}-{size}", size, shape)
        rounds = self.rounds if size <= 10_000 else min(3, self.rounds)
        compares = self.terraform is not None and size in self.sizes
        if compares and size > self.limits[shape]:
            why = "`--quick` leaves it out" if self.quick else "it would take from a quarter of an hour to days, by its growth"
            self.skipped.append(f"`terraform plan` of {size:,} {shape}: {why}")
            compares = False
        configuration = self._configuration(size, shape) if compares else None
        # One plan of Terraform's takes up to minutes at these sizes, and its spread is small beside the ratio.
        terraform_rounds = min(3, rounds) if size <= 1_000 else 1
        for place in range(rounds):
            self.samples.add(
                ("plan", "stackform", shape, size),
                run([self.program, "plan", "--offline", stack], self.environment, self.folder),
            )
            if configuration and place < terraform_rounds:
                command = [self.terraform, "plan", "-input=false", "-lock=false"]
                self.samples.add(("plan", "terraform", shape, size), run(command, self.environment, configuration))
        seconds = self.samples.seconds(("plan", "stackform", shape, size))
        other = self.samples.seconds(("plan", "terraform", shape, size))
        self.say(f"plan {shape} {size:,}: {seconds:.3f} s" + (f", terraform {other:.2f} s" if other else ""))

    def _configuration(self, size: int, shape: str) -> Path | None:
        folder = planning.write_terraform(self.folder / f"terraform-{shape}-{size}", size, shape)
        try:
            run([self.terraform, "init", "-input=false", "-backend=false"], self.environment, folder)
        except Failed as failure:
            self.skipped.append(f"`terraform plan` of {size:,} {shape}: {failure}")
            return None
        return folder
