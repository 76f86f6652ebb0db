// Runs in the page with draw.io's viewer: shows an SVG of ours and tells where it has what, as the browser draws it.
// Out: boxes, icons and signs as [x, y, width, height]; words line by line; lines as points every few px.
async ({svg}) => {
  const out = {boxes: {}, texts: {}, lines: {}};
  const host = document.getElementById('c');
  host.innerHTML = svg.slice(svg.indexOf('<svg'));
  await document.fonts.ready;
  const box = node => {
    const b = node.getBBox();
    return [b.x, b.y, b.width, b.height];
  };
  const words = node => [...node.querySelectorAll('text')].map(box);
  for (const node of host.querySelectorAll('[data-box]')) {
    out.boxes[node.dataset.box] = box(node.querySelector('.dg-frame'));
    out.texts[node.dataset.box] = words(node);
  }
  for (const node of host.querySelectorAll('[data-icon]')) {
    const texts = words(node);
    if (texts.length) out.texts[node.dataset.icon] = texts;
    out.boxes[node.dataset.icon] = box(node.querySelector('image, .dg-art > g'));
  }
  for (const node of host.querySelectorAll('[data-connector]')) {
    const line = node.querySelector('.dg-line'), length = line.getTotalLength();
    const points = [];
    for (let at = 0; at <= length; at += 4) points.push(line.getPointAtLength(at));
    out.lines[node.dataset.connector] = [...points, line.getPointAtLength(length)].map(p => [p.x, p.y]);
    const texts = words(node);
    if (texts.length) out.texts['label:' + node.dataset.connector] = texts;
  }
  for (const node of host.querySelectorAll('[data-marker]')) {
    out.boxes[node.dataset.marker] = box(node.querySelector('circle, rect:not(.dg-pill)'));
    const note = [...node.querySelectorAll('.dg-pill ~ text')];
    if (note.length) out.texts['note:' + node.dataset.marker] = note.map(box);
    const digits = node.querySelector('circle + text');
    if (digits) out.texts[node.dataset.marker] = [box(digits)];
  }
  return out;
}
