/* Material's search box is a dialog without a name. */
document.querySelector(".md-search")?.setAttribute("aria-label", "Search");

/* A link to a step or a flow opens the rows that hide it; browsers do so for some of them, or not at all. */
(() => {
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target || target.closest(".dg-on .dg-flows")) return; // the player goes there itself
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (window.document$) document$.subscribe(reveal);
  else reveal();
})();
