// The neighbourhood of a note in a dialog: a network of pyvis, drawn live by the vis-network that came with it, and the
// same as a list beside it.

import { colorOf, lineColor } from '../seeing/colors.js';
import { MISSING, edges, edgesAt, local, nodes, otherEnd, relations, unpacked } from '../base/data.js';
import { CROSS, byId, calm, cutShort, element, iconButton, phone } from '../base/dom.js';
import { uncovered } from '../asking/go.js';
import { SPOTS } from '../drawing/labels.js';
import { kindName, nodeButton, nodeDot, nodeName, relationName } from '../seeing/samples.js';
import { count, number, say } from '../base/say.js';
import { NONE, change, state, whenChanged } from '../base/state.js';
import { PAGE_FONT, themeColor } from '../base/theme.js';
import { moveTo } from '../seeing/view.js';
import { shownEdges, shownNodes } from '../seeing/visible.js';

const MOST_AROUND = 200;
const MOST_SPOKEN = 24; // edges with the names of their relations
const LONGEST_NAME = 30;
const SPREAD = 0.7;
const [NAME_SIZE, SMALL_NAME] = [13, 11];
const MANY_NAMES = 60; // from so many nodes on they are small
const [FEW_AROUND, CROWD_AROUND] = [16, 25]; // up to so many stand wider; more than so many have larger dots
const WIDER = 1.7;
const FIT_MARGIN = { wide: 0.92, narrow: 0.8 };
const MOST_STEPS = 4;

let nearby = null; // what is shown: { centre, steps: Map node → steps, edges, left }
let nearbyNetwork = null; // the vis.Network
let nearbyHeld = null; // its nodes and edges, as vis.DataSet
let visLoading = null;

export function startLocal() {
  whenChanged(['depth', 'selected'], shownAround);
  whenChanged(['themed'], () => nearby && redrawNearby());
  if (state.depth) shownAround();
}

function shownAround() {
  const dialog = byId('around') || dialogMade();
  if (!state.depth || state.selected === NONE) {
    if (dialog.open) dialog.close();
    return;
  }
  const inside = dialog.open && nearby.steps.has(state.selected);
  if (inside && nearby.depth === state.depth) return tellChosen();
  if (!dialog.open) {
    dialog.showModal();
    byId('around-map').focus({ preventScroll: true });
  }
  centreNearby(inside ? nearby.centre : state.selected);
}

function centreNearby(node) {
  nearby = neighbourhood(node, Math.min(state.depth, MOST_STEPS));
  tellAround();
  tellChosen();
  redrawNearby();
}

// ---------------------------------------------------------------- what is around

// The shown nodes within some steps, the nearest first and of each ring the most important, and the edges among them.
function neighbourhood(centre, depth) {
  const steps = new Map([[centre, 0]]);
  let left = 0;
  let ring = [centre];
  for (let step = 1; step <= depth && ring.length; step += 1) {
    const next = nextRingOf(ring, steps);
    const room = Math.max(0, MOST_AROUND - steps.size);
    left += Math.max(0, next.length - room);
    ring = next.slice(0, room);
    for (const node of ring) steps.set(node, step);
  }
  return { centre, depth, steps, left, pointed: NONE, edges: edgesAmong(steps) };
}

function nextRingOf(ring, steps) {
  const next = new Set();
  for (const node of ring) {
    for (const edge of edgesAt(node)) {
      const other = otherEnd(edge, node);
      if (shownEdges[edge] && shownNodes[other] && !steps.has(other)) next.add(other);
    }
  }
  return [...next].sort((one, other) => one - other);
}

function edgesAmong(steps) {
  const found = new Set();
  for (const node of steps.keys())
    for (const edge of edgesAt(node)) if (shownEdges[edge] && steps.has(otherEnd(edge, node))) found.add(edge);
  return tellingEdges(
    [...found].filter((edge) => edges.from[edge] !== edges.to[edge]).sort((one, other) => one - other),
  );
}

