/* okrsite: what the results of the theme's search say of themselves. Loaded when there are some. */
(() => {
  "use strict"

  const root = new URL("../", document.currentScript.src).href

  /** Put a line under the title of a result, in place of the words that the search found it by. */
  function describe(result, known) {
    const link = result.querySelector("a")
    if (!link || result.querySelector(".okr-found")) return
    const address = new URL(link.href)
    address.searchParams.delete("h")  // the words that were found, which the page marks
    const whole = address.href.slice(root.length)
    const other = ["", "", known.kinds.length - 1]
    const [tone, line, kind = 0, anchor] =
      known.pages[whole] ?? known.pages[whole.split(/[?#]/)[0]] ?? other
    if (anchor !== undefined) {
      address.hash = anchor
      link.href = address
    }
    const said = document.createElement("p")
    said.className = "okr-found"
    if (known.words[tone]) {
      const status = document.createElement("span")
      status.className = `okr-status okr-tone--${tone}`
      status.textContent = known.words[tone]
      said.append(status)
    }
    const words = document.createElement("span")
    words.textContent = [known.kinds[kind], line].filter(Boolean).join(" · ")
    said.append(words)
    const before = [line, [line, known.words[tone]].filter(Boolean).join(" · ")]
    for (const teaser of link.querySelectorAll("p")) {
      if (before.includes(teaser.textContent)) teaser.remove()
    }
    link.querySelector("h1").after(said)
  }

  window.okrsite.describe = results => {
    for (const result of results.children) {
      describe(result, window.okrsite.known)
      // Tags inside of a link lead nowhere, so they are no navigation.
      for (const nav of result.querySelectorAll("nav.md-tags")) {
        const tags = document.createElement("div")
        tags.className = nav.className
        tags.append(...nav.childNodes)
        nav.replaceWith(tags)
      }
    }
  }
})()
