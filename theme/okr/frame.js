/* okrsite: the reader's choice of light or dark in our own frame; without one, the system's. */
(() => {
  "use strict"

  const KEY = "okrsite.scheme"
  const system = matchMedia("(prefers-color-scheme: dark)")
  const chosen = () => { try { return localStorage.getItem(KEY) } catch { return null } }

  function show() {
    const dark = (chosen() ?? (system.matches ? "slate" : "default")) === "slate"
    document.body.dataset.mdColorScheme = dark ? "slate" : "default"
    document.querySelector(".okr-frame__scheme")?.setAttribute("aria-pressed", dark)
    return dark
  }

  show()
  system.addEventListener("change", show)
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".okr-frame__scheme")
    button.hidden = false
    show()
    button.addEventListener("click", () => {
      const next = show() ? "default" : "slate"
      try { localStorage.setItem(KEY, next) } catch { document.body.dataset.mdColorScheme = next }
      show()
    })
  })
})()
