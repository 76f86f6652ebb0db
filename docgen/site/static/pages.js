/* What pages do beside the player: questions, the filter of designs, marks of what the reader is done with, and on a
   phone sections as rows that open. Without this file the choices are a list, all designs and sections are shown, and
   there are no marks. */
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* -- questions */
  const choose = (quiz, chosen) => {
    if ("right" in chosen.dataset) {
      chosen.classList.add("dg-right");
      quiz.querySelector("details").open = true;
    } else chosen.classList.add("dg-wrong");
    for (const one of all(".dg-quiz__choices > li", quiz)) {
      one.firstElementChild.setAttribute("aria-pressed", String(one === chosen));
    }
  };
  const ask = (quiz) => {
    for (const one of all(".dg-quiz__choices > li", quiz)) {
      if (one.querySelector(":scope > button")) continue;
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.append(...one.childNodes);
      button.addEventListener("click", () => choose(quiz, one));
      one.append(button);
    }
  };

  /* -- the filter of designs; its choices stand in the address: ?component=nat_gateway&topic=internet */
  const filtered = (form) => {
    const names = ["component", "topic"].filter((name) => form[name]);
    const asked = new URLSearchParams(location.search);
    const apply = () => {
      let shown = 0;
      const cards = all(".dg-design");
      for (const card of cards) {
        const held = (name) => (card.dataset[`${name}s`] || "").split(" ");
        card.hidden = names.some((name) => form[name].value && !held(name).includes(form[name].value));
        shown += !card.hidden;
      }
      for (const chapter of all(".dg-chapter")) chapter.hidden = !chapter.querySelector(".dg-design:not([hidden])");
      form.querySelector("output").value = shown === cards.length ? `${shown} designs` : `${shown} of ${cards.length} designs`;
    };
    for (const name of names) {
      const value = asked.get(name);
      if (value && [...form[name].options].some((option) => option.value === value)) form[name].value = value;
    }
    const changed = () => {
      apply();
      const chosen = new URLSearchParams(names.filter((name) => form[name].value).map((name) => [name, form[name].value]));
      const query = chosen.size ? `?${chosen}` : location.pathname;
      try { history.replaceState(history.state, "", query); } catch { /* a page from disk may not */ }
    };
    form.addEventListener("change", changed);
    form.addEventListener("reset", () => setTimeout(changed));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    apply();
  };

  /* -- marks, kept in the browser */
  const KEY = "docgen-done";
  const load = () => {
    try { return new Set(JSON.parse(localStorage.getItem(KEY) || "[]")); } catch { return new Set(); }
  };
  const mark = (slug, done) => {
    const marks = load();
    if (done) marks.add(slug);
    else marks.delete(slug);
    try { localStorage.setItem(KEY, JSON.stringify([...marks])); } catch { /* nothing is kept */ }
    show();
  };
  const show = () => {
    const marks = load();
    for (const row of all("[data-done-mark]")) {
      const done = marks.has(row.dataset.doneMark);
      row.classList.toggle("dg-is-done", done);
      row.querySelector("input").checked = done;
    }
    for (const button of all("[data-done-toggle] button")) {
      const done = marks.has(button.parentElement.dataset.doneToggle);
      button.setAttribute("aria-pressed", String(done));
      button.textContent = done ? "✓ Done with this step" : "Mark this step as done";
    }
    for (const place of all("[data-done-of]")) {
      const asked = place.dataset.doneOf.trim();
      const slugs = asked === "*" ? all("[data-done-mark]").map((row) => row.dataset.doneMark) : asked.split(" ");
      const count = slugs.filter((slug) => marks.has(slug)).length;
      place.hidden = place.classList.contains("dg-progress--small") && !count;
      const bar = Object.assign(document.createElement("progress"), { max: slugs.length, value: count });
      bar.setAttribute("aria-label", "Done");
      place.replaceChildren(bar, `${count} of ${slugs.length} done`);
    }
  };

  /* -- on a phone, the sections below a player */
  const phone = matchMedia("(max-width: 699.98px)");
  const fold = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (const head of all(".dg-player:not(.dg-player--compact) ~ h2")) {
      const section = Object.assign(document.createElement("details"), { className: "dg-section" });
      const summary = document.createElement("summary");
      head.before(section);
      section.append(summary);
      summary.append(head);
      while (section.nextElementSibling && !section.nextElementSibling.matches("h2, .dg-done")) section.append(section.nextElementSibling);
      section.open = head.id === "all-flows" || section.contains(target);
      if (section.contains(target)) target.scrollIntoView();
    }
  };
  const unfold = () => {
    for (const section of all(".dg-section")) section.replaceWith(...section.firstElementChild.childNodes, ...[...section.children].slice(1));
  };
  const sections = () => phone.matches ? fold() : unfold();
  phone.addEventListener("change", sections);

  const start = () => {
    sections();
    all(".dg-quiz").forEach(ask);
    all(".dg-filter").forEach(filtered);
    for (const row of all("[data-done-mark]")) {
      if (row.querySelector("input")) continue;
      const box = Object.assign(document.createElement("input"), { type: "checkbox" });
      box.setAttribute("aria-label", `Done with ${row.dataset.title}`);
      box.addEventListener("change", () => mark(row.dataset.doneMark, box.checked));
      const label = document.createElement("label");
      label.append(box, "done");
      row.append(label);
    }
    for (const place of all("[data-done-toggle]")) {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.addEventListener("click", () => mark(place.dataset.doneToggle, button.getAttribute("aria-pressed") !== "true"));
      place.replaceChildren(button);
      place.hidden = false;
    }
    show();
  };
  if (window.document$) document$.subscribe(start);
  else start();
})();
