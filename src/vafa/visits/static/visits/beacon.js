// How this one page did in this browser, told once to its own shop when the page is left: no cookie, nothing about who.
(() => {
  const told = document.currentScript.dataset;
  const quiet = navigator.globalPrivacyControl || navigator.doNotTrack === "1" || document.visibilityState !== "visible";
  if (quiet || !navigator.sendBeacon || !window.PerformanceObserver) return;
  const known = PerformanceObserver.supportedEntryTypes || [];
  let lcp = null, cls = known.includes("layout-shift") ? 0 : null, errors = 0, sent = false;
  let shifted = 0, began = 0, last = 0;
  const answers = new Map();

  const watch = (type, take, more) => {
    if (!known.includes(type)) return;
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  };
  watch("largest-contentful-paint", (entry) => { lcp = entry.startTime; });
  // the worst burst of movements: at most five seconds, no more than one between two of them
  watch("layout-shift", (entry) => {
    if (entry.hadRecentInput) return;
    if (entry.startTime - last > 1000 || entry.startTime - began > 5000) { shifted = 0; began = entry.startTime; }
    shifted += entry.value;
    last = entry.startTime;
    cls = Math.max(cls, shifted);
  });
  watch("event", (entry) => {
    if (entry.interactionId) answers.set(entry.interactionId, Math.max(answers.get(entry.interactionId) || 0, entry.duration));
  }, { durationThreshold: 16 });
  addEventListener("error", (event) => { if (event instanceof ErrorEvent || event.target.matches?.("script, link")) errors += 1; }, true);
  addEventListener("unhandledrejection", () => { errors += 1; });

  // the slowest answer, one of fifty left out
  const slowest = () => [...answers.values()].sort((one, other) => other - one)[Math.floor(answers.size / 50)];
  const whole = (value, most) => (value == null ? "" : Math.min(most, Math.round(value)));
  const device = () => (innerWidth < 768 ? "phone" : matchMedia("(pointer: coarse)").matches ? "tablet" : "computer");

  function tell() {
    if (sent || document.visibilityState !== "hidden") return;
    sent = true;
    const key = [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
    navigator.sendBeacon(told.to, new URLSearchParams({
      key, page: told.page, device: device(), lcp: whole(lcp, 60000), inp: whole(slowest(), 60000),
      cls: whole(cls === null ? null : cls * 1000, 10000), errors_seen: Math.min(99, errors),
    }));
  }
  addEventListener("visibilitychange", tell, true);
})();
