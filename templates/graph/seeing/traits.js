// What a colour shows of a node: the rows { number, label, color } that a choice tells apart, and for each node the number
// of its row.

import {
  CANVAS,
  TAG,
  colors,
  communities,
  folders,
  groups,
  index,
  nodeCount,
  nodes,
  stages,
  types,
} from '../base/data.js';
import { say } from '../base/say.js';
import { change, state } from '../base/state.js';
import { theme, themeColor } from '../base/theme.js';
import { mixed, suited } from './shades.js';

// Twelve that differ in lightness as well as in hue, so that they are told apart with any eyes; the rest is grey.
const PALETTE = {
  light: [
    '#2f74b3',
    '#e08a2c',
    '#17957a',
    '#b0407f',
    '#8c9a1f',
    '#6c5bc4',
    '#d0524c',
    '#3eabc6',
    '#95653a',
    '#4f8f3a',
    '#e28aa8',
    '#4d5b7c',
  ],
  dark: [
    '#6aa9e0',
    '#f0a652',
    '#43c2a4',
    '#dd7fb4',
    '#c2cf5c',
    '#a598f0',
    '#f0817a',
    '#72d2e6',
    '#c99d6f',
    '#8acb72',
    '#f5b3c8',
    '#9aa9cc',
  ],
};
const GREY = { light: '#a4aab3', dark: '#6f7883' };
export const OTHERS = 0;
const LEAST_COMMUNITY = 3;
const [DEEPEST_FOLDER, NEARLY_ALL] = [4, 0.7];

let tagNames = null; // which tags have a colour, and the tag of each node: known after the first time it is asked for

// How each colour of choices.toml is found: `trait` gives { rows, of }. `isUseful`: whether it tells anything apart in this
// vault (if nothing is said, it does). `ofMissing`: notes that nobody has written have it too.
const TRAITS = {
  type: { trait: byType },
  community: { trait: byCommunity, ofMissing: true },
  folder: { trait: byFolder, isUseful: () => folders.length > 1 },
  tag: { trait: byTag, isUseful: () => nodes.kind.includes(TAG) },
  stage: { trait: byStage, isUseful: () => stages.length > 0 },
  group: { trait: byGroup, isUseful: () => groups.length > 0, ofMissing: true },
};

// A colour with values of its own needs no row here.
const traitOf = (color) =>
  TRAITS[color.name] || { trait: () => byValue(color), isUseful: () => color.values.length > 0 };

// The colours that tell something apart in this vault: { name, label }.
export const usefulColors = colors.filter((color) => (traitOf(color).isUseful || (() => true))());

export const chosenTrait = () => traitOf(colors.find(({ name }) => name === state.color) || colors[0]);

const withOthers = (rows, label) => [...rows, { number: OTHERS, label, color: GREY[theme()] }];

const fromPalette = (labels) => labels.map((label, at) => ({ number: at + 1, label, color: PALETTE[theme()][at] }));

function byType() {
  const rows = types.map(({ l, n, c }, number) => ({
    number,
    label: l || n || say('map.colors.no-type'),
    color: suited(c),
  }));
  return { rows, of: (node) => nodes.type[node] };
}

function byCommunity() {
  const large = communities.filter((row) => row.m >= LEAST_COMMUNITY).slice(0, PALETTE.light.length);
  const most = large.length; // the largest have the lowest numbers
  const labels = large.map((row) => row.n);
  return {
    rows: withOthers(fromPalette(labels), say('map.colors.smaller-communities')),
    of: (node) => (nodes.community[node] <= most ? nodes.community[node] : OTHERS),
  };
}

// As deep as is needed to tell parts of the vault from each other: where one folder holds nearly all, below it.
function byFolder() {
  const counts = notesInFolders();
  const all = counts.reduce((sum, many) => sum + many, 0);
  let depth = 1;
  let sizes = sizesAt(depth, counts);
  while (depth < DEEPEST_FOLDER && Math.max(0, ...sizes.values()) > all * NEARLY_ALL) {
    depth += 1;
    sizes = sizesAt(depth, counts);
  }
  const kept = frequentFirst(sizes).slice(0, PALETTE.light.length);
  const number = folders.map((path) => kept.indexOf(folderHead(path, depth)) + 1);
  return {
    rows: withOthers(fromPalette(kept.map((name) => name || '/')), say('map.colors.other-folders')),
    of: (node) => (nodes.kind[node] <= CANVAS + 1 ? number[nodes.folder[node]] : OTHERS),
  };
}

function notesInFolders() {
  const counts = new Uint32Array(folders.length);
  for (let node = 0; node < nodeCount; node += 1) if (nodes.kind[node] <= CANVAS) counts[nodes.folder[node]] += 1;
  return counts;
}

const folderHead = (path, depth) => path.split('/').slice(0, depth).join('/');

// How many notes lie below each folder of a depth.
function sizesAt(depth, counts) {
  const sizes = new Map();
  folders.forEach((path, at) => {
    const head = folderHead(path, depth);
    if (counts[at]) sizes.set(head, (sizes.get(head) || 0) + counts[at]);
  });
  return sizes;
}

// The keys of a Map from names to numbers, the largest number first.
const frequentFirst = (counts) =>
  [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([name]) => name);

function byTag() {
  if (!tagNames) return { rows: withOthers([], say('map.colors.no-tag')), of: () => OTHERS };
  return {
    rows: withOthers(fromPalette(tagNames.kept), say('map.colors.other-tags')),
    of: (node) => tagNames.of[node],
  };
}

// The most frequent tags have a colour; a note with several of them has that of the rarest, which says the most.
async function learnTags() {
  const { tags } = await index();
  const counts = new Map();
  for (const own of tags) for (const tag of own || []) counts.set(tag, (counts.get(tag) || 0) + 1);
  const kept = frequentFirst(counts).slice(0, PALETTE.light.length);
  const of = Uint8Array.from(tags, (own) => Math.max(0, ...(own || []).map((tag) => kept.indexOf(tag) + 1)));
  tagNames = { kept: kept.map((tag) => (tag.startsWith('#') ? tag : `#${tag}`)), of };
  if (state.color === 'tag') change({ themed: state.themed + 1 });
}

// Tags are known when they have been asked for: a colour by tag comes twice, before that and after.
export function wantTags() {
  if (state.color === 'tag' && !tagNames) learnTags();
}

function byStage() {
  const rows = stages.map(({ n, l }, at) => ({
    number: at + 1,
    label: l || n,
    color: suited(mixed(themeColor('fresh'), themeColor('ripe'), at / Math.max(1, stages.length - 1))),
  }));
  return { rows: withOthers(rows, say('map.colors.no-stage')), of: (node) => nodes.stage[node] };
}

function byGroup() {
  const rows = groups.map(({ q, c }, at) => ({ number: at + 1, label: q, color: suited(c) }));
  return { rows: withOthers(rows, say('map.colors.no-group')), of: (node) => nodes.group[node] };
}

// The values come the most frequent first.
function byValue({ values, of }) {
  const kept = values.slice(0, PALETTE.light.length);
  return {
    rows: withOthers(fromPalette(kept), say('map.colors.other-values')),
    of: (node) => (of[node] <= kept.length ? of[node] : OTHERS),
  };
}
