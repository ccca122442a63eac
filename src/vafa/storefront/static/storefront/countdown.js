// "Order within 2 h 10 min" goes on counting; without it the clock time beside it stands.
(() => {
  const moments = document.querySelectorAll("time[data-until]");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const tell = () => {
    for (const each of moments) {
      const minutes = Math.floor((Date.parse(each.dateTime) - Date.now()) / 60000);
      const words = minutes < 0 ? each.dataset.over : minutes < 60 ? each.dataset.minutes : each.dataset.hours;
      each.textContent = words.replace("{h}", number.format(Math.floor(minutes / 60))).replace("{m}", number.format(minutes % 60));
    }
  };
  if (moments.length) setInterval(tell, 30000);
})();
