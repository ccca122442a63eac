// Time that is left, minute by minute, in the page's language. Without this script the time at loading stands.
const marks = document.querySelectorAll("time[data-countdown]");
const said = (count, unit) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
const tell = () => {
  for (const mark of marks) {
    const minutes = Math.max(0, Math.floor((Date.parse(mark.dateTime) - Date.now()) / 60000));
    if (!minutes && mark.dataset.over) {
      mark.textContent = mark.dataset.over;
      continue;
    }
    const parts = [[Math.floor(minutes / 60), "hour"], [minutes % 60, "minute"]].filter(([count], at) => count || at);
    mark.textContent = new Intl.ListFormat(document.documentElement.lang, { type: "unit" }).format(
      parts.map((part) => said(...part)),
    );
  }
};
if (marks.length) setInterval(tell, 60000);
