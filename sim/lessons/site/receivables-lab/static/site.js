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
