/* okrsite: turns the slides of a review by keys and by swiping. Without it one scrolls, and the
   links at the foot of each slide lead on. */
(() => {
  "use strict"

  const slides = [...document.querySelectorAll(".okr-slide")]
  const leave = document.querySelector("[data-okr-leave]")
  const rightToLeft = document.dir === "rtl"
  let current = 0

  /** Give the slide whose address a text like `#grow` is, or -1. */
  const named = hash => slides.findIndex(slide => `#${slide.id}` === decodeURIComponent(hash))

  /** Show a slide: from its top, or its end for who comes from below. */
  function show(number, atEnd = false) {
    const slide = slides[number]
    if (!slide) return
    if (!slide.hasAttribute("tabindex")) slide.tabIndex = -1
    slide.focus({ preventScroll: true })
    slide.scrollIntoView({ behavior: "instant", block: atEnd ? "end" : "start" })
    remember(number)
  }

  /** Keep the address of what is shown, without a step in the history for each slide. */
  function remember(number) {
    current = number
    const address = `#${slides[number].id}`
    if (location.hash !== address) history.replaceState(history.state, "", address)
  }

  /** Scroll within a slide that is longer than the screen; tell whether that was needed. */
  function scrolled(forward) {
    const { top, bottom } = slides[current].getBoundingClientRect()
    const rest = forward ? bottom - innerHeight : -top
    if (rest < 8) return false
    scrollBy({ top: (forward ? 1 : -1) * Math.min(rest, innerHeight * 0.8), behavior: "instant" })
    return true
  }

  const turn = forward => {
    if (!scrolled(forward)) show(current + (forward ? 1 : -1), !forward)
  }
  const next = () => show(current + 1)
  const back = () => show(current - 1)
  const keys = {
    ArrowRight: rightToLeft ? back : next,
    ArrowLeft: rightToLeft ? next : back,
    ArrowDown: () => turn(true),
    ArrowUp: () => turn(false),
    PageDown: () => turn(true),
    PageUp: () => turn(false),
    " ": event => turn(!event.shiftKey),
    Home: () => show(0),
    End: () => show(slides.length - 1),
    Escape: () => { location.href = leave.href },
  }

  addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
    if (event.target.closest("input, select, textarea, button, summary, [contenteditable]")) return
    const action = keys[event.key]
    if (!action) return
    event.preventDefault()
    action(event)
  })

  /* A swipe goes across and not down, with one finger. */
  let start = null
  addEventListener("touchstart", event => {
    const [touch] = event.touches
    start = event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null
  }, { passive: true })
  addEventListener("touchend", event => {
    if (!start) return
    const [touch] = event.changedTouches
    const [across, down] = [touch.clientX - start.x, touch.clientY - start.y]
    start = null
    if (Math.abs(across) < 50 || Math.abs(across) < 2 * Math.abs(down)) return
    if ((across < 0) !== rightToLeft) next()
    else back()
  }, { passive: true })

  /* The slide in the middle of the screen is the one that is shown. */
  const seen = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.isIntersecting) remember(slides.indexOf(entry.target))
    }
  }, { rootMargin: "-50% 0px" })

  addEventListener("hashchange", () => {
    const number = named(location.hash)
    if (number >= 0) show(number)
  })

  /* With `?play=20` the deck moves on by itself every 20 seconds, and begins anew with what has been
     published since. Who prefers reduced motion starts it; any key or touch that turns stays free. */
  const seconds = Number(new URLSearchParams(location.search).get("play"))
  const button = document.querySelector("[data-okr-play]")
  if (button && seconds >= 1) {
    let playing = !matchMedia("(prefers-reduced-motion: reduce)").matches
    let timer
    const restart = () => {
      clearTimeout(timer)
      button.textContent = playing ? button.dataset.okrPause : button.dataset.okrPlay
      if (playing) timer = setTimeout(onward, 1000 * Math.min(seconds, 86400))
    }
    const onward = () => {
      if (current + 1 < slides.length) {
        next()
        restart()
      } else {
        seen.disconnect()
        history.scrollRestoration = "manual"
        history.replaceState(history.state, "", location.pathname + location.search)
        location.reload()
      }
    }
    button.hidden = false
    button.addEventListener("click", () => { playing = !playing; restart() })
    for (const event of ["keydown", "touchend", "wheel"]) addEventListener(event, restart, { passive: true })
    restart()
  }

  const asked = named(location.hash)
  if (asked > 0) show(asked)
  for (const slide of slides) seen.observe(slide)
})()
