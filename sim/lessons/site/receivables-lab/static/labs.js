/* What the labs need of the page itself: names for those who hear it, the keyboard, printing, the glossary's tooltips. */
(() => {
  const groups = root => {
    for (const group of root.querySelectorAll('.arlab-group:not([role])')) {
      const title = group.querySelector('.arlab-title, .arlab-asked');
      group.setAttribute('role', 'group');
      if (title) {
        group.setAttribute('aria-label', title.textContent.trim());
      }
    }
    for (const said of root.querySelectorAll('.arlab-feedback:not([aria-live]), .arlab-hints:not([aria-live])')) {
      said.setAttribute('aria-live', 'polite');
    }
    for (const hinted of root.querySelectorAll('[title="null"]')) {
      hinted.removeAttribute('title'); // what the widgets write where no hint was given
    }
    for (const text of root.querySelectorAll('.arlab-rest > .widget-html-content:not([tabindex])')) {
      text.tabIndex = -1; // a text to which the kernel can take the keyboard: what comes next is read and tabbed from here
    }
    for (const button of root.querySelectorAll('.arlab-order button')) {
      if (button.title && button.getAttribute('aria-label') !== button.title) {
        button.setAttribute('aria-label', button.title);
      }
    }
  };

  /* An item that was moved takes the keyboard with it. */
  const follow = event => {
    const button = event.target.closest?.('.arlab-order .arlab-up, .arlab-order .arlab-down');
    if (!button) {
      return;
    }
    const kind = button.classList.contains('arlab-up') ? 'arlab-up' : 'arlab-down';
    const rows = [...button.closest('.arlab-order').children];
    const row = rows.findIndex(one => one.contains(button));
    const next = rows[row + (kind === 'arlab-up' ? -1 : 1)];
    const there = next?.querySelector(`.${kind}:not(:disabled)`) ?? next?.querySelector('button:not(:disabled)');
    there?.focus();
  };

  const print = event => {
    const button = event.target.closest?.('.arlab-print');
    const file = button?.parentElement?.querySelector('.arlab-download');
    if (!file) {
      return;
    }
    const bytes = Uint8Array.from(atob(file.href.split(',')[1]), letter => letter.charCodeAt(0));
    const frame = document.createElement('iframe');
    frame.style.cssText = 'position:fixed;right:0;bottom:0;width:0;height:0;border:0';
    frame.srcdoc = new TextDecoder().decode(bytes);
    frame.onload = () => {
      frame.contentWindow.focus();
      frame.contentWindow.print();
      setTimeout(() => frame.remove(), 60000);
    };
    document.body.append(frame);
  };

  /* The first time a term of the glossary stands in a block of prose it gets its meaning as a tooltip. */
  const PROSE = '.jp-RenderedMarkdown :is(p, li, td), .arlab-asked .widget-html-content, .arlab-sheet :is(p, li)';
  let terms = null;

  const readTerms = () => {
    const data = document.querySelector('script.arlab-glossary');
    if (terms || !data) {
      return terms;
    }
    const chinese = data.dataset.lang === 'zh';
    const meanings = new Map();
    const shorts = new Set(); // DSO, ADD: only in capitals, for "add up" is another word
    for (const [term, meaning] of Object.entries(JSON.parse(data.textContent))) {
      const short = term.match(/[(（]([^)）]+)[)）]/)?.[1];
      const names = [term.replace(/\s*[(（][^)）]+[)）]/, ''), short].filter(Boolean);
      names.filter(name => /^[A-Z/]+$/.test(name)).forEach(name => shorts.add(name.toLowerCase()));
      names.forEach(name => meanings.set(chinese ? name : name.toLowerCase(), `${term}${chinese ? '：' : ': '}${meaning}`));
    }
    const names = [...meanings.keys()].sort((one, other) => other.length - one.length);
    const escaped = names.map(name => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const edge = chinese ? ['(?<![A-Za-z])', '(?![A-Za-z])'] : ['(?<![\\w-])', '(?:s|es)?(?![\\w-])'];
    const find = new RegExp(`${edge[0]}(${escaped.join('|')})${edge[1]}`, chinese ? 'g' : 'gi');
    terms = { meanings, find, chinese, shorts };
    return terms;
  };

  const explain = block => {
    if (block.dataset.arlabTerms || block.closest('.arlab-no-terms')) {
      return;
    }
    block.dataset.arlabTerms = 'done';
    const seen = new Set();
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest('a, abbr, code, button, h1, h2, h3, script, style')) {
        texts.push(walker.currentNode);
      }
    }
    texts.forEach(text => {
      const known = [...text.data.matchAll(terms.find)].filter(
        found => terms.chinese || !terms.shorts.has(found[1].toLowerCase()) || found[1] === found[1].toUpperCase()
      );
      let rest = text;
      let taken = 0;
      for (const found of known) {
        const name = terms.chinese ? found[1] : found[1].toLowerCase();
        const match = rest.splitText(found.index - taken);
        rest = match.splitText(found[0].length);
        taken = found.index + found[0].length;
        if (!seen.has(name)) {
          seen.add(name);
          const term = document.createElement('abbr');
          term.className = 'arlab-term';
          term.tabIndex = 0;
          term.dataset.meaning = terms.meanings.get(name);
          term.setAttribute('aria-description', term.dataset.meaning);
          match.replaceWith(term);
          term.append(match);
        }
      }
    });
  };

  /* A tooltip stands above everything on the page and inside the window, or a cell would cut it off. */
  const tip = document.createElement('div');
  tip.className = 'arlab-meaning';
  tip.hidden = true;
  tip.setAttribute('aria-hidden', 'true'); // it is said by the term itself

  let told = null;

  const put = () => {
    const [place] = told?.getClientRects() ?? [];
    tip.hidden = !place;
    if (place) {
      const isRoomBelow = place.bottom + tip.offsetHeight + 12 < window.innerHeight;
      const last = document.documentElement.clientWidth - tip.offsetWidth - 8;
      tip.style.left = `${Math.max(8, Math.min(place.left, last))}px`;
      tip.style.top = `${isRoomBelow ? place.bottom + 6 : place.top - tip.offsetHeight - 6}px`;
    }
  };

  const tell = event => {
    told = event.target.closest?.('abbr.arlab-term') ?? told;
    if (told) {
      document.body.append(tip);
      tip.textContent = told.dataset.meaning;
      put();
    }
  };

  const hush = () => {
    told = null;
    put();
  };

  for (const kind of ['mouseover', 'focusin']) {
    document.addEventListener(kind, tell);
  }
  for (const kind of ['mouseout', 'focusout']) {
    document.addEventListener(kind, hush);
  }
  document.addEventListener('scroll', put, true);
  document.addEventListener('keydown', event => event.key === 'Escape' && hush());

  /* The widgets' own waiting words know English only. */
  const wait = () => {
    if (document.documentElement.lang.startsWith('zh')) {
      for (const place of document.querySelectorAll('.jp-OutputArea-output')) {
        if (!place.firstElementChild && place.textContent === 'Loading widget...') {
          place.textContent = '正在载入……';
        }
      }
    }
  };

  const look = root => {
    groups(root);
    wait();
    if (readTerms()) {
      document.querySelectorAll(PROSE).forEach(explain);
    }
  };

  let waiting = 0;
  new MutationObserver(() => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      look(document);
    }, 150);
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener('click', event => {
    print(event);
    setTimeout(() => follow(event), 120);
  });
  look(document);
})();
