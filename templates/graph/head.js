// Shows the map in place of the plain list. Where it cannot be drawn, the list stays, and says why: this has to run in
// browsers that understand nothing of the rest.
(function () {
  var page = document.documentElement;
  var needed = ['DecompressionStream', 'Response', 'Blob', 'Float32Array', 'ResizeObserver', 'HTMLDialogElement'];

  function plain(why) {
    page.className = 'plain';
    page.setAttribute('data-why', why);
  }

  function failed() {
    if (!window.vaultGraph && page.className === 'live') plain('fault');
  }

  function able() {
    for (var at = 0; at < needed.length; at += 1) if (!window[needed[at]]) return false;
    try {
      new window.DecompressionStream('deflate-raw');
    } catch (fault) {
      return false;
    }
    var canvas = document.createElement('canvas');
    return Boolean(canvas.getContext && canvas.getContext('2d'));
  }

  if (!able()) {
    plain('old');
    return;
  }
  page.className = 'live';
  window.addEventListener('error', failed);
  window.addEventListener('unhandledrejection', failed);
})();
