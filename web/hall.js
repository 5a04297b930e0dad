// Pages of the hall renew themselves in place; a call that is new since the last look is rung and spoken. Browsers let a page sound
// only after somebody has touched it: until then a button asks for it.
const live = document.getElementById("live");
const english = document.documentElement.lang === "en";
const calls = () => new Map([...document.querySelectorAll("[data-call]")].map((call) => [call.dataset.call, call.dataset.say]));
const speaks = () => document.querySelector("[data-speak]") !== null;
let known = calls();
let sound = null;

function ring() {
  const now = sound.currentTime;
  for (const [start, pitch] of [[0, 880], [0.25, 660]]) {
    const tone = sound.createOscillator();
    const loudness = sound.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.3, now + start);
    loudness.gain.exponentialRampToValueAtTime(0.001, now + start + 0.6);
    tone.connect(loudness).connect(sound.destination);
    tone.start(now + start);
    tone.stop(now + start + 0.6);
  }
}

function tell(words) {
  ring();
  if (!("speechSynthesis" in window)) return;
  const speech = new SpeechSynthesisUtterance(words);
  speech.lang = english ? "en" : "zh-CN";
  setTimeout(() => speechSynthesis.speak(speech), 900);
}

function offer() {
  if (!speaks() || sound || document.getElementById("sound")) return;
  const button = Object.assign(document.createElement("button"), {
    id: "sound", type: "button", className: "button secondary", textContent: english ? "Switch the sound on" : "打开声音",
  });
  button.onclick = () => {
    sound = new AudioContext();
    button.remove();
    ring();
  };
  document.querySelector("main").append(button);
}

async function renew() {
  // a form that is being filled in is left alone
  if (document.activeElement?.closest("form")) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  const now = calls();
  if (sound && speaks()) for (const [call, words] of now) if (!known.has(call)) tell(words);
  known = now;
  offer();
}

offer();
setInterval(() => renew().catch(() => {}), Number(live.dataset.every) * 1000);
