// Vafa's widget for other stores: <vafa-promise> says when it would be there, <vafa-tracking> where an order is.
// All words, dates and numbers come written from the shop; nothing here is ever read as HTML. No cookie; the place that
// was chosen stays in this browser (localStorage). Whatever goes wrong, the page around it goes on.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script || !window.customElements || !("adoptedStyleSheets" in document) || customElements.get("vafa-promise")) return;
  const BASE = new URL(".", script.src).href;
  const KEY = script.dataset.key || "";
  const PLACE = "vafa.place";
  const PATIENCE = 10000;
  const AWAY = {
    fa: "تاریخ تحویل اکنون نشان داده نمی‌شود.",
    ar: "لا يمكن عرض الموعد الآن.",
    en: "This cannot be shown just now.",
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; min-block-size: var(--vafa-height, 17rem); }
    :host([hidden]) { display: none; }
    * { box-sizing: border-box; }
    .box { min-block-size: inherit; padding: 1rem 1.15rem; border: 1px solid var(--vafa-line, #d7e3e4);
      border-radius: var(--vafa-radius, .9rem); background: var(--vafa-surface, #fff); color: var(--vafa-text, #1c2b30);
      font-family: var(--vafa-font, inherit); font-size: 1rem; line-height: 1.55; text-align: start; overflow-wrap: anywhere; }
    p, h2, h3, ol, form, dl { margin: 0; padding: 0; }
    h2, h3 { font-size: 1em; font-weight: 650; }
    ol { list-style: none; }
    .quiet { color: var(--vafa-quiet, #55666b); font-size: .9em; }
    .day { font-size: 1.5em; font-weight: 700; line-height: 1.35; color: var(--vafa-accent, #0e7378); }
    .day:focus, h2:focus { outline: none; }
    .late { margin-block-start: .4rem; font-size: .9em; }
    .row { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
    label { display: block; margin-block: .5rem .2rem; font-size: .9em; font-weight: 600; }
    input { inline-size: 100%; min-block-size: 2.75rem; padding: .4rem .7rem; border: 1px solid #7f9296;
      border-radius: .6rem; background: #fff; color: #1c2b30; font: inherit; }
    button { min-block-size: 2.75rem; padding: .4rem 1.1rem; border: 0; border-radius: .6rem;
      background: var(--vafa-accent, #0e7378); color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
    .actions { margin-block-start: .6rem; }
    .plain { min-block-size: 1.75rem; padding: 0; background: none; color: var(--vafa-accent, #0e7378);
      text-decoration: underline; text-underline-offset: .2em; font-size: .9em; }
    a, summary { color: var(--vafa-accent, #0e7378); }
    summary { display: inline-block; min-block-size: 1.75rem; cursor: pointer; font-size: .9em; text-decoration: underline;
      text-underline-offset: .2em; }
    :is(input, button, a, summary):focus-visible { outline: 3px solid var(--vafa-accent, #0e7378); outline-offset: 2px; }
    details > * + * { margin-block-start: .4rem; }
    .steps { display: flex; gap: .3rem; margin-block: .7rem; }
    .steps li { flex: 1; padding-block-start: .35rem; border-block-start: 4px solid #d7e3e4; font-size: .8em;
      color: var(--vafa-quiet, #55666b); }
    .steps .done { border-color: #3fb6b2; }
    .steps .current { border-color: var(--vafa-accent, #0e7378); color: inherit; font-weight: 650; }
    .wrong { color: #a3243b; }
    .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (prefers-reduced-motion: no-preference) { .box { transition: opacity .15s; } }
    .box[aria-busy=true] { opacity: .7; }
  `);

  function make(tag, about, ...inside) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(about || {})) if (value !== "" && value != null) node.setAttribute(name, value);
    node.append(...inside.filter((each) => each || each === 0));
    return node;
  }

  const line = (words, kind) => words && make("p", { class: kind }, words);
  const time = (about, kind) => make("time", { datetime: about.iso, class: kind }, about.day);

  function remembered() {
    try { return localStorage.getItem(PLACE) || ""; } catch { return ""; }
  }

  function remember(place) {
    try { localStorage.setItem(PLACE, place); } catch { /* it is asked again */ }
  }

  async function ask(path, query, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(`${BASE}${path}?${new URLSearchParams({ key: KEY, ...query })}`, {
        method: body ? "POST" : "GET",
        body: body && new URLSearchParams(body),
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: stop.signal,
      });
      const said = await answer.json();
      return answer.ok ? said : { refused: said.message || "" };
    } finally {
      clearTimeout(timer);
    }
  }

  class Box extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      try {
        const root = this.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = [sheet];
        this.box = make("section", { class: "box", "aria-busy": "true" });
        this.told = make("div", { class: "unseen", role: "status" });
        root.append(this.box, this.told);
        this.begin();
      } catch { this.remove(); }
    }

    get language() {
      const near = this.closest("[lang]");
      return (near && near.lang) || navigator.language || "";
    }

    // asks, and shows the answer; one that comes after a newer question is left out
    async show(path, query, body, then) {
      const turn = (this.turn = (this.turn || 0) + 1);
      this.box.setAttribute("aria-busy", "true");
      let said;
      try {
        said = await ask(path, { lang: this.language, ...query }, body);
      } catch {
        said = null;
      }
      if (turn !== this.turn) return;
      this.box.setAttribute("aria-busy", "false");
      try {
        if (said) then(said); else this.away();
      } catch { this.away(); }
    }

    away() {
      this.told.textContent = "";
      this.fill(line(AWAY[this.language.slice(0, 2)] || AWAY.en, "quiet"));
    }

    fill(...nodes) {
      this.box.replaceChildren(...nodes.filter(Boolean), make("slot", { name: "more" }));
    }

    // the words of the first answer stand for the later ones, which may be refusals without any
    keep(said) {
      if (said.words) this.words = said.words;
      if (said.dir) this.box.dir = said.dir;
      this.box.lang = this.language;
      if (this.words) this.box.setAttribute("aria-label", this.words.title);
      return this.words;
    }

    // tells and focuses what came after something was done here; not on arrival
    answer(words, node) {
      if (!this.acted) return;
      this.told.textContent = words;
      if (node) { node.tabIndex = -1; node.focus(); }
    }

    field(name, label, about) {
      return [make("label", { for: name }, label), make("input", { id: name, name, required: "true", maxlength: 120, ...about })];
    }

    form(fields, button, done) {
      const form = make("form", {}, ...fields, make("p", { class: "actions" }, make("button", {}, button)));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.acted = true;
        done(Object.fromEntries(new FormData(form)));
      });
      return form;
    }

    plain(words, done) {
      const button = make("button", { type: "button", class: "plain" }, words);
      button.addEventListener("click", () => { this.acted = true; done(); });
      return button;
    }
  }

  class VafaPromise extends Box {
    static observedAttributes = ["product", "price", "weight", "lang"];

    attributeChangedCallback(_name, before, now) {
      if (this.box && before !== now) this.begin();
    }

    begin() { this.look(remembered()); }

    look(place) {
      const query = { to: place };
      for (const name of ["product", "price", "weight"]) query[name] = this.getAttribute(name) || "";
      this.show("promise", query, null, (said) => {
        if (said.refused !== undefined) { this.fill(line(said.refused, "quiet")); return; }
        this.keep(said);
        if (said.place) { remember(place); this.shown(said); } else this.asked(said, place);
      });
    }

    asked(said, place) {
      const words = this.words;
      const cities = make("datalist", { id: "cities" }, ...(said.cities || []).map((each) => make("option", { value: each })));
      const fields = this.field("to", words.to, { list: "cities", autocomplete: "address-level2", value: place,
        "aria-invalid": said.sentence ? "true" : "", "aria-describedby": said.sentence ? "wrong" : "" });
      const wrong = said.sentence && make("p", { id: "wrong", class: "quiet wrong" }, said.sentence);
      this.fill(make("h2", {}, words.title), line(words.ask, "quiet"),
        this.form([...fields, wrong, cities], words.show, (given) => this.look(given.to.trim())));
      if (this.acted) { this.told.textContent = said.sentence || ""; this.box.querySelector("input").focus(); }
    }

    shown(said) {
      const words = this.words, date = said.date;
      const place = make("p", { class: "quiet" }, make("bdi", {}, said.place), " · ", this.plain(words.change, () => this.look("")));
      if (!date) {
        const none = make("h2", {}, words.none);
        this.fill(none, line(said.sentence), place);
        this.answer(said.sentence, none);
        return;
      }
      const day = make("p", { class: "day" }, time(date));
      const ways = (said.ways || []).map((way) => make("li", { class: "row quiet" }, make("span", {}, way.name), make("span", {}, way.day, way.cost && " · ", way.cost)));
      this.fill(
        make("p", { class: "row quiet" }, make("span", {}, date.label), make("span", {}, date.way, date.cost && " · ", date.cost)),
        day, line(date.frequency), line(date.likely, "quiet"), line(date.late, "late"),
        make("details", {}, make("summary", {}, words.why), line(date.why), ways.length && make("ol", {}, ...ways)), place);
      this.answer(`${date.label} ${date.day}`, day);
      this.dispatchEvent(new CustomEvent("vafa-promise", { bubbles: true, detail: { day: date.iso, place: said.place } }));
    }
  }

  class VafaTracking extends Box {
    begin() {
      const linked = /^#vafa-order=([\w:=-]+)$/.exec(location.hash);
      this.find({ word: this.getAttribute("word") || (linked ? linked[1] : "") });
    }

    find(said) {
      this.show("track", {}, said, (found) => {
        const refused = found.refused;
        if (refused !== undefined && !this.words) { this.begun(refused); return; }
        this.keep(found);
        if (found.number) this.shown(found); else this.asked(refused, said);
      });
    }

    // a link that has ended is told, and the form is shown all the same
    begun(refused) {
      this.show("track", {}, {}, (found) => {
        if (this.keep(found)) this.asked(refused, {}); else this.fill(line(refused, "quiet"));
      });
    }

    asked(refused, said) {
      const words = this.words;
      const wrong = refused && make("p", { class: "quiet wrong" }, refused);
      const number = this.field("number", words.number, { autocomplete: "off", dir: "ltr", value: said.number });
      const contact = this.field("contact", words.contact, { autocomplete: "email", dir: "ltr", value: said.contact });
      this.fill(make("h2", {}, words.title), wrong, this.form([...number, ...contact], words.find, (given) => this.find(given)));
      this.told.textContent = refused || "";
      if (this.acted) this.box.querySelector("input").focus();
    }

    shown(found) {
      const words = this.words, promise = found.promise;
      const head = make("h2", {}, found.state);
      const steps = found.steps.map((each) => make("li", { class: each.state, "aria-current": each.state === "current" ? "step" : "" }, each.words));
      const days = found.days.map((day) => make("li", {}, make("h3", {}, time(day)), make("ol", {}, ...day.entries.map((entry) =>
        make("li", {}, make("span", { class: "quiet" }, entry.time, " "), entry.words, entry.place && make("span", { class: "quiet" }, " · ", make("bdi", {}, entry.place)))))));
      this.fill(
        make("div", { class: "row" }, head, make("bdi", { class: "quiet" }, found.number)),
        steps.length && make("ol", { class: "steps" }, ...steps),
        promise && line(promise.label, "quiet"), promise && make("p", { class: "day" }, time(promise)),
        promise && line(promise.text), promise && line(promise.late, "late"), line(found.next),
        days.length && make("details", {}, make("summary", {}, words.story), make("ol", {}, ...days)),
        make("p", { class: "row quiet" }, make("a", { href: new URL(found.page, BASE).href }, words.whole), this.plain(words.again, () => this.asked("", {}))));
      this.answer(found.state, head);
      this.dispatchEvent(new CustomEvent("vafa-tracking", { bubbles: true, detail: { number: found.number, state: found.state } }));
    }
  }

  try {
    customElements.define("vafa-promise", VafaPromise);
    customElements.define("vafa-tracking", VafaTracking);
  } catch { /* another script has these names */ }
})();
