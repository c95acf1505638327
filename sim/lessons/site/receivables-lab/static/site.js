/* Brings our Chinese font for machines without one. Chromium keeps boxes in text that was laid out before the font came,
 * until that text's settings change: the class does that.
 */
(() => {
  const file = new URL('ReceivablesSansSC-Regular.woff2', document.currentScript.src).href;
  const font = new FontFace('Receivables Sans SC', `url(${file}) format('woff2')`);
  font.load().then(loaded => {
    document.fonts.add(loaded);
    document.documentElement.classList.add('arlab-font-ready');
  });
})();

/* Names each slider's handle after the slider's label: the widgets leave it without a name for those who hear the page. */
(() => {
  const nameHandles = root => {
    for (const handle of root.querySelectorAll('.arlab-panel .noUi-handle:not([aria-label])')) {
      const label = handle.closest('.widget-slider')?.querySelector('.widget-label')?.textContent;
      if (label) {
        handle.setAttribute('aria-label', label);
      }
    }
  };
  new MutationObserver(changes => {
    for (const added of changes.flatMap(change => [...change.addedNodes])) {
      if (added.nodeType === Node.ELEMENT_NODE) {
        nameHandles(added);
      }
    }
  }).observe(document, { childList: true, subtree: true });
  nameHandles(document);
})();
