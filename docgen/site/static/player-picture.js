/* What the flow player shows on the picture: the layer of a flow, states of its lines and circles, what the current
   step adds. */
const Picture = (Base) => class extends Base {
  show(view) {
    const layers = [...this.querySelectorAll(".dg-layer")];
    const layer = layers.find((l) => l.dataset.view === view) || layers.find((l) => l.dataset.view === "overview");
    for (const one of layers) one === layer ? one.removeAttribute("display") : one.setAttribute("display", "none");
    const svg = layer.closest("svg");
    for (const one of this.querySelectorAll(".dg-drawing")) one.style.display = one === svg ? "" : "none";
    const set = (name) => new Set((layer.dataset[name] || "").split(" "));
    const on = set("on"), down = set("down");
    for (const one of svg.querySelectorAll(".dg-icon, .dg-box")) {
      const id = one.dataset.icon || one.dataset.box;
      one.classList.toggle("dg-down", down.has(id));
      if (one.dataset.icon) one.classList.toggle("dg-faded", !on.has(id));
    }
    this.layer = layer;
    const other = this.svg !== svg;
    if (other) {
      this.svg = svg;
      this.size ||= new Map();
      if (!this.size.has(svg)) this.size.set(svg, [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]);
      this.map.firstChild.setAttribute("href", "#" + svg.querySelector(".dg-ground").id);
    }
    this.fit(true);
  }

  /* Numbers of a line's steps on the way shown; a step `via` an icon takes two lines. */
  numbers(line) {
    const { source, target } = line.dataset;
    const joins = (a, b) => (a === source && b === target) || (this.way && a === target && b === source);
    const found = this.flow.all[this.way].filter(({ dataset: { from, to, via } }) =>
      joins(from, via || to) || (via && joins(via, to))).map((s) => s.value);
    return this.way || !line.dataset.step ? found : line.dataset.step.split(" ").map(Number);
  }

  state(numbers) {
    const now = this.now?.value;
    if (numbers.includes(now)) return "now";
    if (numbers.includes(now + 1)) return "next";
    return numbers.some((n) => n < now) ? "past" : "later";
  }

  paint() {
    const { layer, now, way, svg } = this;
    const lines = [...layer.querySelectorAll(".dg-connector")];
    const { from, to } = now?.dataset || {};
    const ends = (line, a, b) => line.dataset.source === a && line.dataset.target === b;
    let own = null;
    const carries = new Map(lines.map((line) => [line.dataset.connector, this.numbers(line)]));
    const here = lines.filter((line) => carries.get(line.dataset.connector).includes(now?.value));
    own = here.find((l) => ends(l, from, to)) || here.find((l) => ends(l, to, from))
      || here.find((l) => l.dataset.source === from) || here.find((l) => l.dataset.source === to) || here[0];
    for (const line of lines) {
      const numbers = carries.get(line.dataset.connector);
      line.dataset.s = !numbers.length ? "off" : line === own ? "now" : here.includes(line) ? "also" : this.state(numbers);
    }
    for (const mark of layer.querySelectorAll(".dg-marker-step")) {
      const numbers = way ? mark.dataset.connectors.split(" ").flatMap((id) => carries.get(id) || []) : [+mark.dataset.step];
      mark.dataset.s = numbers.length ? this.state(numbers) : "off";
      mark.classList.toggle("dg-blocked", lines.some((l) => l.matches(".dg-blocked") && mark.dataset.connectors.split(" ").includes(l.dataset.connector)));
      const ahead = numbers.filter((n) => n >= now?.value);
      if (numbers.length) mark.querySelector("text").textContent = Math.min(...(ahead.length ? ahead : numbers));
    }
    for (const mark of layer.querySelectorAll(".dg-marker-stop")) {
      mark.dataset.s = now?.matches(".dg-step--stopped") ? "now" : "later";
    }
    this.over(own, from, to);
    if (way) for (const line of lines) if (line.dataset.s !== "off") this.arrow(line);
    svg.querySelectorAll(".dg-here").forEach((one) => one.classList.remove("dg-here"));
    for (const id of [from, to]) svg.querySelector(`.dg-icon[data-icon="${CSS.escape(id || "-")}"]`)?.classList.add("dg-here");
    this.follow();
  }

  /* What the current step adds: glow, halo, packet, ring around what decides, its name. */
  over(own, from, to) {
    cancelAnimationFrame(this.travelling);
    for (const old of this.querySelectorAll(".dg-over")) old.remove();
    if (!this.now) return;
    const tone = own?.matches(".dg-blocked") ? " dg-blocked" : "";
    const below = draw("g", { class: "dg-over" + tone }), above = draw("g", { class: "dg-over" + tone });
    const line = (one) => one.querySelector(".dg-line").getAttribute("d");
    const through = own && [...this.layer.querySelectorAll('[data-s="also"]')].find((l) => l.dataset.source === this.now.dataset.via);
    const path = own && draw("path", { class: "dg-glow", d: line(own) + (through ? line(through) : "") });
    const turned = own && (own.dataset.source === to || own.dataset.target === from);
    const stopped = this.now.matches(".dg-step--stopped");
    const check = this.now.querySelector("[data-decides]");
    const box = check && this.svg.querySelector(`.dg-box[data-box="${CSS.escape(check.dataset.at || "-")}"] > .dg-frame`);
    const art = (id) => this.svg.querySelector(`.dg-icon[data-icon="${CSS.escape(id || "-")}"] .dg-art`)?.getBBox();
    if (box) {
      const ring = box.cloneNode();
      ring.setAttribute("class", "dg-ring");
      ring.removeAttribute("fill");
      below.append(ring);
    }
    const marks = [...this.layer.querySelectorAll(stopped ? ".dg-marker-stop" : '.dg-marker-step[data-s="now"]')];
    const mark = marks.find((m) => own && m.dataset.connectors.split(" ").includes(own.dataset.connector)) || marks[0];
    if (path) below.append(path);
    if (mark) {
      const { x, y, width, height } = mark.firstChild.getBBox();
      below.append(draw("circle", { class: "dg-halo", cx: x + width / 2, cy: y + height / 2, r: 17 }));
    }
    const end = art(to);
    if (end && !stopped) {
      above.append(draw("circle", { class: "dg-end", cx: end.x + end.width / 2, cy: end.y + end.height / 2, r: end.width / 2 + 4 }));
    }
    this.layer.prepend(below);
    this.layer.append(above);
    if (path) this.travel(path, turned, above, mark);
    if (check && "pin" in check.dataset) {
      const place = (path && box && this.crossing(path, box.getBBox(), turned)) || this.beside(art(check.dataset.at) || end);
      if (place) this.pin(above, words(check.querySelector("summary")).replace(/^\S+ /, ""), place, mark);
    }
  }

  /* Answers run along the lines of their requests, the other way. */
  arrow(line) {
    const path = line.querySelector(".dg-line"), tip = path.getPointAtLength(0), next = path.getPointAtLength(9);
    const angle = Math.atan2(tip.y - next.y, tip.x - next.x) * 180 / Math.PI;
    line.append(draw("path", { class: "dg-over dg-tip", d: "M-9 -4.5L0 0L-9 4.5", transform: `translate(${tip.x} ${tip.y}) rotate(${angle})` }));
  }

  travel(path, turned, above, mark) {
    const length = path.getTotalLength(), dot = draw("circle", { class: "dg-packet", r: 5.5 });
    const circle = mark?.firstChild.getBBox();
    const put = (share) => {
      const { x, y } = path.getPointAtLength(length * (turned ? 1 - share : share));
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", y);
      const near = circle && Math.hypot(x - circle.x - circle.width / 2, y - circle.y - circle.height / 2) < 20;
      dot.setAttribute("opacity", near ? 0 : 1); // never on a number
    };
    above.append(dot);
    if (still.matches) return put(0.86);
    const start = performance.now();
    const frame = (time) => {
      const t = Math.min(1, Math.max(0, (time - start) / TRAVEL));
      put((t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2) * 0.86);
      if (t < 1) this.travelling = requestAnimationFrame(frame);
    };
    put(0);
    this.travelling = requestAnimationFrame(frame);
  }

  /* Where a line crosses the border of a box. */
  crossing(path, box, turned) {
    const length = path.getTotalLength();
    const inside = ({ x, y }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
    for (let at = 3, was = inside(path.getPointAtLength(turned ? length : 0)); at < length; at += 3) {
      const point = path.getPointAtLength(turned ? length - at : at);
      if (inside(point) !== was) return point;
    }
  }

  beside(box) {
    return box && { x: box.x + box.width / 2, y: box.y - 8 };
  }

  /* The name of what decides, where it acts, beside the circle of the step. */
  pin(above, name, { x, y }, mark) {
    const group = draw("g", { class: "dg-pin" + (this.root.matches(".dg-stopped") ? " dg-blocked" : "") }), text = draw("text", { y: y + 3.8 });
    text.textContent = name;
    group.append(text);
    above.append(group);
    const half = text.getBBox().width / 2 + 9, [wide] = this.size.get(this.svg);
    const z = +this.svg.style.getPropertyValue("--z") || 1;
    x = Math.min(wide - half * z, Math.max(half * z, x));
    const taken = mark?.firstChild.getBBox();
    if (taken) {
      const dx = x - taken.x - taken.width / 2, dy = y - taken.y - taken.height / 2;
      if (Math.abs(dy) < 22 * z && Math.abs(dx) < half * z + 12 * z) x += (dx < 0 || x + half * z + 60 > wide ? -1 : 1) * (half * z + 14 * z - Math.abs(dx));
    }
    text.setAttribute("x", x);
    group.prepend(draw("rect", { x: x - half, y: y - 9.5, width: half * 2, height: 19, rx: 9.5 }));
  }
};
