/* What part of the picture is seen: fit, zoom, pan, and what hands do on it. */
const Eye = (Base) => class extends Base {
  /* The whole picture; or, where that makes its words too small, the part that the flow touches. */
  fit(again) {
    if (!this.svg) return;
    const [w, h] = this.size.get(this.svg), { clientWidth: W, clientHeight: H } = this.stage;
    if (!W || !H) return;
    const old = this.whole;
    this.whole = Math.min(W / w, H / h, 1.5);
    if (again || !this.eye || old !== this.whole) {
      const legible = again === "whole" || this.whole > LEGIBLE;
      let { x, y, width, height } = (!legible && this.touched()) || { x: 0, y: 0, width: w, height: h };
      const free = legible ? H : H - 40; // the tools hide nothing then
      let k = Math.max(this.whole, Math.min(W / width, free / height, 1));
      if (k < this.whole * 1.15) [k, x, y, width, height] = [this.whole, 0, 0, w, h];
      this.eye = { ...this.bounded(x + width / 2, y + height / 2 + (H - free) / 2 / k, k), k };
      if (again !== "whole" && k < (this.narrow ? 1.1 : SMALL)) this.eye.k = this.narrow ? 1.1 : LEGIBLE;
    }
    this.measure();
    this.look();
    this.follow();
  }

  /* The box around all that the flow touches. */
  touched() {
    const icons = [...this.svg.querySelectorAll(".dg-icon:not(.dg-faded)")];
    const titles = [...this.svg.querySelectorAll(".dg-public, .dg-private")].filter((box) => {
      const { x, y, width, height } = box.firstChild.getBBox();
      return icons.some((icon) => {
        const at = icon.firstChild.getBBox();
        return at.x > x && at.x < x + width && at.y > y && at.y < y + height;
      });
    }).flatMap((box) => [...box.querySelectorAll("text, rect:not(.dg-frame)")]);
    return around([...icons, ...titles, ...this.layer.querySelectorAll(".dg-connectors, .dg-markers")], 16);
  }

  look() {
    const { clientWidth: W, clientHeight: H } = this.stage, { x, y, k } = this.eye;
    const [w, h] = this.size.get(this.svg);
    const view = paper.matches ? [0, 0, w, h] : [x - W / 2 / k, y - H / 2 / k, W / k, H / k];
    this.svg.setAttribute("viewBox", view.map((n) => n.toFixed(1)).join(" "));
    this.map.setAttribute("viewBox", `0 0 ${w} ${h}`);
    const frame = this.map.lastChild;
    ["x", "y", "width", "height"].forEach((name, index) => frame.setAttribute(name, view[index]));
    this.svg.style.setProperty("--z", Math.min(1.5, Math.max(1, 1 / k))); // signs keep their size on the screen
    this.stage.classList.toggle("dg-zoomed", W * H / k / k < w * h * 0.55);
  }

  /* Where the picture is larger than the stage, the current step is brought into it. */
  follow() {
    const { eye, stage: { clientWidth: W, clientHeight: H } } = this;
    if (!eye || eye.k <= this.whole * 1.01) return;
    const box = around([...this.layer.querySelectorAll('.dg-connector[data-s="now"] .dg-line'), ...this.svg.querySelectorAll(".dg-here")], 12);
    if (!box) return;
    const { width, height } = box, x = box.x + width / 2, y = box.y + height / 2;
    if (this.narrow) eye.k = Math.max(0.7, Math.min(1.1, W / width, H / height)); // both ends of the step
    const far = (off, size, room) => Math.abs(off) + size / 2 > room / eye.k / 2;
    if (this.narrow || far(x - eye.x, width, W) || far(y - eye.y, height, H)) this.pan(x, y);
  }

  pan(x, y) {
    cancelAnimationFrame(this.panning);
    const from = { ...this.eye }, start = performance.now();
    const to = this.bounded(x, y, from.k);
    const frame = (time) => {
      const t = still.matches ? 1 : Math.min(1, Math.max(0, (time - start) / PAN));
      this.eye.x = from.x + (to.x - from.x) * t;
      this.eye.y = from.y + (to.y - from.y) * t;
      this.look();
      if (t < 1) this.panning = requestAnimationFrame(frame);
    };
    frame(start);
  }

  bounded(x, y, k) {
    const [w, h] = this.size.get(this.svg), { clientWidth: W, clientHeight: H } = this.stage;
    const within = (at, size, seen) => seen >= size ? size / 2 : Math.min(size - seen / 2, Math.max(seen / 2, at));
    return { x: within(x, w, W / k), y: within(y, h, H / k) };
  }

  zoom(by, x = this.eye.x, y = this.eye.y) {
    cancelAnimationFrame(this.panning);
    const k = Math.min(4, Math.max(this.whole, this.eye.k * by)), share = this.eye.k / k;
    Object.assign(this.eye, this.bounded(x + (this.eye.x - x) * share, y + (this.eye.y - y) * share, k), { k });
    this.look();
  }

  point(event) {
    const { left, top, width, height } = this.stage.getBoundingClientRect();
    return { x: this.eye.x + (event.clientX - left - width / 2) / this.eye.k, y: this.eye.y + (event.clientY - top - height / 2) / this.eye.k };
  }

  /* Wheel with Ctrl, drag, click on a line, circle or icon. */
  hands() {
    this.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const { x, y } = this.point(event);
      this.zoom(Math.exp(-event.deltaY / 200), x, y);
    }, { passive: false });
    let held = null, moved = false;
    this.addEventListener("pointerdown", (event) => {
      if (event.button || !this.eye) return;
      held = this.point(event);
      moved = false;
    });
    this.addEventListener("pointermove", (event) => {
      if (!held) return;
      const { x, y } = this.point(event);
      if (!moved && Math.hypot(x - held.x, y - held.y) * this.eye.k < 4) return;
      if (!moved) this.setPointerCapture(event.pointerId);
      moved = true;
      cancelAnimationFrame(this.panning);
      Object.assign(this.eye, this.bounded(this.eye.x + held.x - x, this.eye.y + held.y - y, this.eye.k));
      this.look();
    });
    for (const end of ["pointerup", "pointercancel"]) this.addEventListener(end, () => (held = null));
    this.addEventListener("click", (event) => {
      if (moved) return;
      const hit = event.target.closest?.(".dg-marker-step, .dg-marker-stop, .dg-connector, .dg-icon");
      if (hit) this.hit(hit);
    });
  }

  hit(node) {
    const steps = this.flow.ways[this.way], numbers = node.matches(".dg-connector") ? this.numbers(node) : [+node.textContent];
    const wanted = steps.filter((s) => node.matches(".dg-icon") ? [s.dataset.from, s.dataset.to].includes(node.dataset.icon)
      : node.matches(".dg-marker-stop") ? s.matches(".dg-step--stopped") : numbers.includes(s.value));
    const later = wanted.find((s) => s.value > this.now?.value) || wanted[0];
    if (later) this.go(this.flow, this.way, steps.indexOf(later));
  }
};
