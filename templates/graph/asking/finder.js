// Finds nodes by what is typed: in titles immediately, and in aliases, tags and folders as soon as the index is there.

import { folders, index, names, nodeCount, nodes } from '../base/data.js';
import { isLatin, soundOf, soundsLike } from './pinyin.js';

const LONGEST_QUERY = 200;
const MOST_TERMS = 8;
const BEHIND = { alias: 0.5, sound: 3.7, tag: 5, folder: 10, terms: 20 };
const WORD_SIGN = /[\p{L}\p{N}]/u;

// Letters as they are compared: full width or not, capital or not.
export const low = (text) => text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ');

let foldedTitles = null;
let foldedAll = null; // title, aliases, tags and folder in one, to pass over quickly what has not a word of it
let foldedAliases = null; // of each node a list, or 0
let foldedTags = null;
let foldedHomes = null; // folders, folded
let foldedSounds = null; // of each node the sounds of its title and aliases; undefined: not asked yet, null: none

// Folds the titles; resolves with the rest. It is called early, so that the first keystroke need not wait.
let foldedRest = null;

export function finderReady() {
  if (!foldedRest) {
    foldedTitles = names.map(low);
    foldedHomes = folders.map(low);
    foldedAll = foldedTitles.map((title, node) => `${title}\n${foldedHomes[nodes.folder[node]]}`);
    foldedSounds = new Array(nodeCount);
    foldedRest = index().then(foldRest, () => {});
  }
  return foldedRest;
}

function foldRest(held) {
  const folded = (list) => (list && list.length ? list.map(low) : 0);
  foldedAliases = held.aliases.map(folded);
  foldedTags = held.tags.map((list) => (list && list.length ? list.map((tag) => low(tag.replace(/^#/, ''))) : 0));
  for (let node = 0; node < nodeCount; node += 1) {
    for (const alias of foldedAliases[node] || []) foldedAll[node] += `\n${alias}`;
    for (const tag of foldedTags[node] || []) foldedAll[node] += `\n#${tag}`;
  }
  foldedSounds = new Array(nodeCount);
}

// 0: all of it, 1: its beginning, 2: the beginning of a word in it, 3: inside; -1: not in it.
function gradeOf(text, term) {
  let at = text.indexOf(term);
  if (at < 0) return -1;
  if (at === 0) return text.length === term.length ? 0 : 1;
  for (; at > 0; at = text.indexOf(term, at + 1)) if (!WORD_SIGN.test(text[at - 1])) return 2;
  return 3;
}

function bestGrade(texts, term) {
  let found = -1;
  for (const text of texts) {
    const own = gradeOf(text, term);
    if (own >= 0 && (found < 0 || own < found)) found = own;
  }
  return found;
}

function soundsOf(node) {
  if (foldedSounds[node] === undefined) {
    const runs = [names[node], ...(foldedAliases && foldedAliases[node] ? foldedAliases[node] : [])]
      .map(soundOf)
      .filter(Boolean);
    foldedSounds[node] = runs.length ? runs : null;
  }
  return foldedSounds[node];
}

function heardAs(node, term) {
  const own = soundsOf(node);
  if (!own) return -1;
  const found = own.map((runs) => soundsLike(runs, term)).filter((each) => each >= 0);
  return found.length ? Math.min(...found) : -1;
}

// How well a node answers one term (or a whole query), 0 best; -1: not at all.
function scoreOf(node, term) {
  const score = foldedAll[node].includes(term) ? writtenScore(node, term) : -1;
  if (score >= 0 || !isLatin(term)) return score;
  const sound = heardAs(node, term);
  return sound < 0 ? -1 : BEHIND.sound + sound / 10;
}

function writtenScore(node, term) {
  const tag = term[0] === '#' ? term.slice(1) : term;
  const grades = [
    [gradeOf(foldedTitles[node], term), 0],
    [gradeAmong(foldedAliases?.[node], term), BEHIND.alias],
    [gradeAmong(foldedTags?.[node], tag), BEHIND.tag],
    [gradeOf(foldedHomes[nodes.folder[node]], term), BEHIND.folder],
  ];
  let best = -1;
  for (const [own, later] of grades) if (own >= 0 && (best < 0 || own + later < best)) best = own + later;
  return best;
}

const gradeAmong = (texts, term) => (texts ? bestGrade(texts, term) : -1);

function answerOf(node, query, terms) {
  const whole = scoreOf(node, query);
  if (whole >= 0 || terms.length === 1) return whole;
  let worst = -1;
  for (const term of terms) {
    const own = scoreOf(node, term);
    if (own < 0) return -1;
    worst = Math.max(worst, own);
  }
  return worst + BEHIND.terms;
}

// The nodes that answer, the best first, and the more important first among equals; null: nothing is asked.
export function nodesFor(text) {
  const query = low(text.slice(0, LONGEST_QUERY).trim()).replace(/\s+/g, ' ');
  if (!query) return null;
  finderReady();
  const terms = query.split(' ').slice(0, MOST_TERMS);
  const byScore = new Map();
  for (let node = 0; node < nodeCount; node += 1) {
    const own = answerOf(node, query, terms);
    if (own < 0) continue;
    if (byScore.has(own)) byScore.get(own).push(node);
    else byScore.set(own, [node]);
  }
  return [...byScore.keys()].sort((one, other) => one - other).flatMap((own) => byScore.get(own));
}

// What else than its title answers, to be shown beside it: { alias } or { tag }; null where the title does.
export async function otherAnswer(node, text) {
  const query = low(text.slice(0, LONGEST_QUERY).trim());
  if (!query || gradeOf(foldedTitles[node], query) >= 0) return null;
  const held = await index();
  const answers = (said) =>
    low(said).includes(query) || (isLatin(query) && soundsLike(soundOf(said) || [], query) >= 0);
  if (answers(names[node])) return null;
  const alias = (held.aliases[node] || []).find(answers);
  if (alias !== undefined) return { alias };
  const tag = (held.tags[node] || []).find((each) => low(`#${each.replace(/^#/, '')}`).includes(query));
  return tag === undefined ? null : { tag: `#${tag.replace(/^#/, '')}` };
}
