/* The flow player. A page is whole without it: a picture, then flows as lists of steps. This script shows one step
   of that list at a time beside the picture, and marks it there. Nothing is fetched; what it says stands in the page.
   What it relies on is written in docs/decisions/0050. */
const players = new Set();

class Player extends Eye(Picture(HTMLElement)) {
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
    return hash[1] && this.tree.getElementById(hash.slice(1)); // our ids have no sign that addresses escape
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

  /* -- the bar of tools ---------------------------------------------------------------------- */
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
