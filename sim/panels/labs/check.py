"""Is a lab's file in order? `python -m sim.panels.labs.check NAME ...` says so, or everything that is wrong.

`--run` also tries what the lab leaves to the simulator: claims, goals' examples, computed answers.
"""

from __future__ import annotations

import click

from sim.base.errors import BadInput
from sim.panels.labs.declared import Declared, GoalTask
from sim.panels.labs.loading import lab_names, load_lab
from sim.panels.labs.trial import tried
from sim.words import Words


@click.command()
@click.argument("names", nargs=-1)
@click.option("--run", is_flag=True, help="Also try what the lab leaves to the simulator.")
def main(names: tuple[str, ...], run: bool) -> None:
    """Check these labs, or all of them."""
    wrong = sum([checked(name, run) for name in names or lab_names()])
    raise SystemExit(1 if wrong else 0)


def checked(name: str, run: bool) -> int:
    """Say what is wrong with this lab; how much is it?"""
    try:
        lab = load_lab(name)
    except BadInput as bad:
        click.echo(Words("en").problems(bad))
        return len(bad.problems)
    click.echo(
        f"{name}: {len(lab.tasks)} tasks, {len(lab.predictions)} predictions, {len(lab.pictures)} pictures"
    )
    for task in lab.tasks:
        if isinstance(task, GoalTask) and not (task.example or task.example_policy):
            click.echo(f"  goal {task.id}: needs an example that reaches it")
    return failures(lab) if run else 0


def failures(lab: Declared) -> int:
    """Try everything, say what came; how much does not hold?"""
    found = 0
    for one in tried(lab):
        found += not one.holds
        click.echo(f"  {'ok' if one.holds else 'NO'}  {one.what}: {one.came}")
    return found


if __name__ == "__main__":
    main()
