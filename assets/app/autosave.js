import { timeInWords } from "./clock.js";

const PAUSE_IN_MILLISECONDS = 2000;

/**
 * A form with `data-autosave="<url>"` is posted there a moment after typing
 * stops and when the page is left. Files are not sent. The answer may be JSON
 * `{"saved_at": "5:30pm", "version": 4}`; the version goes into the form's
 * `seen_version` field, so that the next save is not taken for a stale one.
 */
export function saveFormsByThemselves(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    new Autosave(form);
  }
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]") || this.addStatus();
    this.changed = false;
    this.sending = null;
    this.submitted = false;
    this.unreachable = false;
    form.addEventListener("input", () => this.noticeChange());
    form.addEventListener("change", () => this.noticeChange());
    form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save();
    });
    document.addEventListener("app:save-now", () => this.save());
  }

  addStatus() {
    const status = document.createElement("p");
    status.className = "app-autosave";
    status.setAttribute("role", "status");
    this.form.append(status);
    return status;
  }

  noticeChange() {
    if (this.submitted) return;
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_IN_MILLISECONDS);
  }

  submit(event) {
    // Without a connection the browser would put its own page in the place of what was typed.
    if (!this.reached && (this.unreachable || !navigator.onLine)) {
      event.preventDefault();
      this.submitOnceReached(event.submitter);
      return;
    }
    this.submitted = true;
    clearTimeout(this.timer);
  }

  async submitOnceReached(button) {
    this.changed = true;
    await this.save();
    if (this.unreachable) return;
    this.reached = true;
    this.form.requestSubmit(button);
  }

  async save() {
    clearTimeout(this.timer);
    if (!this.changed || this.submitted) return;
    if (this.sending) {
      // One at a time, so that an older text never lands after a newer one.
      await this.sending;
      return this.save();
    }
    this.changed = false;
    this.sending = this.send();
    await this.sending;
    this.sending = null;
  }

  async send() {
    const body = new FormData(this.form);
    for (const [name, value] of [...body.entries()]) {
      if (value instanceof File) body.delete(name);
    }
    let answer;
    try {
      answer = await fetch(this.form.dataset.autosave || this.form.action, {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-Autosave": "1" },
        redirect: "manual",
      });
      this.unreachable = false;
    } catch {
      this.unreachable = true;
      return this.fail("Not saved. Check your connection. What you typed is still on this page.");
    }
    if (answer.status === 409) {
      return this.fail("Not saved. Someone else has changed this since you opened it. Copy your text, then open the page again.");
    }
    if (!answer.ok) {
      return this.fail("Not saved. What you typed is still on this page.");
    }
    document.dispatchEvent(new Event("app:server-answered"));
    const said = await answer.json().catch(() => ({}));
    const version = this.form.elements.namedItem(this.form.dataset.autosaveVersion || "seen_version");
    if (version && said.version !== undefined) version.value = said.version;
    this.say(`Saved at ${said.saved_at || timeInWords(new Date())}`, false);
  }

  fail(text) {
    this.changed = true;
    this.say(text, true);
  }

  say(text, failed) {
    this.status.textContent = text;
    this.status.classList.toggle("app-autosave--failed", failed);
  }
}
