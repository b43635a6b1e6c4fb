// What is announced when something changes, to those who do not see it.

import { byId, element } from '../base/dom.js';
import { say } from '../base/say.js';
import { chosenText, foundText, modeText, shownText, wayText } from './sentences.js';
import { NONE, state, whenChanged } from '../base/state.js';

const SPOKEN_AFTER = 500;

const IN_TURN = ['selected', 'mode', 'way', 'found', 'shown'];
const announcements = new Map(); // what has changed → what is to be said of it
let announcing = 0;

// What changes at once is said at once, each thing as it is by then.
function announceSoon(what, sentence) {
  if (sentence) announcements.set(what, sentence);
  else announcements.delete(what);
  clearTimeout(announcing);
  announcing = setTimeout(announce, SPOKEN_AFTER);
}

function announce() {
  const sentences = IN_TURN.filter((what) => announcements.has(what)).map((what) => announcements.get(what)());
  announcements.clear();
  if (sentences.length) byId('live').textContent = sentences.join(say('common.semicolon'));
}

export function startAnnouncing() {
  byId('main').append(element('p', { id: 'live', className: 'unseen', role: 'status', 'aria-live': 'polite' }));
  whenChanged(['selected'], () => announceSoon('selected', state.selected !== NONE && chosenText));
  whenChanged(['found'], () => announceSoon('found', state.found && foundText));
  whenChanged(['mode'], () => announceSoon('mode', modeText));
  whenChanged(['way'], () => announceSoon('way', state.way && wayText));
  whenChanged(['shown'], () => announceSoon('shown', shownText));
}
