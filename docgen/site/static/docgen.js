/* Material's search box is a dialog without a name. */
document.querySelector(".md-search")?.setAttribute("aria-label", "Search");

/* A link to a step or a flow opens the rows that hide it; browsers do so for some of them, or not at all. */
(() => {
  const reveal = () => {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {} // an address that somebody cut in the middle of a sign
    if (!target || target.closest(".dg-on .dg-flows")) return; // the player goes there itself
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (window.document$) document$.subscribe(reveal);
  else reveal();
})();

/* A table that is wider than its place can be scrolled by keyboard too. */
(() => {
  let asked = 0;
  const reach = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
        if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
      }
    });
  };
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
  if (window.document$) document$.subscribe(() => setTimeout(reach));
  else setTimeout(reach);
})();
