// The notes and the tag that an address names: they are known by their names when the index is there.

import { index, names } from '../base/data.js';
import { NONE } from '../base/state.js';
import { withTag } from '../seeing/visible.js';
import { hintUnknownName, hintUnknownNote } from './hints.js';
import { sameWord } from './names.js';
import { shortWord } from './spelling.js';

// The names of notes; none where the browser cannot open them.
export const indexOrNone = () => index().catch(() => ({ ids: [] }));

function nodeNamed(ids, name) {
  for (const exact of [name, `${name}.md`]) if (ids.includes(exact)) return ids.indexOf(exact);
  const isCalled = (id, node) => [id, names[node]].some((own) => sameWord(own, name)) || sameWord(id, `${name}.md`);
  return ids.findIndex(isCalled);
}

// The notes and the tag that an address names: { selected, depth, path, tag }, those that are not found as none.
export async function notesOf(address) {
  const patch = {};
  if (!['selected', 'path', 'tag'].some(address.has)) return patch;
  const { ids } = await indexOrNone();
  const named = (name) => {
    const node = nodeNamed(ids, name);
    if (node < 0 && name) hintUnknownNote(name);
    return node < 0 ? NONE : node;
  };
  if (address.has('selected')) {
    patch.selected = named(address.one('selected'));
    patch.depth = patch.selected !== NONE && /^[1-4]$/.test(address.one('depth')) ? Number(address.one('depth')) : 0;
  }
  if (address.has('path')) {
    const ends = address.many('path', '|');
    patch.path = ends.length === 2 ? ends.map(named) : null;
  }
  if (address.has('tag')) patch.tag = await tagOrNone(shortWord(address.one('tag')).replace(/^#/, ''));
  return patch;
}

async function tagOrNone(tag) {
  if (!tag || (await withTag(tag)).size) return tag;
  hintUnknownName(tag);
  return '';
}