// Where one edge between two nodes means something, their mere links say nothing more; nor does saying it from both ends.
function tellingEdges(some) {
  const meant = new Set(some.filter((edge) => relations[edges.relation[edge]].s).map(pairOf));
  const seen = new Set();
  return some.filter((edge) => {
    const row = relations[edges.relation[edge]];
    if (!row.s) return !meant.has(pairOf(edge));
    const key = `${pairOf(edge)} ${edges.relation[edge]}`;
    if (!row.a && seen.has(key)) return false;
    return seen.add(key);
  });
}

const pairOf = (edge) => `${Math.min(edges.from[edge], edges.to[edge])} ${Math.max(edges.from[edge], edges.to[edge])}`;

// ---------------------------------------------------------------- the dialog

function dialogMade() {
  const close = iconButton(CROSS, say('map.keyboard.close'));
  const dialog = element(
    'dialog',
    { id: 'around', 'aria-labelledby': 'around-title', 'aria-describedby': 'around-says' },
    element(
      'div',
      { className: 'around-top' },
      element(
        'div',
        { className: 'around-name' },
        element('h2', { id: 'around-title', dir: 'auto' }),
        element('p', { id: 'around-says', role: 'status' }),
      ),
      depthButtons(),
      close,
    ),
    element(
      'div',
      { className: 'around-body' },
      element('div', {
        id: 'around-map',
        tabIndex: 0,
        role: 'application',
        'aria-label': say('map.local.drawing-label'),
      }),
      element('div', { id: 'around-list', role: 'region', 'aria-label': say('map.local.list-label') }),
    ),
    element('div', { id: 'around-chosen' }),
  );
  document.body.append(dialog);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', putAway);
  dialog.addEventListener('keydown', aroundKey);
  return dialog;
}

function depthButtons() {
  const buttons = [];
  for (let depth = 1; depth <= MOST_STEPS; depth += 1) {
    const made = element('button', {
      type: 'button',
      textContent: number(depth),
      value: String(depth),
      'aria-label': count('map.local.steps-away', depth),
    });
    made.addEventListener('click', () => change({ depth }));
    buttons.push(made);
  }
  return element(
    'div',
    { id: 'around-depth', role: 'group', 'aria-label': say('map.local.depth') },
    element('span', { textContent: say('map.local.depth'), 'aria-hidden': 'true' }),
    ...buttons,
  );
}

function putAway() {
  nearbyNetwork?.destroy();
  [nearbyNetwork, nearbyHeld, nearby] = [null, null, null];
  change({ depth: 0 });
  // Whatever had the focus before may be gone, with the panel of the note that was chosen then.
  const held = document.activeElement;
  if (held === document.body || byId('around').contains(held))
    byId('panel').querySelector('h2')?.focus({ preventScroll: true });
}

function aroundKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.stopPropagation();
  if (event.key >= '1' && event.key <= String(MOST_STEPS)) return change({ depth: Number(event.key) });
  if (event.key === '+' || event.key === '=') return aroundZoom(1.25);
  if (event.key === '-') return aroundZoom(0.8);
  if (event.key === '0') return nearbyNetwork?.fit({ animation: false });
  if (event.target.id === 'around-map' && event.key.startsWith('Arrow')) aroundPan(event);
}

const aroundZoom = (factor) => nearbyNetwork?.moveTo({ scale: nearbyNetwork.getScale() * factor });

function aroundPan(event) {
  if (!nearbyNetwork) return;
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const { x, y } = nearbyNetwork.getViewPosition();
  const step = 60 / nearbyNetwork.getScale();
  nearbyNetwork.moveTo({ position: { x: x + way[0] * step, y: y + way[1] * step } });
  event.preventDefault();
}

// ---------------------------------------------------------------- in words

