"""Is a lab's file in order? `python -m sim.panels.labs.check NAME ...` says so, or everything that is wrong."""

from __future__ import annotations

import click

from sim.base.errors import BadInput
from sim.panels.labs.loading import lab_names, load_lab
from sim.words import Words


@click.command()
@click.argument("names", nargs=-1)
def main(names: tuple[str, ...]) -> None:
    """Check these labs, or all of them."""
    wrong = 0
    for name in names or lab_names():
        try:
            lab = load_lab(name)
        except BadInput as bad:
            wrong += 1
            click.echo(Words("en").problems(bad))
        else:
            click.echo(f"{name}: {len(lab.tasks)} tasks, {len(lab.predictions)} predictions")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
