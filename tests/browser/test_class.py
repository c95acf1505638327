"""Can a class open the lessons by typing a code, and does the trainer see what to project?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from tests.browser.quiet import PATIENCE
from tests.browser.visit import Served, Visit, boxes, start, stop

ASK_KERNEL = """async types => {
  const {kernelId} = JSON.parse(document.getElementById('jupyter-config-data').textContent);
  const [write, read] = [new TextEncoder(), new TextDecoder()];
  const packed = parts => {
    const bytes = parts.map(part => write.encode(part));
    const head = 8 * (parts.length + 2);
    const places = bytes.reduce((ends, part) => [...ends, ends.at(-1) + part.length], [head]);
    const view = new DataView(new ArrayBuffer(places.at(-1)));
    [places.length, ...places].forEach((number, at) => view.setBigUint64(8 * at, BigInt(number), true));
    bytes.forEach((part, at) => new Uint8Array(view.buffer).set(part, places[at]));
    return view.buffer;
  };
  const part = (buffer, at) => {
    const place = number => Number(new DataView(buffer).getBigUint64(8 * (number + 1), true));
    return read.decode(new Uint8Array(buffer, place(at), place(at + 1) - place(at)));
  };
  const replies = [];
  const address = `ws://${location.host}/api/kernels/${kernelId}/channels?session_id=test`;
  const line = new WebSocket(address, ['v1.kernel.websocket.jupyter.org']);
  line.binaryType = 'arraybuffer';
  line.onmessage = ({data}) => part(data, 0) === 'shell' && replies.push(JSON.parse(part(data, 1)).msg_type);
  await new Promise(done => { line.onopen = done; });
  types.forEach((type, at) => {
    const header = {msg_id: `asked-${at}`, msg_type: type, session: 'test', username: '', version: '5.3', date: ''};
    const content = type === 'execute_request' ? {code: '6 * 7', silent: false, store_history: false} : {};
    line.send(packed(['shell', JSON.stringify(header), '{}', '{}', JSON.stringify(content)]));
  });
  const since = performance.now();
  while (!replies.includes('kernel_info_reply') && performance.now() - since < 30000) {
    await new Promise(done => setTimeout(done, 50));
  }
  line.close();
  return replies;
}"""
UNAUTHORISED = "401"  # a browser logs the answer to a wrong code as an error


@pytest.fixture
def taught() -> Iterator[tuple[Served, str]]:
    """A server that is open to a class, and all that its window says."""
    served = start("show", "zh", "--class", "--address", "127.0.0.1", "--trainer")
    assert served.process.stdout is not None
    said = served.said
    while "/trainers_room/" not in said:
        line = served.process.stdout.readline()
        assert line, said
        said += line
    yield served, said
    stop(served)


def test_trainees_type_the_code_and_the_trainer_projects_it(
    taught: tuple[Served, str], visit: Callable[[], Visit]
):
    served, said = taught
    place = re.match(r"http://[^/?]+", served.address)
    code = re.search("口令：(.+)", said)
    assert place is not None
    assert code is not None
    trainee = visit()
    trainee.page.goto(place[0])
    field = trainee.page.locator("input[name=password]")
    field.fill("2222 2222")
    field.press("Enter")
    trainee.says("[role=alert]", "口令不正确", "does not fit")
    trainee.picture("class-wrong-code")
    field.fill(code[1].upper())
    field.press("Enter")
    trainee.page.wait_for_selector(".arlab-way", timeout=PATIENCE)
    assert "/zh/01_start_here" in trainee.page.url
    answered = trainee.page.evaluate(
        ASK_KERNEL, ["execute_request", "complete_request", "kernel_info_request"]
    )
    assert answered == ["kernel_info_reply"]
    assert trainee.page.request.get(f"{place[0]}/api/kernels").status == 404
    assert [error for error in trainee.errors if UNAUTHORISED not in error] == []
    assert trainee.elsewhere == []

    projected = visit()
    projected.page.goto(address_in(said, "/class"))
    projected.says(".arlab-class-place", place[0])
    projected.says(".arlab-class-code", code[1])
    projected.says("#arlab-class-count", "1")
    assert projected.page.locator(".arlab-class svg").bounding_box()["width"] > 200
    projected.picture("class-projected")
    assert boxes(projected) == []
    assert projected.errors == []
    projected.page.goto(address_in(said, "/trainers_room"))
    projected.page.wait_for_selector(".arlab-room-body", timeout=PATIENCE)


def address_in(said: str, page: str) -> str:
    """The address of this page, as the window says it."""
    found = re.search(rf"http://\S+{page}\S+", said)
    assert found is not None
    return found[0]
