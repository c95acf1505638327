"""When has a page said and heard all that follows from what a person did?

The page's own messages to its kernel are counted: each is answered by "idle" when the kernel has done all it asked.
What a panel works out beside that shows a progress sign, as it does to people.
"""

from __future__ import annotations

from typing import Any

PATIENCE = 120_000  # milliseconds
STILL = 400
"""Milliseconds of silence: what waits for an answer before it is sent follows at once."""
STILL_SHORTLY = 120
"""So many are enough between two moves and before a look."""

COUNT = """(() => {
  const open = new Map();
  let last = performance.now();
  let asked = last;
  const text = new TextDecoder();
  const parts = data => {
    if (typeof data === 'string') {
      const found = JSON.parse(data);
      return [found.channel, found.header, found.parent_header, found.content];
    }
    const view = new DataView(data.buffer ?? data, data.byteOffset ?? 0);
    const places = [...Array(Number(view.getBigUint64(0, true))).keys()].map(
      n => Number(view.getBigUint64(8 * (n + 1), true)));
    const part = n => text.decode(new Uint8Array(view.buffer, view.byteOffset + places[n], places[n + 1] - places[n]));
    const header = JSON.parse(part(1));
    return [part(0), header, JSON.parse(part(2)), header.msg_type === 'status' ? JSON.parse(part(4)) : null];
  };
  const said = data => {
    const [channel, header] = parts(data);
    if (channel === 'shell') {
      open.set(header.msg_id, header.msg_type);
      asked = last = performance.now();
    }
  };
  const heard = data => {
    const [, header, parent, content] = parts(data);
    last = performance.now();
    if (header.msg_type === 'status' && content.execution_state === 'idle') {
      open.delete(parent.msg_id);
      asked = open.size ? asked : last;
    }
  };
  const isKernel = address => String(address).includes('/channels');
  window.WebSocket = class extends window.WebSocket {
    constructor(address, ...more) {
      super(address, ...more);
      if (isKernel(address)) {
        this.addEventListener('message', event => heard(event.data));
        this.addEventListener('close', () => open.clear());
      }
    }
    send(data) {
      if (isKernel(this.url)) {
        said(data);
      }
      super.send(data);
    }
  };
  const isLoading = () => [...document.querySelectorAll('.jp-OutputArea-output')].some(
    place => !place.firstElementChild && /^(Loading widget|正在载入)/.test(place.textContent));
  const isSaid = isEnough => [...document.querySelectorAll('.arlab-progress')].every(place => {
    const [done, all] = place.getClientRects().length ? place.innerText.match(/[0-9]+/g) ?? [] : [];
    return done === undefined || isEnough(done, all);
  }) && document.querySelector('.arlab-working') === null && !isLoading();
  window.arlabIsQuiet = still => {
    if (!isSaid((done, all) => done === all)) {
      last = performance.now();
    }
    return open.size === 0 && performance.now() - last > still;
  };
  window.arlabUnanswered = () => [...open.values(), '...', ...[...document.querySelectorAll('.arlab-progress')].map(
    place => place.innerText), document.querySelectorAll('.arlab-working').length];
  window.arlabTouched = () => {
    asked = last = performance.now();
  };
  window.arlabIsTold = still => open.size === 0 && performance.now() - asked > still && isSaid(done => done !== '0');
})()"""


def count_messages(context: Any) -> None:
    """Let every page of this context count its messages from its first one."""
    context.add_init_script(COUNT)


def until_quiet(page: Any, still: int = STILL) -> None:
    """Wait until nothing more comes of what was done last."""
    _wait(page, f"window.arlabIsQuiet({still})")


def until_told(page: Any, still: int = STILL) -> None:
    """Wait until there is a first answer to what was done last; more runs may still come."""
    _wait(page, f"window.arlabIsTold({still})")


def _wait(page: Any, holds: str) -> None:
    from playwright.sync_api import TimeoutError as TooLong

    page.evaluate("window.arlabTouched()")  # what was just done may not have been sent yet
    try:
        page.wait_for_function(holds, timeout=PATIENCE, polling=50)
    except TooLong as late:
        raise AssertionError(f"not quiet: {page.evaluate('window.arlabUnanswered()')}") from late
