"""What do the chosen figures say, subject by subject?"""

from __future__ import annotations

from sim.panels.live import findings
from sim.panels.parts.look import safe
from sim.panels.studio.compute import StudioAnswer, as_answer
from sim.panels.studio.metrics import grouped
from sim.words import Words

WIDTHS = ("16.5%", "12.5%", "13%", "13.5%", "22.5%", "9.5%", "12.5%")


def table(words: Words, found: StudioAnswer, metrics: tuple[str, ...], *, only_clear: bool = False) -> str:
    """Every chosen figure under both policies with the paired difference; a heading for each subject."""
    gaps = found.differences
    body = []
    for group, names in grouped(metrics):
        shown = [name for name in names if not only_clear or found.is_rough or gaps[name].is_clear]
        if shown:
            body.append(
                f'<tr class="arlab-group"><th colspan="7">{safe(words.say(f"studio.group.{group}"))}</th></tr>'
            )
            body += [findings.row(words, gaps[name], as_answer(found)) for name in shown]
    if not body:
        return safe(words.say("studio.table.none_clear"))
    heads = "".join(f"<th>{safe(head)}</th>" for head in findings.headings(words))
    widths = "".join(f'<col style="width:{width}">' for width in WIDTHS)
    return f'<table class="arlab-table"><colgroup>{widths}</colgroup><tr>{heads}</tr>{"".join(body)}</table>'
