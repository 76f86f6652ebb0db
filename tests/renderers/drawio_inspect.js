// Runs in the page with draw.io's viewer: loads one page of a file and tells what draw.io made of it.
// Out: errors, corners of edges, boxes of vertices and of the words in them, all in px of the diagram.
async ({content, kind, page}) => {
  const out = {errors: [], edges: {}, texts: {}, boxes: {}, layers: []};
  const error = text => out.errors.push(text);
  let xml = content;
  if (kind === 'png') xml = Editor.extractGraphModelFromPng(content);
  if (kind === 'svg') xml = mxUtils.parseXml(content).documentElement.getAttribute('content');
  if (!xml) {
    error('no diagram in the picture');
    return out;
  }
  const dom = new DOMParser().parseFromString(xml, 'text/xml');
  if (dom.getElementsByTagName('parsererror').length) {
    error('not well-formed');
    return out;
  }
  // What the viewer forgives or drops without a word: look at the raw cells.
  const diagram = dom.getElementsByTagName('diagram')[page];
  const cells = [...diagram.getElementsByTagName('mxCell')];
  const wrapped = n => n.parentNode.nodeName === 'root' ? null : n.parentNode.getAttribute('id');
  const idOf = n => n.getAttribute('id') || wrapped(n);
  const ids = new Set();
  for (const n of cells) {
    if (!idOf(n)) error('a cell without id');
    if (ids.has(idOf(n))) error('id twice: ' + idOf(n));
    ids.add(idOf(n));
  }
  for (const n of cells) {
    for (const name of ['parent', 'source', 'target']) {
      const value = n.getAttribute(name);
      if (value !== null && !ids.has(value)) error(`${name} of ${idOf(n)} names nothing: ${value}`);
    }
  }
  const host = document.getElementById('c');
  const div = document.createElement('div');
  host.replaceChildren(div);
  let graph;
  try {
    const settings = {nav: false, resize: false, toolbar: null, page, border: 0, lightbox: false};
    graph = new GraphViewer(div, dom.documentElement, settings).graph;
    window.__graph = graph;
  } catch (e) {
    error('viewer: ' + e);
    return out;
  }
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const {model, view} = graph;
  const s = view.scale, t = view.translate;
  const stencil = name => mxStencilRegistry.getStencil(name) != null;
  const shape = name =>
    mxCellRenderer.defaultShapes[name] != null || graph.cellRenderer.getShape(name) != null || stencil(name);
  const toDiagram = view.getCanvas().getScreenCTM().inverse();
  const box = (x0, y0, x1, y1) => [x0 / s - t.x, y0 / s - t.y, (x1 - x0) / s, (y1 - y0) / s];
  const wordsOf = node => {
    const range = document.createRange();
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let r = null;
    for (let n; (n = walker.nextNode());) {
      range.selectNodeContents(n);
      for (const b of range.getClientRects()) {
        if (b.width < 1) continue;
        r = r || [b.left, b.top, b.right, b.bottom];
        r = [Math.min(r[0], b.left), Math.min(r[1], b.top), Math.max(r[2], b.right), Math.max(r[3], b.bottom)];
      }
    }
    if (!r) return null;
    const a = new DOMPoint(r[0], r[1]).matrixTransform(toDiagram);
    const b = new DOMPoint(r[2], r[3]).matrixTransform(toDiagram);
    return box(a.x, a.y, b.x, b.y);
  };
  const shown = c => c === null || (c.visible && shown(c.parent));
  out.layers = model.getChildren(model.root).map(c => [c.id, !!c.visible]);
  for (const c of Object.values(model.cells)) {
    if ((!c.vertex && !c.edge) || !shown(c)) continue;
    const st = view.getState(c), style = graph.getCellStyle(c);
    if (style.shape && !shape(style.shape)) error('no shape ' + style.shape);
    for (const k of ['resIcon', 'grIcon']) if (style[k] && !stencil(style[k])) error('no stencil ' + style[k]);
    if (!st || !st.shape || !st.shape.node || !st.shape.node.ownerSVGElement) {
      error('not drawn: ' + c.id);
      continue;
    }
    if (c.edge) out.edges[c.id] = st.absolutePoints.map(p => [p.x / s - t.x, p.y / s - t.y]);
    else out.boxes[c.id] = box(st.x, st.y, st.x + st.width, st.y + st.height);
    const words = st.text && st.text.node && st.text.value ? wordsOf(st.text.node) : null;
    if (words) out.texts[c.id] = words;
  }
  return out;
}
