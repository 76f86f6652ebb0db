/* The flow player. A page is whole without it: a picture, then flows as lists of steps. This script shows one step
   of that list at a time beside the picture, and marks it there. Nothing is fetched; what it says stands in the page.
   What it relies on is written in docs/decisions/0050. */
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const TRAVEL = 700, PAN = 260, REST = 2200, WORD = 30; // ms
  const LEGIBLE = 0.85, SMALL = 0.5; // of its size: below the one a flow is framed, below the other the current step
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const paper = matchMedia("print");

  const make = (tag, name, values = {}, ...inside) => {
    const made = document.createElement(tag);
    made.className = name;
    for (const key in values) made.setAttribute(key, values[key]);
    made.append(...inside);
    return made;
  };
  const draw = (tag, values) => {
    const made = document.createElementNS(SVG, tag);
    for (const key in values) made.setAttribute(key, values[key]);
    return made;
  };
  const button = (name, label, words, act) => {
    const made = make("button", name, { type: "button", "aria-label": label, title: label });
    made.innerHTML = words; // only our own signs
    made.addEventListener("click", act);
    return made;
  };
  const sign = (path) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
  const SIGNS = {
    first: sign("M7 6v12M18 6l-7 6 7 6"), back: sign("M15 6l-6 6 6 6"), next: sign("M9 6l6 6-6 6"),
    last: sign("M17 6v12M6 6l7 6-7 6"), play: sign("M8 5.5v13l11-6.5z"), pause: sign("M8.5 6v12M15.5 6v12"),
    again: sign("M6 12a6.5 6.5 0 1 0 2-4.7M8 3.5v4h4"), there: sign("M5 12h13M13 7l5 5-5 5"),
    home: sign("M19 12H6M11 7l-5 5 5 5"), plus: sign("M12 6v12M6 12h12"), minus: sign("M6 12h12"),
    fit: sign("M8 8h8v8H8zM4 4l2 2M20 4l-2 2M4 20l2-2M20 20l-2-2"),
    full: sign("M5 9V5h4M15 5h4v4M19 15v4h-4M9 19H5v-4"),
    link: sign("M10 14l4-4M9.5 8l2-2a4 4 0 0 1 6 6l-2 2M14.5 16l-2 2a4 4 0 0 1-6-6l2-2"), open: sign("M7 10l5 5 5-5"),
  };
  const around = (nodes, pad) => {
    const boxes = nodes.map((one) => one.getBBox()).filter((b) => b.width || b.height);
    if (!boxes.length) return null;
    const x = Math.min(...boxes.map((b) => b.x)) - pad, y = Math.min(...boxes.map((b) => b.y)) - pad;
    return {
      x, y, width: Math.max(...boxes.map((b) => b.x + b.width)) + pad - x,
      height: Math.max(...boxes.map((b) => b.y + b.height)) + pad - y,
    };
  };
  const MARKS = { allowed: "✓", blocked: "✕", unknown: "?" };
  /* The step in the address; a page inside another page has none. */
  const remember = (hash) => {
    try {
      history.replaceState(history.state, "", hash);
    } catch {}
  };
  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const players = new Set();

  class Player extends HTMLElement {
    connectedCallback() {
      const root = (this.root = this.closest(".dg-player"));
      if (!root || root.classList.contains("dg-on") || this.closest("docgen-embed")) return;
      this.flows = [...root.querySelectorAll(".dg-flow")].map((box) => {
        const steps = [...box.querySelectorAll(".dg-step")];
        const [there, back] = [false, true].map((way) => steps.filter((s) => !!s.closest(".dg-return") === way));
        const once = (all) => all.filter((s) => !s.matches(".dg-step--brief"));
        return {
          ...box.dataset, box, title: words(box.querySelector("h3")).replace(/\s*¶$/, ""),
          ways: [once(there), once(back)], all: [there, back],
        };
      });
      if (!this.flows.length) return;
      this.stage = this.parentElement;
      this.build();
      root.classList.add("dg-on");
      players.add(this);
      this.sizes = new ResizeObserver(() => this.fit());
      this.sizes.observe(this.stage);
      if (!this.goTo(location.hash, true)) this.go(this.flows[0], 0, 0, "quietly");
    }

    /* The page, or the shadow tree that the player stands in. */
    get tree() {
      return this.root.getRootNode();
    }

    find(hash) {
      const id = decodeURIComponent(hash.slice(1));
      return id && this.tree.getElementById(id);
    }

    get narrow() {
      return !!getComputedStyle(this.chips).getPropertyValue("--narrow");
    }

    disconnectedCallback() {
      this.pause();
      players.delete(this);
      this.sizes?.disconnect();
    }

    /* -- parts ------------------------------------------------------------------------------- */
    build() {
      const { root, stage } = this;
      const radio = (label) => make("div", "dg-switch", { role: "radiogroup", "aria-label": label });
      this.chips = make("div", "dg-chips", { role: "radiogroup", "aria-label": "Flow" });
      for (const flow of this.flows) {
        if (flow.normal !== flow.flow) continue;
        flow.chip = make("button", "dg-pick dg-" + flow.verdict, { type: "button", role: "radio" });
        flow.chip.setAttribute("aria-label", `${flow.title}, ${flow.verdict}`);
        flow.chip.title = flow.title;
        flow.chip.append(make("b", "dg-verdict dg-" + flow.verdict, { "aria-hidden": "true" }, make("i", "", {}, MARKS[flow.verdict])), make("span", "", {}, flow.title));
        flow.chip.addEventListener("click", () => {
          const chosen = this.flow === flow;
          this.go(flow, 0, 0);
          this.fold(!(chosen && this.narrow && this.bar.classList.contains("dg-folded")));
        });
        this.chips.append(flow.chip);
      }
      this.more = button("dg-more-flows", "All flows", "", () => this.fold(!this.bar.classList.contains("dg-folded")));
      this.outages = radio("What is down");
      this.bar = make("div", "dg-bar-top dg-folded", {}, this.chips, this.more, this.outages);
      this.playing = button("dg-play", "Play", SIGNS.play, () => this.toggle());
      this.count = make("span", "dg-count");
      this.ways = radio("Way");
      ["Request", "Return"].forEach((name, way) => {
        const one = button("", name, way ? SIGNS.home : SIGNS.there, () => this.turn(way));
        one.setAttribute("role", "radio");
        one.append(make("span", "", {}, name));
        this.ways.append(one);
      });
      this.track = make("div", "dg-track", { "aria-hidden": "true" });
      const step = (name, label, to) => button("dg-step-" + name, label, SIGNS[name], () => this.step(to));
      this.controls = make("div", "dg-controls", {},
        step("first", "First step", -Infinity), step("back", "Step back", -1), this.playing,
        step("next", "Step forward", 1), step("last", "Last step", Infinity), this.count, this.ways, this.track);
      this.link = button("dg-copy", "Copy the link to this step", SIGNS.link, () => this.copy());
      stage.append(make("div", "dg-tools", {},
        button("", "Zoom in", SIGNS.plus, () => this.zoom(1.25)), button("", "Zoom out", SIGNS.minus, () => this.zoom(0.8)),
        button("", "Fit the picture", SIGNS.fit, () => this.fit(this.eye.k > this.whole * 1.01 ? "whole" : true)), this.link,
        button("dg-full", "Full screen", SIGNS.full, () => this.fill())));
      this.map = draw("svg", { class: "dg-mini", "aria-hidden": "true" });
      this.map.append(draw("use", {}), draw("rect", { class: "dg-mini-frame" }));
      stage.append(this.map);
      this.live = make("div", "dg-live", { "aria-live": "polite" });
      const legend = make("div", "dg-keys", { "aria-hidden": "true" });
      legend.innerHTML = ["past", "now", "next", "later", "return", "blocked"]
        .map((s) => `<span><i class="dg-c" data-s="${s}">${s == "blocked" ? "✕" : s == "return" ? 3 : 8}</i> ${s}</span>`).join("")
        + `<span class="dg-gap"></span><span><kbd>←</kbd><kbd>→</kbd> step</span><span><kbd>Space</kbd> play</span>`
        + `<span><kbd>R</kbd> return</span><span class="dg-key-o"><kbd>O</kbd> outage</span><span><kbd>F</kbd> full screen</span>`;
      this.legend = legend;
      root.prepend(this.bar);
      stage.after(this.controls);
      root.append(legend, this.live);
      root.setAttribute("role", "group");
      root.tabIndex = 0;
      root.addEventListener("keydown", (event) => this.key(event));
      for (const one of root.querySelectorAll(".dg-files a")) one.download = "";
      this.hands();
    }

    /* -- going ------------------------------------------------------------------------------- */
    /* A step, flow or connection by the id of an element of this player. */
    goTo(hash, scroll) {
      const target = this.find(hash);
      const flow = target && this.flows.find((f) => f.box.contains(target));
      if (!flow) return false;
      const step = target.closest(".dg-step") || (target.matches(".dg-connection") && target.nextElementSibling?.querySelector(".dg-step"));
      const way = +!!step?.closest?.(".dg-return");
      this.go(flow, way, flow.ways[way].findIndex((s) => s.value === step?.value), "quietly");
      if (scroll) {
        const up = () => this.root.scrollIntoView({ block: "start", behavior: "instant" });
        requestAnimationFrame(up);
        if (document.readyState !== "complete") addEventListener("load", () => setTimeout(up), { once: true });
      }
      return true;
    }

    go(flow, way, at, quietly) {
      const other = flow !== this.flow;
      this.pause(!other && quietly === "playing");
      at = Math.max(0, at);
      Object.assign(this, { flow, way, at, now: flow.ways[way][at], last: flow.ways[way].length - 1 });
      if (other) this.choose();
      for (const old of this.root.querySelectorAll("[data-now]")) old.removeAttribute("data-now");
      if (this.now) {
        this.now.dataset.now = "";
        const list = this.now.closest(".dg-steps");
        for (const one of flow.box.querySelectorAll(".dg-tree li")) {
          const own = one.querySelector(":scope > p a, :scope > .dg-circles a, :scope > a");
          const first = own && this.find(own.hash);
          if (first?.closest(".dg-steps") === list || this.sibling(first, list)) one.dataset.now = "";
        }
        for (let box = this.now.parentElement.closest("details"); box && box !== flow.box; box = box.parentElement.closest("details")) box.open = true;
      }
      this.tell(other, quietly);
      this.paint();
      flow.box.querySelector(".dg-flow__steps").scrollTop = 0;
    }

    /* Whether a step's list and this one tell the two ways of one connection. */
    sibling(step, list) {
      return step?.closest(".dg-steps")?.dataset.connection === list.dataset.connection;
    }

    step(by, how) {
      const to = Math.min(this.last, Math.max(0, this.at + by));
      if (to !== this.at) this.go(this.flow, this.way, to, how);
    }

    turn(way) {
      const steps = this.flow.ways[way];
      if (!steps.length || way === this.way) return;
      const own = this.now?.closest(".dg-steps").dataset.connection;
      this.go(this.flow, way, steps.findIndex((s) => s.closest(".dg-steps").dataset.connection === own));
    }

    /* The same question while something else is down. */
    outage(flow) {
      const step = this.now?.value, at = flow.ways[this.way].findIndex((s) => s.value === step);
      this.go(flow, at < 0 ? 0 : this.way, at);
    }

    fold(folded) {
      this.bar.classList.toggle("dg-folded", folded);
      this.more.setAttribute("aria-expanded", String(!folded));
      this.measure();
    }

    measure() {
      const chips = [...this.chips.children];
      if (this.bar.classList.contains("dg-folded")) {
        for (const chip of chips) chip.style.order = "";
        const top = this.chips.clientHeight;
        const chosen = chips.find((c) => c.getAttribute("aria-checked") === "true");
        if (chosen && chosen.offsetTop >= top) chosen.style.order = -1;
        this.behind = chips.filter((c) => c.offsetTop >= top).length;
      }
      this.more.hidden = !this.behind && !this.narrow;
      this.more.innerHTML = `<span>${this.behind} more</span>${SIGNS.open}`;
    }

    toggle() {
      if (this.timer) return this.pause();
      if (!this.now) return;
      if (this.at === this.last) this.go(this.flow, this.way, 0, "playing");
      this.wait();
      this.button();
    }

    wait() {
      this.timer = setTimeout(() => {
        this.step(1, "playing");
        if (this.at < this.last) this.wait();
        else this.pause();
      }, REST + WORD * words(this.now.querySelector(".dg-why")).split(" ").length);
    }

    pause(on) {
      if (on) return;
      clearTimeout(this.timer);
      this.timer = null;
      if (this.flow) this.button();
    }

    /* -- telling ----------------------------------------------------------------------------- */
    button() {
      const [label, how] = this.timer ? ["Pause", "pause"] : this.at && this.at === this.last ? ["Play again", "again"] : ["Play", "play"];
      if (this.playing.title === label) return;
      this.playing.title = label;
      this.playing.setAttribute("aria-label", label);
      this.playing.innerHTML = SIGNS[how];
    }

    tell(other, quietly) {
      const { flow, way, at, now, root } = this;
      const steps = flow.ways[way], stopped = now?.matches(".dg-step--stopped");
      this.button();
      this.count.innerHTML = now ? `<b>Step ${now.value}</b> of ${steps.length}` : "No steps";
      root.classList.toggle("dg-stopped", !!stopped);
      root.classList.toggle("dg-returning", way === 1);
      [...this.controls.children].slice(0, 5).forEach((one, place) => {
        if (place !== 2) one.disabled = place < 2 ? !at : at >= this.last;
      });
      if (this.tree.activeElement?.disabled) root.focus({ preventScroll: true }); // keys go on working
      [...this.ways.children].forEach((one, index) => {
        one.setAttribute("aria-checked", index === way);
        one.tabIndex = index === way ? 0 : -1;
        one.disabled = !flow.ways[index].length;
      });
      if (this.track.children.length !== steps.length) {
        this.track.replaceChildren(...steps.map((_, index) => {
          const one = make("i", "");
          one.addEventListener("click", () => this.go(this.flow, this.way, index));
          return one;
        }));
      }
      steps.forEach((s, index) => {
        this.track.children[index].dataset.s = index < at ? "past" : index === at ? "now" : "later";
      });
      this.uses(steps);
      for (const one of this.tree.querySelectorAll(".dg-chosen .dg-circles a, .dg-uses .dg-c")) {
        one.classList.add("dg-c");
        one.dataset.s = way && one.closest(".dg-circles") ? "past" : this.state([+one.textContent]);
      }
      const part = now?.closest(".dg-return") ? "the return" : "the request";
      root.setAttribute("aria-label", `Packet flow, ${flow.title}, ${flow.verdict}, ${flow.ways[0].length} steps`);
      if (!quietly || quietly === "playing") {
        const rewritten = [...(now?.querySelectorAll(".dg-rewritten") || [])].map((one) => {
          const cell = one.closest("td");
          return `${cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent} becomes ${words(one)}.`;
        });
        this.live.textContent = [
          other ? `${flow.title}, ${flow.verdict}.` : "",
          now ? `Step ${now.value} of ${steps.length}, ${part}. ${words(now.querySelector(".dg-step__line")).replace("→", "to")}.` : "",
          stopped ? "Stopped." : "", now ? words(now.querySelector(".dg-why")) : "", ...rewritten,
          stopped ? words(flow.box.querySelector(".dg-declared")) + "." : "",
        ].filter(Boolean).join(" ");
        if (now) remember("#" + now.id);
      }
    }

    /* Beside each route and rule further down: the numbers of the steps that it decides. */
    uses(steps) {
      for (const old of this.tree.querySelectorAll(".dg-uses .dg-c")) old.remove();
      for (const use of this.tree.querySelectorAll(`.dg-uses a[href="#${this.flow.box.querySelector("h3").id}"]`)) {
        for (const step of steps) {
          if (` ${use.dataset[this.way ? "back" : "there"]} `.includes(` ${step.value} `)) {
            use.before(make("a", "dg-c", { href: "#" + step.id, title: `Step ${step.value}` }, step.value));
          }
        }
      }
    }

    choose() {
      const { flow } = this;
      const usual = this.flows.find((f) => f.flow === flow.normal) || flow;
      for (const one of this.flows) {
        one.box.open = one === flow;
        one.box.classList.toggle("dg-chosen", one === flow);
        if (!one.chip) continue;
        one.chip.setAttribute("aria-checked", one === usual);
        one.chip.tabIndex = one === usual ? 0 : -1;
      }
      const twins = [usual, ...this.flows.filter((f) => f.normal === usual.flow && f !== usual)];
      this.outages.hidden = twins.length < 2;
      this.legend.classList.toggle("dg-no-outage", twins.length < 2);
      this.outages.replaceChildren(...(twins.length < 2 ? [] : twins.map((one) => {
        const made = make("button", "", { type: "button", role: "radio", "aria-checked": one === flow }, one.outage || "Normal");
        made.tabIndex = one === flow ? 0 : -1;
        made.addEventListener("click", () => { this.outage(one); this.outages.querySelector("[tabindex='0']").focus(); });
        return made;
      })));
      this.measure();
      this.show(flow.view);
    }

    /* -- the picture ------------------------------------------------------------------------- */
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

    /* -- zoom and pan ------------------------------------------------------------------------ */
    /* The whole picture; or, where that makes its words too small, the part that the flow touches. */
    fit(again) {
      if (!this.svg) return;
      const [w, h] = this.size.get(this.svg), { clientWidth: W, clientHeight: H } = this.stage;
      if (!W || !H) return;
      const old = this.whole;
      this.whole = Math.min(W / w, H / h, 1.5);
      if (again || !this.eye || old !== this.whole) {
        let { x, y, width, height } = again === "whole" || this.whole > LEGIBLE || !this.touched() ? { x: 0, y: 0, width: w, height: h } : this.touched();
        const free = again === "whole" || this.whole > LEGIBLE ? H : H - 40; // the tools hide nothing then
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
      if (!this.eye || this.eye.k <= this.whole * 1.01) return;
      const here = [...this.layer.querySelectorAll('.dg-connector[data-s="now"] .dg-line'), ...this.svg.querySelectorAll(".dg-here")];
      const box = around(here, 12);
      if (!box) return;
      const { width, height } = box, x = box.x + width / 2, y = box.y + height / 2;
      const within = (off, size, room) => Math.abs(off) + size / 2 <= room / this.eye.k / 2;
      if (!within(x - this.eye.x, width, this.stage.clientWidth) || !within(y - this.eye.y, height, this.stage.clientHeight)) this.pan(x, y);
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
      const steps = this.flow.ways[this.way];
      let wanted = [];
      if (node.matches(".dg-icon")) {
        wanted = steps.filter((s) => [s.dataset.from, s.dataset.to].includes(node.dataset.icon));
      } else if (node.matches(".dg-connector")) {
        const numbers = this.numbers(node);
        wanted = steps.filter((s) => numbers.includes(s.value));
      } else {
        const number = node.matches(".dg-marker-stop") ? null : +node.textContent;
        wanted = steps.filter((s) => (number === null ? s.matches(".dg-step--stopped") : s.value === number));
      }
      const later = wanted.find((s) => s.value > this.now?.value) || wanted[0];
      if (later) this.go(this.flow, this.way, steps.indexOf(later));
    }

    fill() {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (this.root.requestFullscreen) this.root.requestFullscreen().catch(() => this.root.classList.toggle("dg-filled"));
      else this.root.classList.toggle("dg-filled");
    }

    async copy() {
      const address = location.href.split("#")[0] + (this.now ? "#" + this.now.id : "");
      try {
        await navigator.clipboard.writeText(address);
      } catch {
        return prompt("Copy this link", address);
      }
      this.live.textContent = "Link copied.";
      this.link.classList.add("dg-done");
      setTimeout(() => this.link.classList.remove("dg-done"), 1500);
    }

    leave() {
      this.pause();
      this.show("overview");
      for (const old of this.querySelectorAll(".dg-over")) old.remove();
      for (const one of this.querySelectorAll("[data-s]")) if (one.closest(".dg-layer")) delete one.dataset.s;
      this.flow.chip?.focus();
    }

    /* -- keys: only while focus is inside; single letters never reach the page's own shortcuts --------------- */
    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
      const { key, target } = event;
      const pressing = target.matches("button, summary, a, [role=radio]");
      const radios = target.closest?.("[role=radiogroup]");
      const acts = {
        ArrowRight: () => this.step(1), ArrowLeft: () => this.step(-1), Home: () => this.step(-Infinity),
        End: () => this.step(Infinity), r: () => this.turn(1 - this.way), f: () => this.fill(),
        o: () => this.nextOf(this.outages), "+": () => this.zoom(1.25), "=": () => this.zoom(1.25),
        "-": () => this.zoom(0.8), 0: () => this.fit(this.eye.k > this.whole * 1.01 ? "whole" : true),
        Escape: () => this.root.classList.contains("dg-filled") ? this.root.classList.remove("dg-filled") : this.leave(),
      };
      if (!pressing) acts[" "] = () => this.toggle();
      if (radios) Object.assign(acts, { ArrowUp: () => this.nextOf(radios, -1), ArrowDown: () => this.nextOf(radios, 1) });
      const name = key.length === 1 ? key.toLowerCase() : key;
      if (/^[1-9]$/.test(key)) acts[key] = () => this.connection(+key);
      if (/^\w$/.test(key) || acts[name]) event.stopPropagation();
      if (!acts[name] || (event.shiftKey && key.length > 1)) return;
      event.preventDefault();
      acts[name]();
    }

    nextOf(group, by = 1) {
      const all = [...group.children].filter((one) => !one.disabled);
      const at = all.findIndex((one) => one.getAttribute("aria-checked") === "true");
      const next = all[(at + by + all.length) % all.length];
      const inside = group.contains(this.tree.activeElement);
      if (!next) return;
      next.click();
      if (inside) (group.contains(next) ? next : group.querySelector("[tabindex='0']")).focus();
    }

    connection(number) {
      const lists = [...new Set(this.flow.ways[0].map((s) => s.closest(".dg-steps")))];
      const list = lists[number - 1];
      if (list) this.go(this.flow, 0, this.flow.ways[0].findIndex((s) => s.closest(".dg-steps") === list));
    }
  }

  /* A link to a step, anywhere in the page, goes there in the player. */
  const follow = (scroll) => [...players].some((player) => player.goTo(location.hash, scroll));
  addEventListener("click", (event) => {
    const link = event.composedPath()[0].closest?.("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    for (const player of players) {
      const target = player.find(link.hash);
      if (!target || !player.root.contains(target)) continue;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (player.root.contains(link)) remember(link.hash);
      else history.pushState(null, "", link.hash);
      player.goTo(link.hash, !player.root.contains(link));
      player.root.focus({ preventScroll: true });
    }
  }, true);
  paper.addEventListener("change", () => players.forEach((player) => player.look()));
  addEventListener("hashchange", () => follow(true));
  addEventListener("popstate", () => follow(true));
  if (!customElements.get("docgen-player")) customElements.define("docgen-player", Player);
})();
