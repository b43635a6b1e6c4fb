'use strict';

// The page of a vault's graph: vis-network draws dots and lines; labels, the lit neighbourhood, search, the legend
// and the panel are drawn here. Text of the vault reaches the page only through textContent and fillText.

(() => {
  const LABELS_AT_FIRST = 60;
  const MOST_LABELS = 130;
  const FEW = 300;
  const MOST_RESULTS = 40;
  const MOST_LINKS = 60;
  const MANY = 1000;
  const SEMANTIC = 2;
  const KINDS = [['missing', 'Missing notes'], ['attachment', 'Attachments'], ['tag', 'Tags']];
  const KIND_NAMES = { missing: 'missing note', attachment: 'attachment', tag: 'tag' };
  const FONT = getComputedStyle(document.body).fontFamily;

  const byId = (id) => document.getElementById(id);
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const phone = matchMedia('(max-width: 720px)');

  // ---------------------------------------------------------------- small things

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function drawing(name, attributes) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function dotSample(color, hollow) {
    const picture = drawing('svg', { viewBox: '0 0 12 12', class: 'dot', 'aria-hidden': 'true' });
    picture.append(drawing('circle', { cx: 6, cy: 6, r: hollow ? 4.5 : 5, stroke: hollow ? color : 'none', fill: hollow ? 'none' : color }));
    return picture;
  }

  function lineSample(relation) {
    const picture = drawing('svg', { viewBox: '0 0 34 10', class: 'sample', 'aria-hidden': 'true' });
    const color = lineColor(relation);
    const end = relation.a && relation.s ? 27 : 34;
    picture.append(drawing('path', { d: `M0 5H${end}`, stroke: color, 'stroke-width': relation.s ? 2 : 1.2, 'stroke-dasharray': relation.d.join(' ') }));
    if (end < 34) picture.append(drawing('path', { d: 'M27 1.5 34 5 27 8.5z', fill: color, stroke: 'none' }));
    return picture;
  }

  function lineColor(relation) {
    return relation.s ? relation.c : '#8b939e';
  }

  function themeColor(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  }

  // The same as urllib.parse.quote(path, safe="").
  function quoted(path) {
    return encodeURIComponent(path).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  }

  function cut(text, most) {
    const signs = Array.from(text);
    return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text;
  }

  function remembered(key, value) {
    try {
      if (value !== undefined) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  // ---------------------------------------------------------------- what the page knows

  let data;
  let nodes;
  let edges;
  let byRank;
  let network;
  let visNodes;
  let visEdges;
  let lineGrowth = 1;
  let firstPaint = 0;

  const state = {
    typesOff: new Set(),
    relationsOff: new Set(),
    kindsOff: new Set(['tag']),
    onlySemantic: false,
    hideOrphans: false,
    hovered: null,
    selected: null,
    found: null,
    active: -1,
  };

  function understand() {
    data = JSON.parse(byId('data').textContent);
    nodes = data.nodes.map(readNode);
    edges = data.edges.map(readEdge);
    bendParallels();
    suitWindow();
    byRank = nodes.slice().sort((one, other) => other.size - one.size || one.id - other.id);
    byRank.forEach((node, rank) => { node.rank = rank; });
  }

  function readNode(record, id) {
    const type = record.k === undefined ? data.types[record.t] : null;
    const kind = record.k || 'note';
    return { id, kind, type, title: record.label, x: record.x, y: record.y, size: record.size, out: [], in: [], shown: true, words: null };
  }

  function readEdge(record, id) {
    const edge = { id, from: nodes[record.from], to: nodes[record.to], relation: data.relations[record.r], bend: 0, shown: true };
    edge.from.out.push(edge);
    edge.to.in.push(edge);
    return edge;
  }

  // Two nodes may be tied by several relations: the second and later ones are drawn as bows.
  function bendParallels() {
    const seen = new Map();
    for (const edge of edges) {
      if (!edge.relation.s) continue;
      const key = Math.min(edge.from.id, edge.to.id) * nodes.length + Math.max(edge.from.id, edge.to.id);
      const before = seen.get(key) || 0;
      edge.bend = Math.min(before * 0.18, 0.72);
      seen.set(key, before + 1);
    }
  }

  // On a screen that is higher than wide the map lies on its side; where it must shrink, small dots and lines grow.
  function suitWindow() {
    const { width, height } = clearing();
    if (height > width) {
      for (const node of nodes) [node.x, node.y] = [node.y, node.x];
      const { across, down } = extent(nodes);
      const stretch = Math.min(1.5, Math.max(1, (height / width) * (across / down)));
      for (const node of nodes) node.y *= stretch;
    }
    const { scale } = fitting(heart());
    const grow = Math.min(2.2 / scale - 5, nodes.length > MANY ? 2.5 : 7);
    if (grow > 0) for (const node of nodes) node.size += grow;
    lineGrowth = edges.length > MANY ? 0.65 : Math.min(2.2, Math.max(1, 0.8 / scale));
  }

  function nodeColor(node) {
    return node.type ? node.type.c : themeColor(node.kind);
  }

  function typeName(node) {
    if (!node.type) return KIND_NAMES[node.kind] || node.kind;
    return node.type.n || 'no type';
  }

  // ---------------------------------------------------------------- what is shown

  function wanted(node) {
    return node.type ? !state.typesOff.has(node.type) : !state.kindsOff.has(node.kind);
  }

  function wantedEdge(edge) {
    return edge.from.shown && edge.to.shown && !state.relationsOff.has(edge.relation) && (edge.relation.s || !state.onlySemantic);
  }

  function decide() {
    for (const node of nodes) node.shown = wanted(node);
    for (const edge of edges) edge.shown = wantedEdge(edge);
    if (!state.hideOrphans) return;
    const tied = new Set();
    for (const edge of edges) if (edge.shown && edge.from !== edge.to) tied.add(edge.from).add(edge.to);
    for (const node of nodes) node.shown = node.shown && tied.has(node);
    for (const edge of edges) edge.shown = edge.shown && edge.from.shown && edge.to.shown;
  }

  function refresh() {
    const before = new Map([...nodes, ...edges].map((item) => [item, item.shown]));
    decide();
    const changed = (item) => before.get(item) !== item.shown;
    handOver(visNodes, nodes.filter(changed), visNode);
    handOver(visEdges, edges.filter(changed), visEdge);
    showCounts();
    soon();
  }

  // vis-network gets an item when it is first shown; later it is only told whether to hide it.
  function handOver(known, items, made) {
    const old = items.filter((item) => item.drawn).map(({ id, shown }) => ({ id, hidden: !shown }));
    const fresh = items.filter((item) => item.shown && !item.drawn);
    if (old.length) known.update(old);
    if (fresh.length) known.add(fresh.map(made));
    for (const item of fresh) item.drawn = true;
  }

  function showCounts() {
    const shown = nodes.filter((node) => node.shown).length;
    const lines = edges.filter((edge) => edge.shown).length;
    const some = shown < nodes.length ? `${shown.toLocaleString('en')} of ${nodes.length.toLocaleString('en')}` : shown.toLocaleString('en');
    byId('counts').textContent = `${some} nodes · ${lines.toLocaleString('en')} links`;
  }

  // ---------------------------------------------------------------- drawing by vis-network

  function visNode(node) {
    const color = nodeColor(node);
    const hollow = node.kind === 'missing';
    const fill = hollow ? themeColor('paper') : color;
    return {
      id: node.id, x: node.x, y: node.y, size: node.size, hidden: !node.shown,
      borderWidth: hollow ? 2 : 0, color: { background: fill, border: color },
    };
  }

  function visEdge(edge) {
    const { relation } = edge;
    const made = { id: edge.id, from: edge.from.id, to: edge.to.id, hidden: !edge.shown, width: (relation.s ? SEMANTIC : 0.9) * lineGrowth, color: { color: visLineColor(relation) } };
    if (relation.s && relation.a) made.arrows = { to: { enabled: true, scaleFactor: 0.45 } };
    if (relation.d.length && edges.length <= 3 * MANY) made.dashes = relation.d.map((length) => length * lineGrowth);
    if (edge.bend) made.smooth = { enabled: true, type: 'curvedCW', roundness: edge.bend };
    return made;
  }

  // Lines that mean something are drawn over mere mentions.
  function meaningLast(lines) {
    return [...lines.filter((edge) => !edge.relation.s), ...lines.filter((edge) => edge.relation.s)];
  }

  function visLineColor(relation) {
    const { length } = edges;
    if (!relation.s) return `rgba(139,147,158,${length > 5 * MANY ? 0.16 : length > MANY ? 0.26 : 0.5})`;
    return relation.c + (relation.c.length === 4 ? (length > MANY ? '9' : 'd') : (length > MANY ? '90' : 'd8'));
  }

  function drawNetwork() {
    decide();
    visNodes = new vis.DataSet();
    visEdges = new vis.DataSet();
    handOver(visNodes, nodes, visNode);
    handOver(visEdges, meaningLast(edges), visEdge);
    network = new vis.Network(byId('network'), { nodes: visNodes, edges: visEdges }, data.options);
    byId('network').firstElementChild.tabIndex = -1;
    network.on('afterDrawing', paintOver);
    network.on('click', (event) => chosenAt(event.pointer.canvas));
    network.on('doubleClick', (event) => zoomedAt(event.pointer.canvas));
    network.on('dragging', dragged);
    network.on('dragEnd', dragged);
    const { middle, scale } = fitting(heart());
    move(middle, scale, false);
  }

  function dragged(event) {
    const places = network.getPositions(event.nodes);
    for (const [id, place] of Object.entries(places)) Object.assign(nodes[id], place);
  }

  // ---------------------------------------------------------------- moving the view

  // The part of the map that no card covers, in pixels.
  function clearing() {
    const map = byId('map').getBoundingClientRect();
    const left = !phone.matches && !byId('legend').hidden ? byId('legend').offsetWidth + 14 : 0;
    const right = !phone.matches && !byId('panel').hidden ? byId('panel').offsetWidth + 14 : 0;
    const bottom = phone.matches && !byId('panel').hidden ? byId('panel').offsetHeight : 0;
    return { width: map.width - left - right, height: map.height - bottom, x: (left - right) / 2, y: -bottom / 2 };
  }

  function move(position, scale, animated) {
    const { x, y } = clearing();
    const animation = animated && !calm.matches && nodes.length <= 4 * MANY ? { duration: 450, easingFunction: 'easeInOutQuad' } : false;
    network.moveTo({ position, scale, offset: { x, y }, animation });
  }

  // What to look at first: everything, or only what is tied together where lone nodes are the most.
  function heart() {
    const shown = nodes.filter(wanted);
    const tied = shown.filter((node) => node.out.length || node.in.length);
    return tied.length && tied.length < shown.length * 0.6 ? tied : shown;
  }

  function fit(animated) {
    const { middle, scale } = fitting(nodes.filter((node) => node.shown));
    move(middle, scale, animated);
  }

  // Where to look, and how near, to see all of some nodes.
  function fitting(some) {
    if (!some.length) return { middle: { x: 0, y: 0 }, scale: 1 };
    const { across, down, middle } = extent(some);
    const { width, height } = clearing();
    return { middle, scale: Math.max(Math.min((width - 70) / across, (height - 70) / down, 1.4), 0.01) };
  }

  function extent(some) {
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const { x, y, size } of some) {
      box.left = Math.min(box.left, x - size);
      box.right = Math.max(box.right, x + size);
      box.top = Math.min(box.top, y - size);
      box.bottom = Math.max(box.bottom, y + size);
    }
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    return { across: box.right - box.left || 1, down: box.bottom - box.top || 1, middle };
  }

  function goTo(node) {
    move({ x: node.x, y: node.y }, Math.min(Math.max(network.getScale(), 0.85), 2), true);
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: calm.matches ? false : { duration: 160, easingFunction: 'easeOutQuad' } });
  }

  // ---------------------------------------------------------------- pointing

  function nodeAt({ x, y }, slack) {
    const reach = slack / network.getScale();
    let best = null;
    let nearest = Infinity;
    for (const node of nodes) {
      if (!node.shown) continue;
      const away = Math.hypot(node.x - x, node.y - y) - node.size;
      if (away <= reach && away < nearest) [best, nearest] = [node, away];
    }
    return best;
  }

  function chosenAt(point) {
    const node = nodeAt(point, phone.matches ? 14 : 5);
    if (!node) closePanel();
    else {
      select(node);
      if (covered(node)) move({ x: node.x, y: node.y }, network.getScale(), true);
    }
  }

  function covered(node) {
    const { x, y } = pointOf(node);
    const box = byId('panel').getBoundingClientRect();
    return x > box.left - 20 && x < box.right && y > box.top - 20 && y < box.bottom;
  }

  function zoomedAt(point) {
    const node = nodeAt(point, 8);
    if (node) move({ x: node.x, y: node.y }, Math.max(network.getScale() * 1.6, 1.2), true);
  }

  function hover(event) {
    if (event.pointerType !== 'mouse' || event.buttons) return;
    const box = byId('network').getBoundingClientRect();
    const node = nodeAt(network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top }), 3);
    if (node === state.hovered) return;
    state.hovered = node;
    byId('network').style.cursor = node ? 'pointer' : '';
    soon();
  }

  function leave() {
    state.hovered = null;
    soon();
  }

  // ---------------------------------------------------------------- what lies over the map: light and labels

  let waiting = false;

  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; paintOver(); });
  }

  // The nodes that stay bright, or null if nothing is dimmed.
  function lit() {
    const centre = state.hovered || (state.selected && state.selected.shown ? state.selected : null);
    if (centre && !(state.found && !state.hovered)) return new Set([centre, ...shownEdges(centre).map((edge) => (edge.from === centre ? edge.to : edge.from))]);
    return state.found && state.found.length ? new Set(state.found.filter((node) => node.shown)) : null;
  }

  function shownEdges(node) {
    return [...node.out, ...node.in].filter((edge) => edge.shown);
  }

  function canvasFor(width, height) {
    const canvas = byId('over');
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const pen = canvas.getContext('2d');
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    return pen;
  }

  function paintOver() {
    if (!network) return;
    const { clientWidth: width, clientHeight: height } = byId('map');
    const scale = network.getScale();
    const middle = network.getViewPosition();
    const view = { width, height, scale, x: width / 2 - middle.x * scale, y: height / 2 - middle.y * scale };
    const pen = canvasFor(width, height);
    const bright = lit();
    if (bright) paintLit(pen, view, bright);
    paintLabels(pen, view, bright);
    firstPaint = firstPaint || performance.now();
  }

  function paintLit(pen, view, bright) {
    pen.globalAlpha = 0.82;
    pen.fillStyle = themeColor('paper');
    pen.fillRect(0, 0, view.width, view.height);
    pen.globalAlpha = 1;
    pen.save();
    pen.translate(view.x, view.y);
    pen.scale(view.scale, view.scale);
    const centre = state.hovered || (state.found ? null : state.selected);
    if (centre) for (const edge of meaningLast(shownEdges(centre))) paintEdge(pen, edge, view.scale);
    for (const node of bright) paintDot(pen, node, view.scale, node === centre);
    pen.restore();
  }

  function paintDot(pen, node, scale, marked) {
    const size = Math.max(node.size, 2.5 / scale);
    const hollow = node.kind === 'missing';
    pen.beginPath();
    pen.arc(node.x, node.y, size, 0, 7);
    pen.fillStyle = hollow ? themeColor('paper') : nodeColor(node);
    pen.fill();
    pen.lineWidth = hollow ? 2 : 0;
    pen.strokeStyle = nodeColor(node);
    if (hollow) pen.stroke();
    if (!marked) return;
    pen.beginPath();
    pen.arc(node.x, node.y, size + 4 / scale, 0, 7);
    pen.lineWidth = 2 / scale;
    pen.strokeStyle = themeColor('accent');
    pen.stroke();
  }

  // A line of the neighbourhood: never thinner than a pixel, with its dashes and its arrow.
  function paintEdge(pen, edge, scale) {
    const { relation, from, to } = edge;
    const via = bow(edge);
    const width = Math.max(relation.s ? SEMANTIC : 1, (relation.s ? 1.6 : 0.9) / scale);
    pen.lineWidth = width;
    pen.strokeStyle = pen.fillStyle = lineColor(relation);
    pen.setLineDash(relation.d.map((length) => length * Math.max(1, 0.7 / scale)));
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.quadraticCurveTo(via.x, via.y, to.x, to.y);
    pen.stroke();
    pen.setLineDash([]);
    if (relation.s && relation.a) paintArrow(pen, via, to, width, scale);
  }

  // vis-network's own way of bending a line (curvedCW), so that both lie on each other.
  function bow({ from, to, bend }) {
    if (!bend) return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const part = bend * 0.5 + 0.5;
    const angle = Math.atan2(from.y - to.y, to.x - from.x) + part * Math.PI;
    const reach = part * Math.hypot(to.x - from.x, to.y - from.y);
    return { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
  }

  function paintArrow(pen, via, to, width, scale) {
    const angle = Math.atan2(to.y - via.y, to.x - via.x);
    const length = Math.max(7, 6 / scale) + width;
    const size = Math.max(to.size, 2.5 / scale);
    const tip = { x: to.x - size * Math.cos(angle), y: to.y - size * Math.sin(angle) };
    pen.beginPath();
    pen.moveTo(tip.x, tip.y);
    for (const turn of [0.4, -0.4]) pen.lineTo(tip.x - length * Math.cos(angle + turn), tip.y - length * Math.sin(angle + turn));
    pen.fill();
  }

  // ---------------------------------------------------------------- labels, where there is room

  function paintLabels(pen, view, bright) {
    const taken = new Map();
    const inView = nodes.filter((node) => node.shown && (!bright || bright.has(node)) && onScreen(node, view));
    if (inView.length <= 2 * FEW) for (const node of inView) claim(taken, dotBox(node, view));
    let left = phone.matches ? 24 : MOST_LABELS;
    pen.textBaseline = 'top';
    pen.textAlign = 'center';
    pen.lineJoin = 'round';
    for (const node of labelled(view, inView)) {
      if (left && paintLabel(pen, view, node, taken)) left -= 1;
    }
  }

  function onScreen(node, view) {
    const x = node.x * view.scale + view.x;
    const y = node.y * view.scale + view.y;
    return x > -20 && x < view.width + 20 && y > -20 && y < view.height + 20;
  }

  // Nodes that may have a label, the most important first.
  function labelled(view, inView) {
    const centre = state.hovered || state.selected;
    const large = (node) => node.rank < LABELS_AT_FIRST || node.size * view.scale > 5.5;
    const some = lit() || nodes.length <= FEW ? inView : inView.filter(large);
    return some.sort((one, other) => (other === centre) - (one === centre) || one.rank - other.rank);
  }

  function paintLabel(pen, view, node, taken) {
    const marked = node === state.hovered || node === state.selected;
    const leading = node.rank < 12 && nodes.length > 40;
    const size = marked ? 14 : leading ? 13 : 12;
    pen.font = `${marked || leading ? 600 : 400} ${size}px ${FONT}`;
    const text = cut(node.title, marked ? 60 : 26);
    const width = labelWidth(pen, node, text, size);
    const box = labelBoxes(dotBox(node, view), width, size + 3).find((place) => marked || (inside(place, view) && free(taken, place, node, leading)));
    if (!box) return false;
    claim(taken, box);
    pen.lineWidth = 3.5;
    pen.strokeStyle = themeColor('paper');
    pen.strokeText(text, (box.left + box.right) / 2, box.top + 1);
    pen.fillStyle = themeColor('ink');
    pen.fillText(text, (box.left + box.right) / 2, box.top + 1);
    return true;
  }

  function labelWidth(pen, node, text, size) {
    const key = `${size} ${text.length}`;
    node.widths = node.widths || {};
    if (node.widths[key] === undefined) node.widths[key] = pen.measureText(text).width;
    return node.widths[key];
  }

  function dotBox(node, view) {
    const x = node.x * view.scale + view.x;
    const y = node.y * view.scale + view.y;
    const size = Math.max(node.size * view.scale, 2);
    return { left: x - size, right: x + size, top: y - size, bottom: y + size, node };
  }

  // Below the dot, above it, or beside it.
  function labelBoxes(dot, width, height) {
    const x = (dot.left + dot.right) / 2;
    const y = (dot.top + dot.bottom) / 2;
    const at = (left, top) => ({ left, right: left + width, top, bottom: top + height });
    return [at(x - width / 2, dot.bottom + 2), at(x - width / 2, dot.top - height - 2), at(dot.right + 4, y - height / 2), at(dot.left - width - 4, y - height / 2)];
  }

  function inside(box, view) {
    return box.left >= 2 && box.right <= view.width - 2;
  }

  // Dots and labels claim boxes; a coarse grid says which of them are near.
  function* cells({ left, right, top, bottom }) {
    for (let column = Math.floor(left / 80); column <= Math.floor(right / 80); column += 1) {
      for (let row = Math.floor(top / 24); row <= Math.floor(bottom / 24); row += 1) yield column * 4096 + row;
    }
  }

  function claim(taken, box) {
    for (const cell of cells(box)) {
      if (taken.has(cell)) taken.get(cell).push(box);
      else taken.set(cell, [box]);
    }
  }

  function free(taken, box, node, overDots) {
    const touches = (other) => other.node !== node && !(overDots && other.node) && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
    for (const cell of cells(box)) if ((taken.get(cell) || []).some(touches)) return false;
    return true;
  }

  // ---------------------------------------------------------------- search

  const low = (text) => text.normalize('NFKC').toLowerCase();

  function words(node) {
    if (node.words) return node.words;
    const { p: path = '', a: aliases = [], g: tags = [] } = data.details[node.id];
    node.words = { title: low(node.title), aliases: aliases.map(low), rest: low([path, ...tags].join('\n')) };
    node.words.all = [node.words.title, ...node.words.aliases, node.words.rest].join('\n');
    return node.words;
  }

  // How well a node answers: 0 best, null not at all.
  function answer(node, query, terms) {
    const { title, aliases, rest, all } = words(node);
    if (!terms.every((term) => all.includes(term))) return null;
    if (title === query || aliases.includes(query)) return 0;
    if (title.startsWith(query)) return 1;
    if (aliases.some((alias) => alias.startsWith(query))) return 2;
    if (title.includes(query)) return 3;
    if (aliases.some((alias) => alias.includes(query))) return 4;
    return rest.includes(query) ? 5 : 6;
  }

  function search(text) {
    const query = low(text.trim());
    if (!query) return null;
    const terms = query.split(/\s+/);
    const answers = byRank.map((node) => [answer(node, query, terms), node]).filter(([grade]) => grade !== null);
    return answers.sort(([one], [other]) => one - other).map(([, node]) => node);
  }

  function searched() {
    state.found = search(byId('query').value);
    state.active = state.found && state.found.length ? 0 : -1;
    showResults(state.found || []);
    soon();
  }

  function showResults(found) {
    const list = byId('results');
    list.replaceChildren(...found.slice(0, MOST_RESULTS).map(resultRow));
    if (state.found && !found.length) list.append(element('li', { className: 'nothing', textContent: 'Nothing found' }));
    if (found.length > MOST_RESULTS) list.append(element('li', { className: 'nothing', textContent: `and ${found.length - MOST_RESULTS} more` }));
    openResults(list.children.length > 0);
    markActive();
  }

  function resultRow(node, number) {
    const { p: path = '', a: aliases = [] } = data.details[node.id];
    const query = low(byId('query').value.trim());
    const alias = query && !words(node).title.includes(query) ? aliases.find((name) => low(name).includes(query)) : undefined;
    const row = element('li', { id: `result-${number}` },
      dotSample(nodeColor(node), node.kind === 'missing'),
      element('span', { className: 'title', dir: 'auto', textContent: node.title || 'Untitled' }),
      element('span', { className: 'hint', textContent: alias !== undefined ? `also: ${alias}` : folder(path) || typeName(node) }));
    row.setAttribute('role', 'option');
    row.addEventListener('pointerdown', (event) => event.preventDefault());
    row.addEventListener('click', () => choose(node));
    return row;
  }

  function folder(path) {
    return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  }

  function openResults(open) {
    byId('results').hidden = !open;
    byId('query').setAttribute('aria-expanded', String(open));
  }

  function markActive() {
    const rows = [...byId('results').querySelectorAll('[role=option]')];
    rows.forEach((row, number) => row.setAttribute('aria-selected', String(number === state.active)));
    const active = rows[state.active];
    if (active) active.scrollIntoView({ block: 'nearest' });
    byId('query').setAttribute('aria-activedescendant', active ? active.id : '');
  }

  // With nothing typed, the arrow keys walk through the most linked notes.
  function offered() {
    return state.found || byRank.filter((node) => node.shown);
  }

  function searchKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (byId('results').hidden) showResults(offered());
      const most = Math.min(offered().length, MOST_RESULTS);
      state.active = most ? (state.active + step + most) % most : -1;
      markActive();
    } else if (event.key === 'Enter' && !byId('results').hidden && offered()[state.active]) {
      event.preventDefault();
      choose(offered()[state.active]);
      byId('panel').querySelector('h2').focus({ preventScroll: true });
    }
  }

  function choose(node) {
    endSearch();
    byId('query').value = '';
    select(node);
    goTo(node);
  }

  function endSearch() {
    state.found = null;
    state.active = -1;
    openResults(false);
    soon();
  }

  // ---------------------------------------------------------------- legend

  function legendRow(name, count, sample, off, item) {
    const box = element('input', { type: 'checkbox', checked: !off.has(item) });
    const row = element('li', {}, element('label', { title: name }, box, sample, element('span', { dir: 'auto', textContent: name }),
      element('span', { className: 'count', textContent: count.toLocaleString('en') })));
    box.addEventListener('change', () => {
      (box.checked ? off.delete(item) : off.add(item));
      markLegend();
      refresh();
    });
    row.mark = () => { box.checked = !off.has(item); row.classList.toggle('off', off.has(item)); };
    row.mark();
    return row;
  }

  function buildLegend() {
    const kinds = KINDS.filter(([kind]) => nodes.some((node) => node.kind === kind && !node.type));
    byId('types').replaceChildren(...data.types.map((type) => legendRow(type.n || 'no type', type.m, dotSample(type.c), state.typesOff, type)));
    byId('relations').replaceChildren(...data.relations.map((relation) => legendRow(relation.n, relation.m, lineSample(relation), state.relationsOff, relation)));
    byId('kinds').replaceChildren(...kinds.map(([kind, name]) => {
      const count = nodes.filter((node) => node.kind === kind && !node.type).length;
      return legendRow(name, count, dotSample(themeColor(kind), kind === 'missing'), state.kindsOff, kind);
    }));
    byId('kinds').parentElement.hidden = !kinds.length;
    byId('relations').parentElement.hidden = !data.relations.length;
    byId('types').parentElement.hidden = !data.types.length;
    markLegend();
  }

  function offSet(list) {
    return list === 'types' ? state.typesOff : state.relationsOff;
  }

  function markLegend() {
    for (const row of document.querySelectorAll('#types li, #relations li, #kinds li')) row.mark();
    for (const button of document.querySelectorAll('.all')) {
      button.textContent = offSet(button.dataset.list).size ? 'all' : 'none';
      button.setAttribute('aria-label', `${offSet(button.dataset.list).size ? 'Show all' : 'Hide all'} ${button.dataset.list}`);
    }
  }

  function allOrNone(event) {
    const { list } = event.currentTarget.dataset;
    const off = offSet(list);
    if (off.size) off.clear();
    else for (const item of data[list]) off.add(item);
    markLegend();
    refresh();
  }

  function showLegend(open) {
    byId('legend').hidden = !open;
    byId('filter').setAttribute('aria-expanded', String(open));
  }

  // A chosen node is shown, whatever the filter said.
  function reveal(node) {
    if (node.shown) return;
    (node.type ? state.typesOff.delete(node.type) : state.kindsOff.delete(node.kind));
    markLegend();
    refresh();
    if (node.shown) return;
    state.hideOrphans = byId('hide-orphans').checked = false;
    refresh();
  }

  // ---------------------------------------------------------------- panel

  function select(node) {
    reveal(node);
    state.selected = node;
    state.hovered = null;
    if (phone.matches) showLegend(false);
    byId('details').replaceChildren(...panelParts(node));
    byId('panel').hidden = false;
    byId('panel').scrollTop = 0;
    document.body.classList.add('with-panel');
    soon();
  }

  function closePanel() {
    if (byId('panel').contains(document.activeElement)) byId('query').focus({ preventScroll: true });
    if (document.activeElement === byId('query')) endSearch();
    state.selected = null;
    byId('panel').hidden = true;
    document.body.classList.remove('with-panel');
    soon();
  }

  function panelParts(node) {
    const { p: path, a: aliases, g: tags, f: properties } = data.details[node.id];
    return [
      element('h2', { dir: 'auto', tabIndex: -1, textContent: node.title || 'Untitled' }),
      element('p', { className: 'kind' }, dotSample(nodeColor(node), node.kind === 'missing'), typeName(node)),
      path && element('p', { className: 'path', dir: 'auto', textContent: path }),
      path && openLink(path),
      chips('Aliases', aliases),
      chips('Tags', tags),
      propertyList(properties),
      linkGroups('Links out', node.out, (edge) => edge.to, (relation) => relation.n),
      linkGroups('Links in', node.in, (edge) => edge.from, (relation) => relation.i || `← ${relation.n}`),
    ].filter(Boolean);
  }

  function openLink(path) {
    return element('a', { className: 'open', href: data.open + quoted(path), textContent: 'Open in Obsidian' });
  }

  function section(name, ...children) {
    return element('section', {}, element('p', { className: 'section', textContent: name }), ...children);
  }

  function chips(name, texts) {
    if (!texts) return null;
    return section(name, element('ul', { className: 'chips' }, ...texts.map((text) => element('li', { dir: 'auto', textContent: text }))));
  }

  function propertyList(properties) {
    if (!properties) return null;
    const rows = properties.flatMap(([key, value]) => [element('dt', { dir: 'auto', textContent: key }), element('dd', { dir: 'auto', textContent: value || '–' })]);
    return section('Properties', element('dl', {}, ...rows));
  }

  function linkGroups(name, links, end, called) {
    if (!links.length) return null;
    const groups = new Map();
    for (const edge of links) groups.set(edge.relation, [...(groups.get(edge.relation) || []), end(edge)]);
    const order = data.relations.filter((relation) => groups.has(relation));
    const made = section(`${name} (${links.length.toLocaleString('en')})`, ...order.flatMap((relation) => linkGroup(relation, called(relation), groups.get(relation))));
    made.classList.add('links');
    return made;
  }

  function linkGroup(relation, name, others) {
    const list = element('ul', {}, ...others.slice(0, MOST_LINKS).map(linkRow));
    if (others.length > MOST_LINKS) list.append(moreRow(list, others));
    return [element('h3', {}, lineSample(relation), element('span', { dir: 'auto', textContent: name })), list];
  }

  function linkRow(node) {
    const button = element('button', { type: 'button' }, dotSample(nodeColor(node), node.kind === 'missing'), element('span', { dir: 'auto', textContent: node.title || 'Untitled' }));
    button.addEventListener('click', () => { select(node); goTo(node); });
    return element('li', {}, button);
  }

  function moreRow(list, others) {
    const button = element('button', { type: 'button', className: 'more', textContent: `Show all ${others.length.toLocaleString('en')}` });
    button.addEventListener('click', () => list.replaceChildren(...others.map(linkRow)));
    return element('li', {}, button);
  }

  // ---------------------------------------------------------------- light and dark

  const prefersDark = matchMedia('(prefers-color-scheme: dark)');

  function theme() {
    return document.documentElement.dataset.theme || (prefersDark.matches ? 'dark' : 'light');
  }

  function setTheme(name) {
    document.documentElement.dataset.theme = name;
    repaintTheme();
  }

  function repaintTheme() {
    if (!network) return;
    visNodes.update(nodes.filter((node) => node.drawn && !node.type).map(visNode));
    buildLegend();
    if (state.selected) select(state.selected);
    soon();
  }

  function toggleTheme() {
    setTheme(theme() === 'dark' ? 'light' : 'dark');
    remembered('vault-tools-theme', theme());
  }

  // ---------------------------------------------------------------- start

  function key(event) {
    if (event.key === 'Escape') {
      if (!byId('results').hidden || byId('query').value) { byId('query').value = ''; endSearch(); } else closePanel();
    } else if (event.key === '/' && document.activeElement !== byId('query')) {
      event.preventDefault();
      byId('query').focus();
    }
  }

  function listen() {
    byId('query').addEventListener('input', searched);
    byId('query').addEventListener('keydown', searchKey);
    byId('query').addEventListener('blur', () => openResults(false));
    byId('query').addEventListener('focus', () => { if (state.found) showResults(state.found); });
    byId('filter').addEventListener('click', () => showLegend(byId('legend').hidden));
    byId('theme').addEventListener('click', toggleTheme);
    byId('close').addEventListener('click', closePanel);
    byId('zoom-in').addEventListener('click', () => zoom(1.4));
    byId('zoom-out').addEventListener('click', () => zoom(1 / 1.4));
    byId('fit').addEventListener('click', () => fit(true));
    byId('only-semantic').addEventListener('change', (event) => { state.onlySemantic = event.target.checked; refresh(); });
    byId('hide-orphans').addEventListener('change', (event) => { state.hideOrphans = event.target.checked; refresh(); });
    for (const button of document.querySelectorAll('.all')) button.addEventListener('click', allOrNone);
    byId('network').addEventListener('pointermove', hover);
    byId('network').addEventListener('pointerleave', leave);
    prefersDark.addEventListener('change', repaintTheme);
    document.addEventListener('keydown', key);
  }

  function say(text) {
    byId('message').textContent = text;
    byId('message').hidden = false;
  }

  // For tests and the curious: what the page shows, to read and not to change.
  function publish() {
    const titles = (list) => [...list].map((node) => node.title);
    window.vaultGraph = Object.freeze({
      visibleNodes: () => titles(nodes.filter((node) => node.shown)),
      visibleEdges: () => edges.filter((edge) => edge.shown).map((edge) => [edge.from.title, edge.relation.n, edge.to.title]),
      lit: () => { const bright = lit(); return bright && titles(bright); },
      focused: () => { const node = state.hovered || state.selected; return node && node.title; },
      pointOf: (title) => pointOf(nodes.find((node) => node.title === title)),
      firstPaint: () => firstPaint,
    });
  }

  function pointOf(node) {
    const box = byId('network').getBoundingClientRect();
    const point = network.canvasToDOM({ x: node.x, y: node.y });
    return { x: box.left + point.x, y: box.top + point.y };
  }

  function start() {
    const kept = remembered('vault-tools-theme');
    if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;
    understand();
    byId('vault').textContent = data.vault;
    document.title = `${data.vault} · graph`;
    showLegend(!phone.matches);
    buildLegend();
    drawNetwork();
    listen();
    showCounts();
    publish();
    if (!nodes.length) say('There is nothing in this vault yet. Write a note, then build this page again.');
  }

  try {
    start();
  } catch (trouble) {
    say('The data of this page cannot be read. Build the page again with vault-tools.');
    console.error(trouble);
  }
})();
