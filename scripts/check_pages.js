// SPDX-FileCopyrightText: 2026 The tertius authors
// SPDX-License-Identifier: MIT
//
// Runs inside each view of a page that check_pages.py checks: notes what the page does wrong while it loads, then
// opens all details, lets axe look, and tells the page around it.
"use strict";
(() => {
  const errors = [], requests = [];
  addEventListener("error", (e) => errors.push(e.message || `${e.target.tagName} does not load`), true);
  addEventListener("unhandledrejection", (e) => errors.push(String(e.reason)));
  const log = console.error;
  console.error = (...words) => { errors.push(words.join(" ")); log(...words); };
  // The policy of the view refuses whatever is asked of a network, and says so.
  addEventListener("securitypolicyviolation", (e) => requests.push(`${e.blockedURI} (${e.effectiveDirective})`));

  const name = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const scrolls = (e) => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
      if (getComputedStyle(p).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = () => [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(e)).map(name);

  addEventListener("load", async () => {
    const found = {
      width: innerWidth, dark: matchMedia("(prefers-color-scheme: dark)").matches, details: 0, violations: [],
    };
    try {
      document.querySelectorAll("details").forEach((d) => { d.open = true; found.details += 1; });
      await new Promise((next) => setTimeout(next, 300)); // for what the page draws when it is opened
      found.scroll = document.documentElement.scrollWidth;
      found.wide = found.scroll > innerWidth ? wide().slice(0, 5) : [];
      const seen = await axe.run(document, { resultTypes: ["violations"] });
      found.passes = seen.passes.length;
      found.violations = seen.violations.flatMap((v) => v.nodes.map((n) => (
        { rule: v.id, impact: v.impact, help: v.help, element: n.html.slice(0, 160) })));
    } catch (e) {
      errors.push(`the check itself: ${e}`);
    }
    parent.postMessage({ view: window.name, found: { ...found, errors, requests } }, "*");
  });
})();
