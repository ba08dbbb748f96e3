/* okrsite: the organisation, read from the tree of the alignment that stands on the page. */
(() => {
  "use strict"

  /** Read the tree: every objective once, with all the links that lead up from it. */
  function read(scope) {
    const nodes = new Map()
    const byRow = new Map()
    for (const row of scope.querySelectorAll(".okr-tree__item")) {
      const link = row.querySelector("a")
      const key = link.getAttribute("href")
      let node = nodes.get(key)
      if (!node) nodes.set(key, node = describe(row, link))
      node.rows.push(row)
      byRow.set(row, node)
      const above = byRow.get(row.parentElement.closest(".okr-tree__item"))
      if (!above || node.parents.some(parent => parent.node === above)) continue
      const to = [...row.querySelectorAll(":scope > .okr-tree__row .okr-to a")]
        .map(result => ({ key: result.getAttribute("href"), title: result.textContent }))
      node.parents.push({ node: above, to })
      above.children.push({ node, to })
    }
    return nodes
  }

  function describe(row, link) {
    const line = row.querySelector(".okr-tree__row")
    const status = row.dataset.okrStatus
    const text = selector => line.querySelector(selector)?.textContent.trim() ?? ""
    return {
      id: row.id.replace(/^objective-/, ""),
      title: link.textContent, href: link.href, status,
      word: text(".okr-status"),
      score: text(".okr-tree__score"),
      owners: text(".okr-meta > :first-child"),
      bar: barOf(line),
      weight: Number(row.dataset.okrWeight ?? 1),
      rows: [], parents: [], children: [], dimmed: false,
    }
  }

  /** Read how far a bar is filled and where it is marked, in percent. */
  function barOf(line) {
    const number = (selector, pattern) => {
      const found = line.querySelector(selector)?.getAttribute("d")?.match(pattern)
      return found ? Number(found[1]) : null
    }
    return {
      filled: number(".okr-bar__fill", /h([\d.]+)/) ?? 0,
      expected: number(".okr-bar__mark", /M([\d.]+)/),
    }
  }

  /** All that is reached from a node, going up or down. */
  function reached(node, way) {
    const found = new Set([node])
    for (const one of found) for (const link of one[way]) found.add(link.node)
    return found
  }

  /** Rank what is shown: how many steps the longest line up from each objective has.

      An objective with several parents stands under the one that is the furthest down, so that
      every link leads the same way. */
  function rank(nodes, shown) {
    const ranks = new Map()
    const open = new Map()
    const next = []
    for (const node of nodes) {
      if (!shown(node)) continue
      const parents = node.parents.filter(parent => shown(parent.node)).length
      open.set(node, parents)
      if (!parents) { ranks.set(node, { depth: 0, above: null }); next.push(node) }
    }
    for (const node of next) {
      const depth = ranks.get(node).depth + 1
      for (const { node: child } of node.children) {
        if (!shown(child)) continue
        if (depth > (ranks.get(child)?.depth ?? -1)) ranks.set(child, { depth, above: node })
        open.set(child, open.get(child) - 1)
        if (open.get(child) === 0) next.push(child)
      }
    }
    return ranks
  }

  Object.assign(window.okrsite, { readTree: read, reached, rank })
})()
