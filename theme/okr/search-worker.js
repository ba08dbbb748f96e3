/* okrsite: what Material's search does more on our site. Runs in its worker, around its own script,
   which is named in the address: `search-worker.js?worker=search.….min.js`.

   - Accents make no difference, and umlauts can be written with an e: Größe, Grosse, Groesse.
   - Where a word is nowhere, the nearest one is looked for.
   - What has all words comes first, then what has them in its title, then what weighs more. */
(() => {
  "use strict"

  const SETUP = 0, QUERY = 2
  const own = self.document?.currentScript  // in a site on a disk, this runs in a frame
  const here = own?.src ?? location.href
  const [file] = /[?&]worker=(search\.\w+\.min\.js)$/.exec(here)?.slice(1) ?? []
  const theirs = String(new URL(`../assets/javascripts/workers/${file}`, here))
  own?.remove()  // their script finds its languages beside the first script of a frame

  const listen = self.addEventListener.bind(self)
  const send = self.postMessage.bind(self)
  const load = self.importScripts.bind(self)
  const waiting = []
  let asked = null

  self.addEventListener = (kind, listener, ...more) => {
    if (kind === "message") asked = listener
    else listen(kind, listener, ...more)
  }
  self.postMessage = answer => waiting.shift()?.(answer)
  self.importScripts = (...files) => load(...files.map(name => String(new URL(name, theirs))))

  /** Hand a message to their script, and give its answer; it answers in order. */
  const ask = message => new Promise(done => {
    waiting.push(done)
    asked({ data: message })
  })

  const ready = Promise.resolve(self.importScripts(theirs))
  listen("message", async ({ data: message }) => {
    await ready
    if (message.type === SETUP) setUp(message.data)
    send(message.type === QUERY ? await find(message) : await ask(message))
  })

  /* ---- words ---- */

  const LETTERS = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" }
  const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" }
  const EDGES = /^[\p{P}\p{Sc}]+|[\p{P}\p{Sc}]+$/gu
  const PLAIN = /^[a-z0-9]+$/

  /** Give a text in small letters without accents. */
  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")
      .replace(/[ßøæœłđðþı]/g, letter => LETTERS[letter])
  }

  /** Give how a word is found: without accents, with an e for each umlaut, after an apostrophe. */
  function forms(word) {
    const bare = word.normalize("NFC").replace(EDGES, "")
    const found = new Set([fold(bare), fold(bare.replace(/[äöüåø]/g, letter => UMLAUTS[letter]))])
    for (const part of bare.split(/[^\p{L}\p{N}\p{M}]+/u).slice(1)) {
      if (/\p{L}{3}/u.test(part)) forms(part).forEach(form => found.add(form))
    }
    found.delete("")
    return [...found]
  }

  /* ---- the index ---- */

  let docs = []
  let separator = /\s+/
  let building = true
  let titled = false
  let stops = () => false
  const vocabulary = new Map()  // the words of the index with how often they are there
  const titles = new Map()
  const spelt = new Map()

  function setUp({ config, docs: given }) {
    docs = given
    separator = new RegExp(config.separator, "u")
    const [language] = config.lang
    const filter = (language === "en" ? lunr : lunr[language])?.stopWordFilter
    if (filter && config.pipeline.includes("stopWordFilter")) stops = word => !filter(word)
    const add = lunr.Builder.prototype.add
    const ours = new WeakSet()
    lunr.Pipeline.registerFunction(folded, "okrFolded")
    lunr.Builder.prototype.add = function (...values) {
      if (!ours.has(this)) this.pipeline.add(folded)
      ours.add(this)
      return add.apply(this, values)
    }
  }

  function folded(token) {
    const word = token.toString()
    if (PLAIN.test(word)) {
      count(word)
      return token
    }
    const [first, ...others] = forms(word)
    if (first === undefined) return null
    for (const form of [first, ...others]) count(form)
    if (first !== word && !spelt.has(first)) spelt.set(first, word.replace(EDGES, ""))
    return [...others.map(form => token.clone(() => form)), token.update(() => first)]
  }

  /** Give the words of a text, folded. */
  const wordsOf = text => text.replace(/<[^>]+>/g, " ").split(separator).flatMap(
    word => PLAIN.test(word) ? [word] : forms(word.toLowerCase()))

  function titleOf({ location, title }) {
    if (!titles.has(location)) titles.set(location, wordsOf(title.replace(/<[^>]+>/g, "")))
    return titles.get(location)
  }

  /** Count a word while the index is built, which reads them all. */
  function count(word, by = 1) {
    if (building || by > 1) vocabulary.set(word, (vocabulary.get(word) ?? 0) + by)
  }

  /** Give all words of the index with how often they are there; those of titles count more. */
  function known() {
    if (!titled) for (const doc of docs) for (const word of titleOf(doc)) count(word, 10)
    titled = true
    return vocabulary
  }

  /** Give the word of the index that a misspelt one, or its beginning, is most like. */
  function nearest(word) {
    const most = word.length < 6 ? 1 : 2
    let best, least = most + 0.9, often = 0
    for (const [other, times] of known()) {
      if (other.length < word.length - most) continue
      const far = distance(word, other, most) + (other[0] === word[0] ? 0 : 0.4)
      if (far < least || far === least && times > often) [best, least, often] = [other, far, times]
    }
    return best
  }

  /** Count the letters that differ; letters that only follow at the end of `other` are half of one. */
  function distance(word, other, most) {
    const width = Math.min(other.length, word.length + most)
    let before, above, row = Array.from({ length: width + 1 }, (_, column) => column)
    for (let i = 1; i <= word.length; i++) {
      [before, above, row] = [above, row, [i]]
      let least = i
      for (let j = 1; j <= width; j++) {
        const same = word[i - 1] === other[j - 1]
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1))
        if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1)
        }
        least = Math.min(least, row[j])
      }
      if (least > most) return Infinity
    }
    const whole = width === other.length ? row[width] : Infinity
    return Math.min(whole, Math.min(...row) + 0.5)
  }

  /* ---- the question ---- */

  const OPERATORS = /["*~^:]|(?:^|\s)[+-]\S/

  /** Answer a question as their script does, for what was meant. */
  async function find(message) {
    const typed = message.data
    building = false
    if (OPERATORS.test(typed)) return ask({ ...message, data: fold(typed) })
    const words = typed.toLowerCase().split(separator).filter(Boolean)
    const meant = words.map(forms).filter(found => found.length)
    const wanted = meant.map(([first]) => first)
    const answer = await ask({ ...message, data: meant.flat().join(" ") })
    const missing = wanted.filter(word => !stops(word) && !isFound(answer, word))
    const length = missing.length === wanted.length ? 4 : 5  // of a short word little is left to know it by
    const near = missing.map(word => /^\p{L}+$/u.test(word) && word.length >= length ? nearest(word) : undefined)
    if (!near.some(Boolean)) return finish(answer, meant, words, new Map())
    const instead = wanted.map(word => near[missing.indexOf(word)] ?? word)
    const asking = meant.map(([, ...more], place) => [instead[place], ...more])
    const corrected = await ask({ ...message, data: asking.flat().join(" ") })
    const slips = new Map(missing.map((word, at) => [word, near[at]]).filter(([, other]) => other))
    return finish(corrected, asking, [], slips)
  }

  /** Tell whether a term of their script is a word, or a piece of one that it cut. */
  const isOf = (term, word) => term === word || /\p{sc=Han}/u.test(word) && word.includes(term)

  const isFound = ({ data }, word) => data.items.some(group => group.some(({ terms }) =>
    Object.entries(terms).some(([term, found]) => found && isOf(term, word))))

  /** Sort an answer, and name its words as they are written. */
  function finish(answer, meant, words, slips) {
    const { items } = answer.data
    const wanted = meant.map(([first]) => first)
    items.forEach(group => raise(group, wanted))
    const places = new Map(items.map(group => [group, placeOf(group, wanted)]))
    items.sort((one, other) => {
      const after = places.get(other)
      return places.get(one).reduce((before, value, at) => before || value - after[at], 0)
    })
    const asIs = new Map(meant.map(([first], at) => [first, words[at]]))
    for (const doc of items.flat()) {
      const terms = {}
      for (const [term, found] of Object.entries(doc.terms)) {
        const of = meant.find(all => all.includes(term))
        if (of && of[0] !== term) {
          if (found) terms[written(of[0], asIs)] = true
        } else terms[written(term, asIs)] ||= found
      }
      for (const [slip, other] of slips) {
        if (!terms[other]) delete terms[other]
        terms[slip] = false
      }
      doc.terms = terms
    }
    return answer
  }

  /** Show the parts of a page that are called as was asked: the theme folds those that weigh less. */
  function raise(group, wanted) {
    const [{ score }] = group
    for (const doc of group) {
      if (wanted.every(word => titleOf(doc).some(other => other.startsWith(word)))) {
        doc.score = Math.max(doc.score, score)
      }
    }
    group.sort((one, other) => other.score - one.score)
  }

  /** Give where a group of results belongs: what it lacks, how it is found, and how well. */
  function placeOf(group, wanted) {
    const found = new Set(group.flatMap(({ terms }) => Object.keys(terms).filter(term => terms[term])))
    const page = group.find(({ location }) => !location.includes("#")) ?? group[0]
    const title = titleOf(page)
    const lacks = wanted.filter(word => !stops(word) && !title.includes(word)
      && ![...found].some(term => isOf(term, word))).length
    const inTitle = Math.max(...group.map(doc => {
      const all = doc === page ? title : [...title, ...titleOf(doc)]
      const exact = wanted.filter(word => all.includes(word)).length
      const begun = wanted.filter(word => all.some(other => other.startsWith(word))).length
      return (begun + exact / 10) / wanted.length - (doc === page ? 0 : 0.4)
    }))
    const same = title.length === wanted.length && wanted.every(word => title.includes(word))
    const far = (inTitle >= 0.6 ? 1.1 - inTitle : inTitle > 0 ? 2 : 3) - (same ? 1.5 : 0)
    return [lacks, far - Math.log2(page.boost ?? 1), -Math.max(...group.map(doc => doc.score))]
  }

  /** Give a word as it is written in the pages, or else as it was typed: pages mark it. */
  function written(term, typed) {
    const asTyped = typed.get(term)
    if (asTyped && asTyped !== term) return asTyped
    for (const [word, original] of spelt) {
      if (!word.startsWith(term)) continue
      const start = [...original].findIndex((_, end) => fold(original.slice(0, end + 1)) === term)
      if (start >= 0) return original.slice(0, start + 1)
    }
    return term
  }
})()