function tellAround() {
  const { centre, depth, steps, left } = nearby;
  byId('around-title').textContent = nodeName(centre);
  const found = count('map.local.around', steps.size - 1);
  byId('around-says').textContent = left ? `${found} · ${count('map.local.left-out', left)}` : found;
  for (const button of byId('around-depth').querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(Number(button.value) === depth));
  byId('around-list').replaceChildren(...ringLists());
  byId('around-list').scrollTop = 0;
}

function ringLists() {
  const { steps, depth, centre } = nearby;
  const made = [];
  for (let step = 1; step <= depth; step += 1) {
    const ring = [...steps.keys()].filter((node) => steps.get(node) === step);
    if (!ring.length) break;
    made.push(element('h3', { textContent: count('map.local.steps-away', step) }));
    made.push(
      element(
        'ul',
        {},
        ...ring.map((node) =>
          element(
            'li',
            {},
            nodeButton(node, pickNearby),
            step === 1 && element('span', { className: 'hint', dir: 'auto', textContent: tieTo(node, centre) }),
          ),
        ),
      ),
    );
  }
  return made.length ? made : [element('p', { className: 'hint', textContent: say('map.local.empty') })];
}

function tieTo(node, centre) {
  const ties = tellingEdges([...edgesAt(node)].filter((edge) => shownEdges[edge] && otherEnd(edge, node) === centre));
  const said = ties.map((edge) => relationName(edges.relation[edge], edges.from[edge] === centre));
  return [...new Set(said)].join(say('common.list-separator'));
}

function pickNearby(node) {
  uncovered(node);
  change({ selected: node });
  nearbyNetwork?.selectNodes([node], false);
}

function tellChosen() {
  const node = state.selected;
  for (const button of byId('around-list').querySelectorAll('[aria-current]')) button.removeAttribute('aria-current');
  const at = [...nearby.steps.keys()].filter((each) => each !== nearby.centre).indexOf(node);
  byId('around-list').querySelectorAll('button')[at]?.setAttribute('aria-current', 'true');
  const parts = [
    element(
      'p',
      {},
      nodeDot(node),
      element('b', { dir: 'auto', textContent: nodeName(node) }),
      element('span', { className: 'hint', textContent: kindName(node) }),
    ),
  ];
  if (node !== nearby.centre) parts.push(footButton(say('map.local.center'), () => centreNearby(node)));
  parts.push(footButton(say('map.local.show-on-map'), () => toMap(node)));
  byId('around-chosen').replaceChildren(...parts);
}

function footButton(text, pressed) {
  const made = element('button', { type: 'button', textContent: text });
  made.addEventListener('click', pressed);
  return made;
}

function toMap(node) {
  byId('around').close();
  moveTo([node], {});
}

// ---------------------------------------------------------------- drawn by vis-network

async function redrawNearby() {
  const wanted = nearby;
  const vis = await visLibrary();
  if (wanted !== nearby) return; // another was asked for meanwhile
  byId('around').classList.toggle('listed', !vis);
  if (!vis) return;
  nearbyNetwork?.destroy();
  nearbyHeld = {
    nodes: new vis.DataSet([...local.nodes, ...visNodes()]),
    edges: new vis.DataSet([...local.edges, ...visEdges()]),
  };
  nearbyNetwork = new vis.Network(byId('around-map'), nearbyHeld, aroundOptions());
  byId('around-map').firstElementChild.tabIndex = -1;
  nearbyNetwork.on('click', ({ nodes: [node] }) => node !== undefined && change({ selected: node }));
  nearbyNetwork.on('doubleClick', ({ nodes: [node] }) => node !== undefined && centreNearby(node));
  nearbyNetwork.on('hoverNode', ({ node }) => pointNearby(node));
  nearbyNetwork.on('blurNode', () => pointNearby(NONE));
  nearbyNetwork.on('afterDrawing', paintNames);
  fitWhenStill();
  if (nearby.steps.has(state.selected)) nearbyNetwork.selectNodes([state.selected], false);
}

