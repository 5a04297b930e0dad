// The counter's keys: j and k go through the rows of the list, / to the search field, ? shows the keys, and a button with
// data-key is pressed by its letter. Single keys can be switched off for whoever types by voice (WCAG 2.1.4).
const STORE = "desk-keys";
const words = document.documentElement.lang === "en"
  ? { title: "Keys", rows: "next / previous row", search: "search", help: "these keys", off: "Switch single keys off", on: "Switch single keys on", close: "Close" }
  : { title: "快捷键", rows: "下一行 / 上一行", search: "搜索", help: "显示快捷键", off: "关闭单键快捷键", on: "开启单键快捷键", close: "关闭" };
const isOn = () => localStorage.getItem(STORE) !== "off";
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

function move(step) {
  const links = [...document.querySelectorAll("table.data tbody th a, [data-row] a")];
  if (links.length === 0) return;
  const row = document.activeElement.closest?.("tr, [data-row]");
  const here = links.findIndex((link) => row?.contains(link));
  links[Math.max(0, Math.min(links.length - 1, here + step))].focus();
}

function help() {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  const list = document.createElement("dl");
  const pairs = [["j / k", words.rows], ["/", words.search], ["?", words.help]];
  for (const button of document.querySelectorAll("[data-key]")) pairs.push([button.dataset.key, button.textContent.trim()]);
  for (const [key, does] of pairs) list.append(element("dt", key), element("dd", does));
  const toggle = element("button", isOn() ? words.off : words.on);
  toggle.onclick = () => {
    localStorage.setItem(STORE, isOn() ? "off" : "on");
    toggle.textContent = isOn() ? words.off : words.on;
  };
  const close = element("button", words.close);
  close.onclick = () => dialog.close();
  for (const button of [toggle, close]) Object.assign(button, { type: "button", className: "button secondary" });
  dialog.onclose = () => dialog.remove();
  dialog.append(element("h2", words.title), list, toggle, close);
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog")) return;
  if (event.key === "?") help();
  else if (!isOn()) return;
  else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "/") document.querySelector("input[type=search]")?.focus();
  else {
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});
