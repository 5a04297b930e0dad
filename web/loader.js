// Starts the islands, and gives the few plain buttons their act. No inline script: the page names the files in data-*.
const boot = document.getElementById("boot");
document.documentElement.dataset.ready = "1";

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-act=print]")) window.print();
});

// A form is sent once, however often the button is pressed; after two seconds the button says that it is working.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
});
// Coming back by the browser's own button must find a form that can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

// The end of the session is told in time (WCAG 2.1, 2.2.1): a dialog asks to go on, and nothing that was typed is touched.
const session = document.getElementById("session-end");
if (session) {
  const { seconds, warn, extend, over } = session.dataset;
  const dialog = session.querySelector("dialog");
  const button = dialog.querySelector("button");
  let timer = 0;
  const plan = (left) => {
    clearTimeout(timer);
    timer = setTimeout(() => dialog.open || dialog.showModal(), Math.max(0, left - warn) * 1000);
  };
  button.addEventListener("click", async () => {
    if (button.dataset.over) return dialog.close();
    const answer = await fetch(extend);
    if (answer.ok && !answer.redirected) {
      const { seconds: left } = await answer.json();
      dialog.close();
      if (left > warn) plan(left);
    } else {
      button.dataset.over = "1";
      dialog.querySelector("p").textContent = over;
    }
  });
  plan(seconds);
}

const islands = document.querySelectorAll("leptos-island");
if (islands.length > 0 && boot.dataset.js) {
  const module = await import(boot.dataset.js);
  await module.default({ module_or_path: boot.dataset.wasm });
  module.hydrate();
  for (const island of islands) {
    const start = module[island.dataset.component];
    if (start) await start(island);
    else console.error("no code for the island", island.dataset.component);
  }
  document.documentElement.dataset.islands = String(islands.length);
}