// All of it is in sight when it has come to rest, if nobody looked elsewhere meanwhile.
function fitWhenStill() {
  let touched = false;
  for (const name of ['dragStart', 'zoom', 'click'])
    nearbyNetwork.on(name, () => {
      touched = true;
    });
  nearbyNetwork.once('stabilized', () => !touched && fitAround());
}

// With a margin, for names reach beyond their dots.
function fitAround() {
  if (!nearbyNetwork) return;
  nearbyNetwork.fit({ maxZoomLevel: 1.4, animation: false });
  aroundZoom(phone.matches ? FIT_MARGIN.narrow : FIT_MARGIN.wide);
}

// The library is put into the page when it is first needed; the page's policy knows its fingerprint.
function visLibrary() {
  visLoading =
    visLoading ||
    unpacked('library').then(
      (text) => {
        document.head.append(element('script', { textContent: text }));
        return window.vis;
      },
      () => {
        byId('around-says').textContent = say('map.local.no-drawing');
      },
    );
  return visLoading;
}

function aroundOptions() {
  const { physics, ...rest } = local.options;
  const soft = themeColor('soft');
  return {
    ...rest,
    physics: {
      ...physics,
      forceAtlas2Based: widened(physics.forceAtlas2Based),
      enabled: nearby.steps.size > 1,
      stabilization: { ...physics.stabilization, iterations: calm.matches ? 400 : 120 },
    },
    edges: {
      ...rest.edges,
      font: {
        color: soft,
        face: PAGE_FONT,
        size: 10.5,
        strokeWidth: 3,
        strokeColor: themeColor('card'),
        align: 'middle',
      },
    },
    interaction: {
      ...rest.interaction,
      zoomSpeed: 0.6,
      selectConnectedEdges: false,
      hoverConnectedEdges: true,
      dragNodes: !phone.matches,
    },
  };
}

// Few nodes stand farther apart, so that there is room for their names; large dots need more as well.
function widened(forces) {
  const wider = nearby.steps.size <= FEW_AROUND ? WIDER : aroundGrowth();
  return {
    ...forces,
    gravitationalConstant: forces.gravitationalConstant * wider,
    springLength: forces.springLength * wider,
  };
}

function visNodes() {
  const { centre, steps } = nearby;
  return [...steps.keys()].map((node) => {
    const color = colorOf(node);
    const fill = nodes.kind[node] === MISSING ? themeColor('card') : color;
    const ring = node === centre ? themeColor('ink') : color;
    return {
      id: node,
      x: (nodes.x[node] - nodes.x[centre]) * SPREAD,
      y: (nodes.y[node] - nodes.y[centre]) * SPREAD,
      size: aroundSize(node),
      borderWidth: node === centre || fill !== color ? 2 : 0,
      borderWidthSelected: 4,
      color: {
        background: fill,
        border: ring,
        highlight: { background: fill, border: themeColor('accent') },
        hover: { background: fill, border: color },
      },
    };
  });
}

// Where there are many they are seen from farther away, and larger for it.
const aroundGrowth = () => Math.max(1, Math.sqrt(nearby.steps.size / CROWD_AROUND));

function aroundSize(node) {
  if (node === nearby.centre) return 17 * aroundGrowth();
  return (Math.max(6, Math.min(14, nodes.size[node] * 0.6)) - nearby.steps.get(node) * 0.5) * aroundGrowth();
}

