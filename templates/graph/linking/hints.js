// Says for a moment that an address names something that is not in the vault.

import { byId, element } from '../base/dom.js';
import { say } from '../base/say.js';
import { shortWord } from './spelling.js';

function addressHint(text) {
  const line = byId('hint') || element('p', { id: 'hint', role: 'status' });
  byId('main').append(line);
  line.textContent = text;
  setTimeout(() => {
    if (line.textContent === text) line.remove();
  }, 8000);
}

export const hintUnknownName = (name) => addressHint(say('map.address.unknown-name', { name }));
export const hintUnknownNote = (name) => addressHint(say('map.address.unknown-note', { name: shortWord(name) }));
