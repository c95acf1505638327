"""How is every control of a page found and moved to both its ends, whatever it is?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.panels.labs.loading import ORDER
from sim.words import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")
DRIVEN = {name: LANGUAGES[at % 2] for at, name in enumerate(ORDER)}
"""In which language is everything of this lab moved? In the other one its page is only looked at."""

FIND = """() => {
  const shown = place => place.getClientRects().length > 0;
  const apart = '.arlab-card, .arlab-way, .arlab-pages';
  const panels = [...document.querySelectorAll('#rendered_cells .arlab-panel')];
  const tops = panels.filter(panel => !panel.parentElement.closest('.arlab-panel') && !panel.closest(apart));
  const found = [];
  const add = (kind, place, top) => {
    const id = `${found.length}`;
    place.dataset.driven = id;
    tops[top].dataset.top = top;
    const box = place.closest('.jupyter-widgets, .widget-inline-hbox') ?? place;
    const beside = box.querySelector('.widget-label')?.innerText.replace('\u200b', '');
    const label = place.getAttribute('aria-label') || place.closest('label')?.innerText || beside || place.title
      || box.title || place.textContent || place.placeholder || '';
    const named = place.closest('[class*=arlab-]:not(.arlab-beside)');
    const kinds = [...(named?.classList ?? [])].filter(name => name.startsWith('arlab-'));
    const one = {id, kind, top, label: label.trim().slice(0, 60), kinds: kinds.join(' ')};
    const same = found.filter(other => ['kind', 'top', 'label', 'kinds'].every(part => other[part] === one[part]));
    found.push({...one, nth: same.length});
  };
  tops.forEach((panel, top) => {
    for (const place of panel.querySelectorAll('.noUi-handle, select, input, button')) {
      if (!shown(place) || place.disabled || place.closest(apart)) continue;
      const readout = place.closest('.widget-slider')?.querySelector('.widget-readout[contenteditable=true]');
      const isNumber = readout?.getClientRects().length && /^-?[0-9.,]+$/.test(readout.innerText);
      const begins = place.matches('.mod-primary:is(.arlab-stop, .arlab-twin-go, .arlab-layers-begin)');
      if (place.matches('.noUi-handle')) add(isNumber ? 'slider' : 'scale', place, top);
      else if (place.matches('select')) add('list', place, top);
      else if (place.matches('input[type=checkbox]')) add('tick', place, top);
      else if (place.matches('.widget-toggle-buttons button')) add('toggle', place, top);
      else if (place.matches('button')) add(begins ? 'begin' : 'button', place, top);
      else if (place.matches('input[type=number]:not(.arlab-number *)')) add('number', place, top);
      else if (place.matches('.widget-text > input:not([type=number])')) add('text', place, top);
      else if (place.matches('input[type=date]')) add('date', place, top);
    }
  });
  return found;
}"""

STATE = """top => {
  const panel = document.querySelector(`[data-top="${top}"]`);
  const said = [];
  const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const place = walker.currentNode.parentElement;
    if (!place.closest('.widget-readout, .noUi-base, button, option, style') && place.getClientRects().length) {
      said.push(walker.currentNode.data);
    }
  }
  const shapes = [...panel.querySelectorAll('svg')].map(drawing => drawing.innerHTML);
  const pictures = [...panel.querySelectorAll('img')].map(picture => picture.src.length + picture.src.slice(-400));
  const listed = [...panel.querySelectorAll('.arlab-customers option')].map(option => option.text);
  return [...said, ...shapes, ...pictures, ...listed].join('|');
}"""


@dataclass(frozen=True)
class Control:
    """A place that a hand can move."""

    id: str
    kind: str
    top: int
    label: str
    kinds: str
    nth: int

    @property
    def key(self) -> tuple[object, ...]:
        """What it is, also after its panel was laid out anew."""
        return (self.kind, self.top, self.label, self.kinds, self.nth)

    @property
    def selector(self) -> str:
        """Where it is now."""
        return f'[data-driven="{self.id}"]'


KINDS = ("begin", "list", "tick", "slider", "date", "number", "text", "scale", "toggle", "button")


def controls(page: Any) -> list[Control]:
    """All controls of the panels, tasks left aside; what can be put back to where it was comes first."""
    found = [Control(**each) for each in page.evaluate(FIND)]
    return sorted(found, key=lambda control: (control.top, KINDS.index(control.kind)))


def ends(page: Any, control: Control) -> Iterator[str]:
    """Move the control to one end and to the other, the caller looks at the page at each; then back if that is easy."""
    place = page.locator(control.selector)
    if control.kind in ("slider", "scale"):
        yield from _slide(page, control)
    elif control.kind == "list":
        was, last = place.evaluate("list => [list.selectedIndex, list.options.length - 1]")
        for at in dict.fromkeys((last, last // 2, 0)):
            place.select_option(index=at)
            yield str(at)
        place.select_option(index=was)
    elif control.kind == "text":
        for said in ("none is called so", ""):
            place.fill(said)
            yield said
    elif control.kind == "number":
        was = place.input_value()
        for said in (place.get_attribute("min"), place.get_attribute("max")):
            place.fill(said)
            page.keyboard.press("Enter")
            yield said
        place.fill(was)
        page.keyboard.press("Enter")
    elif control.kind == "date":
        year = place.input_value()[:4]
        for said in (f"{year}-01-04", f"{year}-12-20"):
            place.fill(said)
            yield said
    else:
        for at in range(2 if control.kind == "tick" or "arlab-replay-play" in control.kinds else 1):
            place.evaluate("place => place.click()")
            yield str(at)


def _slide(page: Any, control: Control) -> Iterator[str]:
    readout = page.locator(f".widget-slider:has({control.selector}) .widget-readout")
    was = readout.inner_text() if control.kind == "slider" else ""
    for key in ("Home", "End"):
        page.locator(control.selector).focus()
        page.keyboard.press(key)
        yield key
    if was:
        readout.fill(was)
        readout.press("Enter")


def state(page: Any, control: Control) -> str:
    """All that can be read or seen in this control's panel."""
    return str(page.evaluate(STATE, control.top))
