// What is around a note, drawn live: a network of pyvis, by the vis-network that came with it.

import { colorOf, lineColor } from '../seeing/colors.js';
import { MISSING, edges, local, nodes, relations, unpacked } from '../base/data.js';
import { byId, calm, element, phone } from '../base/dom.js';
import { paintNames } from './naming.js';
import { centreNearby, nearbyView, pairOf } from './nearby.js';
import { say } from '../base/say.js';
import { aroundGrowth, aroundSize } from './sizes.js';
import { NONE, change, state } from '../base/state.js';
import { PAGE_FONT, themeColor } from '../base/theme.js';

const MOST_NAMED = 24; // edges with the names of their relations
const SPREAD = 0.7;
const FEW_AROUND = 16; // up to so many stand wider
const WIDER = 1.7;
const FIT_MARGIN = { wide: 0.92, narrow: 0.8 };

let visLoading = null;

export async function redrawNearby() {
  const wanted = nearbyView.area;
  const vis = await visLibrary();
  if (wanted !== nearbyView.area) return; // another was asked for meanwhile
  byId('around').classList.toggle('listed', !vis);
  if (!vis) return;
  nearbyView.network?.destroy();
  const data = {
    nodes: new vis.DataSet([...local.nodes, ...visNodes()]),
    edges: new vis.DataSet([...local.edges, ...visEdges()]),
  };
  nearbyView.network = new vis.Network(byId('around-map'), data, aroundOptions());
  byId('around-map').firstElementChild.tabIndex = -1;
  nearbyView.network.on('click', ({ nodes: [node] }) => node !== undefined && change({ selected: node }));
  nearbyView.network.on('doubleClick', ({ nodes: [node] }) => node !== undefined && centreNearby(node));
  nearbyView.network.on('hoverNode', ({ node }) => pointNearby(node));
  nearbyView.network.on('blurNode', () => pointNearby(NONE));
  nearbyView.network.on('afterDrawing', paintNames);
  fitWhenStill();
  if (nearbyView.area.steps.has(state.selected)) nearbyView.network.selectNodes([state.selected], false);
}

// All of it is in sight when it has come to rest, if nobody looked elsewhere meanwhile.
function fitWhenStill() {
  let touched = false;
  for (const name of ['dragStart', 'zoom', 'click'])
    nearbyView.network.on(name, () => {
      touched = true;
    });
  nearbyView.network.once('stabilized', () => !touched && fitAround());
}

// With a margin, for names reach beyond their dots.
function fitAround() {
  if (!nearbyView.network) return;
  nearbyView.network.fit({ maxZoomLevel: 1.4, animation: false });
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
  return {
    ...rest,
    physics: {
      ...physics,
      forceAtlas2Based: widened(physics.forceAtlas2Based),
      enabled: nearbyView.area.steps.size > 1,
      stabilization: { ...physics.stabilization, iterations: calm.matches ? 400 : 120 },
    },
    edges: { ...rest.edges, font: edgeFont() },
    interaction: {
      ...rest.interaction,
      zoomSpeed: 0.6,
      selectConnectedEdges: false,
      hoverConnectedEdges: true,
      dragNodes: !phone.matches,
    },
  };
}

const edgeFont = () => ({
  color: themeColor('soft'),
  face: PAGE_FONT,
  size: 10.5,
  strokeWidth: 3,
  strokeColor: themeColor('card'),
  align: 'middle',
});

// Few nodes stand farther apart, so that there is room for their names; large dots need more as well.
function widened(forces) {
  const wider = nearbyView.area.steps.size <= FEW_AROUND ? WIDER : aroundGrowth();
  return {
    ...forces,
    gravitationalConstant: forces.gravitationalConstant * wider,
    springLength: forces.springLength * wider,
  };
}

function visNodes() {
  const { centre, steps } = nearbyView.area;
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

// Edges between the same two nodes are bent, the more the more of them there are.
function visEdges() {
  const named = nearbyView.area.edges.length <= MOST_NAMED;
  const seen = new Map();
  return nearbyView.area.edges.map((edge) => {
    const pair = pairOf(edge);
    const turn = seen.get(pair) || 0;
    seen.set(pair, turn + 1);
    return { ...visEdge(edge, named), ...(turn ? { smooth: bentBy(turn, edge) } : {}) };
  });
}

function visEdge(edge, named) {
  const relation = edges.relation[edge];
  const { s: semantic, a: directed, d: dashes, l: label } = relations[relation];
  const color = lineColor(relation);
  return {
    id: edge,
    from: edges.from[edge],
    to: edges.to[edge],
    width: semantic ? 1.6 : 0.8,
    color: { color, opacity: semantic ? 0.85 : 0.45, highlight: color, hover: color },
    dashes: dashes.length ? dashes : false,
    arrows: { to: directed && semantic ? { enabled: true, scaleFactor: 0.45 } : { enabled: false } },
    label: named && semantic ? label : undefined,
  };
}

const bentBy = (turn, edge) => ({
  enabled: true,
  type: 'curvedCW',
  roundness: Math.min(0.6, 0.16 * turn) * (edges.from[edge] < edges.to[edge] ? 1 : -1),
});

function pointNearby(node) {
  nearbyView.area.pointed = node;
  byId('around-map').classList.toggle('pointing', node !== NONE);
  nearbyView.network.redraw();
}

export const aroundZoom = (factor) => nearbyView.network?.moveTo({ scale: nearbyView.network.getScale() * factor });
