/* Search from disk: a page opened as file:// may not start a Worker, so a hidden frame runs its script.
   The frame has the page's own origin, so the two may call each other directly. Served pages keep Worker.
   `IFrameWorker` on the page is how the theme's script knows of it. */
(() => {
  if (location.protocol !== "file:" || !window.Worker) return;

  class IFrameWorker extends EventTarget {
    constructor(url) {
      super();
      this.waiting = [];
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.title = "Search";
      document.body.append(frame);
      const inside = frame.contentWindow;
      inside.postMessage = (data) => this.answer(data);
      inside.importScripts = (...urls) =>
        urls.reduce((before, one) => before.then(() => this.load(inside, one)), Promise.resolve());
      this.load(inside, url).then(() => {
        this.inside = inside;
        this.waiting.splice(0).forEach((data) => this.postMessage(data));
      });
    }

    load(inside, url) {
      return new Promise((resolve, reject) => {
        const script = inside.document.createElement("script");
        script.src = new URL(url, document.baseURI);
        script.onload = resolve;
        script.onerror = () => reject(new Error(`cannot load ${url}`));
        inside.document.body.append(script);
      });
    }

    answer(data) {
      setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data })));
    }

    postMessage(data) {
      if (!this.inside) return void this.waiting.push(data);
      setTimeout(() => this.inside.dispatchEvent(new this.inside.MessageEvent("message", { data })));
    }

    terminate() {}
  }

  window.IFrameWorker = window.Worker = IFrameWorker;
})();
