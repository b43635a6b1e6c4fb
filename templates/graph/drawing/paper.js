// The page when it is printed: light, whatever its theme is on the screen.

let themeBefore = null;

export function startPaper(repaint) {
  addEventListener('beforeprint', () => {
    toPaper();
    repaint();
  });
  addEventListener('afterprint', () => {
    if (fromPaper()) repaint();
  });
}

function toPaper() {
  themeBefore = document.documentElement.dataset.theme || '';
  document.documentElement.dataset.theme = 'light';
  document.documentElement.classList.add('on-paper');
}

// Whether it was on paper.
function fromPaper() {
  if (themeBefore === null) return false;
  if (themeBefore) document.documentElement.dataset.theme = themeBefore;
  else delete document.documentElement.dataset.theme;
  document.documentElement.classList.remove('on-paper');
  themeBefore = null;
  return true;
}
