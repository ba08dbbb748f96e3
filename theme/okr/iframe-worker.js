/* okrsite: lets Material's search work in a site that is opened from a disk, where browsers start no
   worker. What would run in the worker runs in a hidden frame. Loaded with the offline plugin. */
(() => {
  "use strict"
  if (location.protocol !== "file:") return

  class FrameWorker extends EventTarget {
    constructor(address) {
      super()
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      this.inside = new Promise((done, failed) => {
        this.frame.addEventListener("load", () => {
          const inside = this.frame.contentWindow
          inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
          inside.importScripts = (...addresses) => addresses.reduce(
            (before, next) => before.then(() => run(inside, next)), Promise.resolve(),
          )
          run(inside, address).then(() => done(inside), failed)
        }, { once: true })
      })
      document.body.append(this.frame)
      this.inside.catch(() => this.dispatchEvent(new Event("error")))
    }

    postMessage(data) {
      this.inside.then(inside => inside.dispatchEvent(new MessageEvent("message", { data })))
    }

    terminate() {
      this.frame.remove()
    }
  }

  /** Run a script in a frame. */
  function run(inside, address) {
    return new Promise((done, failed) => {
      const script = inside.document.createElement("script")
      script.src = new URL(address, location)
      script.onload = done
      script.onerror = failed
      inside.document.head.append(script)
    })
  }

  // Material's worker asks for this name to know that it runs in a frame.
  window.IFrameWorker = window.Worker = FrameWorker
})()
