"""When has a page said and heard all that follows from what a person did?

The page's own messages to its kernel are counted: each is answered by "idle" when the kernel has done all it asked.
What a panel works out beside that shows a progress sign, as it does to people.
"""

from __future__ import annotations

from typing import Any

PATIENCE = 180_000  # milliseconds
STILL = 400
"""Milliseconds of silence: what waits for an answer before it is sent follows at once."""

COUNT = """(() => {
  const open = new Set();
  let last = performance.now();
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
      open.add(header.msg_id);
      last = performance.now();
    }
  };
  const heard = data => {
    const [, header, parent, content] = parts(data);
    last = performance.now();
    if (header.msg_type === 'status' && content.execution_state === 'idle') {
      open.delete(parent.msg_id);
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
  const isWorking = () => [...document.querySelectorAll('.arlab-progress')].some(place => {
    const [done, all] = place.getClientRects().length ? place.innerText.match(/[0-9]+/g) ?? [] : [];
    return done !== all;
  }) || document.querySelector('.arlab-working') !== null;
  window.arlabIsQuiet = still => {
    if (isWorking()) {
      last = performance.now();
    }
    return open.size === 0 && performance.now() - last > still;
  };
})()"""


def count_messages(context: Any) -> None:
    """Let every page of this context count its messages from its first one."""
    context.add_init_script(COUNT)


def until_quiet(page: Any, still: int = STILL) -> None:
    """Wait until nothing more comes of what was done last."""
    page.wait_for_function("still => window.arlabIsQuiet(still)", arg=still, timeout=PATIENCE, polling=100)