function visEdges() {
  const spoken = nearby.edges.length <= MOST_SPOKEN;
  const seen = new Map();
  return nearby.edges.map((edge) => {
    const [from, to, relation] = [edges.from[edge], edges.to[edge], edges.relation[edge]];
    const row = relations[relation];
    const pair = pairOf(edge);
    const turn = seen.get(pair) || 0;
    seen.set(pair, turn + 1);
    const bent = { enabled: true, type: 'curvedCW', roundness: Math.min(0.6, 0.16 * turn) * (from < to ? 1 : -1) };
    return {
      id: edge,
      from,
      to,
      width: row.s ? 1.6 : 0.8,
      color: {
        color: lineColor(relation),
        opacity: row.s ? 0.85 : 0.45,
        highlight: lineColor(relation),
        hover: lineColor(relation),
      },
      dashes: row.d.length ? row.d : false,
      arrows: row.a && row.s ? { to: { enabled: true, scaleFactor: 0.45 } } : { to: { enabled: false } },
      label: spoken && row.s ? relations[relation].l : undefined,
      ...(turn ? { smooth: bent } : {}),
    };
  });
}

function pointNearby(node) {
  nearby.pointed = node;
  byId('around-map').classList.toggle('pointing', node !== NONE);
  nearbyNetwork.redraw();
}

// ---------------------------------------------------------------- names, as many as fit without covering one another

function paintNames(context) {
  if (!nearby || !nearbyNetwork) return;
  const scale = nearbyNetwork.getScale();
  const places = nearbyNetwork.getPositions();
  const taken = Object.entries(places).map(([node, place]) => dotBox(Number(node), place));
  const size = nearby.steps.size > MANY_NAMES ? SMALL_NAME : NAME_SIZE;
  Object.assign(context, { textAlign: 'center', textBaseline: 'top', lineJoin: 'round', lineWidth: 3.5 / scale });
  [context.fillStyle, context.strokeStyle] = [themeColor('ink'), themeColor('card')];
  for (const node of new Set([nearby.centre, state.selected, nearby.pointed, ...nearby.steps.keys()])) {
    if (!(node in places)) continue;
    const must = node === nearby.pointed || node === nearby.centre;
    context.font = `${must || node === state.selected ? 650 : 400} ${size / scale}px ${PAGE_FONT}`;
    const box = roomForName(context, node, { ...places[node], scale, size }, taken, must);
    if (!box) continue;
    taken.push(box);
    context.strokeText(box.text, box.middle, box.top);
    context.fillText(box.text, box.middle, box.top);
  }
}

// Below, above or beside its dot: in full if there is room for that, else shortened.
function roomForName(context, node, at, taken, must) {
  const full = nodeName(node);
  const short = cutShort(full, LONGEST_NAME);
  for (const text of full === short || phone.matches ? [short] : [full, short])
    for (const spot of SPOTS) {
      const box = nameBox(context, text, aroundSize(node), at, spot);
      if (isInSight(box) && !taken.some((other) => boxesOverlap(box, other))) return box;
    }
  return must ? nameBox(context, short, aroundSize(node), at, SPOTS[0]) : null;
}

function nameBox(context, text, radius, { x, y, scale, size }, [across, down]) {
  const half = context.measureText(text).width / 2 + 3 / scale;
  const tall = (size * 1.25) / scale;
  const middle = across ? x + across * (radius + half + 2 / scale) : withinSight(x, half);
  const top = y - tall / 2 + down * (radius + tall / 2 + 4 / scale);
  return { text, middle, left: middle - half, right: middle + half, top, bottom: top + tall };
}

function sightEnds() {
  const width = byId('around-map').clientWidth;
  return [0, width].map((x) => nearbyNetwork.DOMtoCanvas({ x, y: 0 }).x);
}

function isInSight({ left: begin, right: end }) {
  const [left, right] = sightEnds();
  return begin >= left - 1 && end <= right + 1;
}

// A name at the rim is moved in, as long as its node is in sight.
function withinSight(x, half) {
  const [left, right] = sightEnds();
  return x < left || x > right ? x : Math.max(left + half, Math.min(right - half, x));
}

// The heart of a dot: a name may lie over its rim.
function dotBox(node, { x, y }) {
  const half = aroundSize(node) * 0.6;
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

const boxesOverlap = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
