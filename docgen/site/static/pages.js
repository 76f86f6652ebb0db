/* Questions that answer a click. Without this file the choices are a list and the answer opens by itself. */
(() => {
  const choose = (quiz, chosen) => {
    for (const one of quiz.querySelectorAll(".dg-quiz__choices > li")) {
      const right = "right" in one.dataset;
      one.classList.toggle("dg-right", right && one === chosen || right && quiz.dataset.done === "1");
      if (one === chosen && !right) one.classList.add("dg-wrong");
      one.setAttribute("aria-pressed", String(one === chosen));
    }
    if ("right" in chosen.dataset) {
      quiz.dataset.done = "1";
      quiz.querySelector("details").open = true;
    }
  };
  const ask = (quiz) => {
    for (const one of quiz.querySelectorAll(".dg-quiz__choices > li")) {
      one.setAttribute("role", "button");
      one.tabIndex = 0;
      one.addEventListener("click", () => choose(quiz, one));
      one.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose(quiz, one);
      });
    }
    quiz.querySelector(".dg-quiz__choices").setAttribute("role", "group");
  };
  const start = () => document.querySelectorAll(".dg-quiz").forEach(ask);
  if (window.document$) document$.subscribe(start);
  else start();
})();
