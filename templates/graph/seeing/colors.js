// Which colour each node and each line has: by type, community, folder, tag, stage, or the vault's own groups.

import {
  CANVAS,
  KINDS,
  MISSING,
  communities,
  folders,
  groups,
  index,
  isTyped,
  nodeCount,
  nodes,
  relations,
  stages,
  types,
} from '../base/data.js';
import { say } from '../base/say.js';
import { change, state, whenChanged } from '../base/state.js';
import { theme, themeColor } from '../base/theme.js';

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
const PLAIN_LINE = { light: '#8d95a1', dark: '#7d8794' };
const OTHERS = 0;
const LEAST_COMMUNITY = 3;
const MISSING_FADED = 0.22;
const LEAST_CONTRAST = { light: 1.75, dark: 3.2 };

let painted = null; // { rows, rowOf, paints, pixels } of state.color in this theme
let tagNames = null; // which tags have a colour, and the tag of each node: known after the first time it is asked for

// ---------------------------------------------------------------- colours as numbers

function channels(hex) {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex;
  return [1, 3, 5].map((at) => parseInt(long.slice(at, at + 2), 16));
}

const asHex = (parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

// A colour as the raster wants it.
export function pixelOf(hex) {
  const [red, green, blue] = channels(hex);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

export function mixed(hex, other, share) {
  const [one, two] = [channels(hex), channels(other)];
  return asHex(one.map((part, at) => part + (two[at] - part) * share));
}

function luminance(hex) {
  const [red, green, blue] = channels(hex).map((part) =>
    part / 255 <= 0.03928 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

// A given colour, moved away from the paper until it can be seen on it.
const suitedOnes = new Map();

function suited(hex) {
  const key = `${theme()}${themeColor('paper')}${hex}`;
  if (suitedOnes.has(key)) return suitedOnes.get(key);
  const away = theme() === 'dark' ? '#ffffff' : '#000000';
  let color = asHex(channels(hex));
  for (let step = 0; step < 12 && contrast(color, themeColor('paper')) < LEAST_CONTRAST[theme()]; step += 1)
    color = mixed(color, away, 0.1);
  suitedOnes.set(key, color);
  return color;
}

// ---------------------------------------------------------------- what decides the colour

// Each choice gives the rows { number, label, color } and, for each node, the number of its row.
const CHOICES = {
  type: () => ({
    rows: types.map(({ l, n, c }, number) => ({
      number,
      label: l || n || say('map.colors.no-type'),
      color: suited(c),
    })),
    of: (node) => nodes.type[node],
  }),
  community: byCommunity,
  folder: byFolder,
  tag: byTag,
  stage: byStage,
  group: () => {
    const rows = groups.map(({ q, c }, at) => ({ number: at + 1, label: q, color: suited(c) }));
    return { rows: withOthers(rows, say('map.colors.no-group')), of: (node) => nodes.group[node] };
  },
};

const withOthers = (rows, label) => [...rows, { number: OTHERS, label, color: GREY[theme()] }];

const fromPalette = (labels) => labels.map((label, at) => ({ number: at + 1, label, color: PALETTE[theme()][at] }));

function byCommunity() {
  const large = communities.filter((row) => row.m >= LEAST_COMMUNITY).slice(0, PALETTE.light.length);
  const most = large.length; // the largest have the lowest numbers
  const labels = large.map((row) => row.n);
  return {
    rows: withOthers(fromPalette(labels), say('map.colors.smaller-communities')),
    of: (node) => (nodes.community[node] <= most ? nodes.community[node] : OTHERS),
  };
}

const folderHead = (path, depth) => path.split('/').slice(0, depth).join('/');

// As deep as is needed to tell parts of the vault from each other: where one folder holds nearly all, below it.
function byFolder() {
  const counts = new Uint32Array(folders.length);
  let all = 0;
  for (let node = 0; node < nodeCount; node += 1) {
    if (nodes.kind[node] > CANVAS) continue;
    counts[nodes.folder[node]] += 1;
    all += 1;
  }
  for (let depth = 1; ; depth += 1) {
    const sizes = new Map();
    folders.forEach(
      (path, at) =>
        counts[at] && sizes.set(folderHead(path, depth), (sizes.get(folderHead(path, depth)) || 0) + counts[at]),
    );
    const order = [...sizes]
      .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
      .map(([name]) => name);
    if (depth < 4 && order.length && sizes.get(order[0]) > all * 0.7) continue;
    const kept = order.slice(0, PALETTE.light.length);
    const number = folders.map((path) => kept.indexOf(folderHead(path, depth)) + 1);
    return {
      rows: withOthers(fromPalette(kept.map((name) => name || '/')), say('map.colors.other-folders')),
      of: (node) => (nodes.kind[node] <= CANVAS + 1 ? number[nodes.folder[node]] : OTHERS),
    };
  }
}

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
  const order = [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([tag]) => tag);
  const kept = order.slice(0, PALETTE.light.length);
  const of = Uint8Array.from(tags, (own) => Math.max(0, ...(own || []).map((tag) => kept.indexOf(tag) + 1)));
  tagNames = { kept: kept.map((tag) => (tag.startsWith('#') ? tag : `#${tag}`)), of };
  if (state.color === 'tag') change({ themed: state.themed + 1 });
}

function byStage() {
  const rows = stages.map(({ n, l }, at) => ({
    number: at + 1,
    label: l || n,
    color: suited(mixed(themeColor('fresh'), themeColor('ripe'), at / Math.max(1, stages.length - 1))),
  }));
  return { rows: withOthers(rows, say('map.colors.no-stage')), of: (node) => nodes.stage[node] };
}

// ---------------------------------------------------------------- the answer

// What nobody has written yet is quieter than what is there.
function kindColor(kind) {
  const color = suited(themeColor(kind));
  return kind === 'missing' ? mixed(color, themeColor('paper'), MISSING_FADED) : color;
}

function paintedAnew() {
  const { rows, of } = (CHOICES[state.color] || CHOICES.type)();
  const place = new Map(rows.map((row, at) => [row.number, at]));
  const paints = [...rows.map((row) => row.color), ...KINDS.slice(CANVAS + 1).map(kindColor)];
  const counts = new Uint32Array(rows.length);
  const rowOf = new Uint16Array(nodeCount);
  const unlike = state.color === 'community' || state.color === 'group';
  for (let node = 0; node < nodeCount; node += 1) {
    const kind = nodes.kind[node];
    if (isTyped(node) || (unlike && kind === MISSING && of(node) !== OTHERS)) {
      rowOf[node] = place.get(of(node)) || 0;
      counts[rowOf[node]] += 1;
    } else rowOf[node] = rows.length + kind - CANVAS - 1;
  }
  const inPixels = Uint32Array.from(paints, pixelOf);
  return {
    rows: rows.map((row, at) => ({ ...row, count: counts[at] })).filter((row) => row.count || row.number !== OTHERS),
    rowOf,
    paints,
    pixels: Uint32Array.from(rowOf, (row) => inPixels[row]),
  };
}

const paintedNow = () => (painted ||= paintedAnew());

export const colorOf = (node) => paintedNow().paints[paintedNow().rowOf[node]];
export const colorRows = () => paintedNow().rows;
export const pixelColors = () => paintedNow().pixels;

export const plainLine = () => PLAIN_LINE[theme()];

// The colour of a relation's lines, given the relation's number or its row.
export function lineColor(relation) {
  const row = typeof relation === 'number' ? relations[relation] : relation;
  return row.s ? suited(row.c) : plainLine();
}

// The colour of an edge: what a relation means, else what both ends share.
export function edgeColor(relation, from, to) {
  if (relations[relation].s) return lineColor(relation);
  const { rowOf, paints } = paintedNow();
  return rowOf[from] === rowOf[to] ? paints[rowOf[from]] : plainLine();
}

export function startColors() {
  whenChanged(['color', 'themed'], (_state, changed) => {
    painted = null;
    if (state.color === 'tag' && !tagNames) learnTags();
    if (!changed.includes('themed')) change({ themed: state.themed + 1 });
  });
  if (state.color === 'tag') learnTags();
}
