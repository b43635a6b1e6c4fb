// The keys in words: a dialog that says what each does.

import { CROSS, byId, element, iconButton, remembered } from '../base/dom.js';
import { say } from '../base/say.js';

export const LETTER_KEYS = 'vault-tools-letters';
const keyRows = () => [
  [say('map.keyboard.group-map')],
  [['←', '→', '↑', '↓'], say('map.keyboard.move-or-neighbour')],
  [['Shift', '←', '→', '↑', '↓'], say('map.keyboard.move')],
  [['+', '-'], say('map.keyboard.zoom')],
  [['0'], say('map.page.fit')],
  [['/'], say('map.keyboard.search')],
  [['f'], say('map.keyboard.filter')],
  [['g'], say('map.keyboard.gaps')],
  [['l'], say('map.keyboard.learning')],
  [['o'], say('map.keyboard.list')],
  [say('map.keyboard.group-note')],
  [['Enter'], say('map.keyboard.read')],
  [['n'], say('map.keyboard.neighbourhood')],
  [['p'], say('map.keyboard.path')],
  [say('map.keyboard.group-page')],
  [['t'], say('map.page.theme')],
  [['Esc'], say('map.keyboard.back')],
  [['?'], say('map.keyboard.help')],
];

export function showKeys() {
  (byId('keys') || keysMade()).showModal();
}

function keysMade() {
  const close = iconButton(CROSS, say('map.keyboard.close'));
  const letters = element('input', { type: 'checkbox', checked: remembered(LETTER_KEYS) !== 'off' });
  const dialog = element(
    'dialog',
    { id: 'keys', 'aria-labelledby': 'keys-title' },
    element(
      'div',
      { className: 'around-top' },
      element('h2', { id: 'keys-title', textContent: say('map.keyboard.title') }),
      close,
    ),
    element(
      'div',
      { className: 'keys-body' },
      ...keyGroups(),
      element('label', {}, letters, element('span', { textContent: say('map.keyboard.single-keys') })),
    ),
  );
  document.body.append(dialog);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  letters.addEventListener('change', () => remembered(LETTER_KEYS, letters.checked ? 'on' : 'off'));
  return dialog;
}

function keyGroups() {
  const groups = [];
  for (const [keys, meaning] of keyRows()) {
    if (meaning === undefined)
      groups.push(element('section', {}, element('h3', { textContent: keys }), element('dl', {})));
    else
      groups
        .at(-1)
        .lastChild.append(
          element('dt', {}, ...keys.map((key) => element('kbd', { textContent: key }))),
          element('dd', { textContent: meaning }),
        );
  }
  return groups;
}
