/* A design in somebody else's page. Without this script the element is a picture and lists in the page's own look. This
   script puts them into a shadow tree with docgen's styles, so that neither the page's styles nor docgen's reach the
   other, and gives the picture the colours of the ground behind it. The player itself follows in this file. */
(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const all = new Set();

  /* The colour behind an element, in any notation: red, green, blue, alpha. */
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    return brush.getImageData(0, 0, 1, 1).data;
  };
  const dark = (element) => {
    for (let at = element; at; at = at.parentElement || at.getRootNode().host) {
      const [red, green, blue, alpha] = channels(getComputedStyle(at).backgroundColor);
      if (alpha > 127) return 0.3 * red + 0.59 * green + 0.11 * blue < 110;
    }
    const schemes = getComputedStyle(document.documentElement).colorScheme;
    return schemes.includes("dark") && (!schemes.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
  };

  class Embed extends HTMLElement {
    connectedCallback() {
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.open());
      else this.open();
    }

    disconnectedCallback() {
      all.delete(this);
    }

    open() {
      if (!this.isConnected) return;
      if (!this.inside) {
        this.inside = document.createElement("div");
        this.inside.dir = this.matches(":dir(rtl)") ? "rtl" : "ltr";
        const words = document.createElement("div");
        words.className = "md-typeset";
        if (location.protocol === "about:") words.classList.add("dg-no-address");
        words.append(...this.childNodes);
        for (const table of words.querySelectorAll("table")) table.removeAttribute("class"); // themes give them one
        this.inside.append(words);
        this.scheme();
        const root = this.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = [sheet];
        root.append(this.inside);
      }
      all.add(this);
      this.scheme();
    }

    scheme() {
      this.inside.dataset.mdColorScheme = dark(this) ? "slate" : "default";
    }
  }

  const look = () => {
    const again = () => all.forEach((one) => one.scheme());
    again();
    setTimeout(again, 400); // colours may fade over
  };
  const seen = new MutationObserver(look);
  for (const node of [document.documentElement, document.body]) {
    if (node) seen.observe(node, { attributes: true });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look);
  if (!customElements.get("docgen-embed")) customElements.define("docgen-embed", Embed);
})();
