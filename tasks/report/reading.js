"use strict";
// Marks every segment of the fact that the address names, tells what a mark is when it is tapped or clicked, and lets Escape lead
// back to the report.
(() => {
  const show = () => {
    for (const found of document.querySelectorAll(".found")) found.classList.remove("found");
    const id = decodeURIComponent(location.hash.slice(1));
    const place = id ? document.getElementById(id) : null;
    const reading = place && place.closest(".reading");
    if (!reading) return;
    const anchor = id.slice(id.indexOf(".") + 1);
    for (const segment of reading.querySelectorAll("[data-facts]"))
      if (segment.dataset.facts.split(" ").includes(anchor)) segment.classList.add("found");
    const target = reading.querySelector(".found") || place;
    if (target === reading) { scrollTo(0, 0); reading.focus(); } else target.scrollIntoView({ block: "center" });
  };
  const about = document.createElement("p");
  about.className = "about-mark";
  about.setAttribute("role", "status");
  about.hidden = true;
  document.body.append(about);
  const tell = (event) => {
    const mark = event.target.closest(".raw [title]");
    about.textContent = mark ? mark.title : "";
    about.hidden = !about.textContent;
  };
  addEventListener("click", tell);
  addEventListener("hashchange", () => { about.hidden = true; });
  addEventListener("hashchange", show);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const reading = document.querySelector(".reading.apart") || document.querySelector(".reading:target, .reading:has(:target)");
    if (reading) reading.querySelector(".back").click();
  });
  show();
})();
