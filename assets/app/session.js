const WARNING_IN_SECONDS = 120;

/**
 * Warns two minutes before the server ends an idle session. The body carries
 * `data-session-limit-seconds`, `data-session-left-url` (answers `{"seconds":
 * 90}` without counting as activity) and `data-session-ended-url`; the dialog
 * `[data-session-dialog]` holds a form that posts "Stay signed in".
 *
 * The server enforces the limit by itself: this only tells people in time.
 */
export function warnBeforeTimeOut(root) {
  const limit = Number(root.body.dataset.sessionLimitSeconds);
  const dialog = root.querySelector("dialog[data-session-dialog]");
  if (!limit || !dialog || typeof dialog.showModal !== "function") return;
  new SessionWarning(limit, dialog, root.body.dataset);
}

class SessionWarning {
  constructor(limit, dialog, { sessionLeftUrl, sessionEndedUrl }) {
    this.limit = limit;
    this.dialog = dialog;
    this.leftUrl = sessionLeftUrl;
    this.endedUrl = sessionEndedUrl;
    this.form = dialog.querySelector("form");
    this.left = dialog.querySelector("[data-session-left]");
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
    this.channel?.addEventListener("message", (message) => this.renew(message.data));
    this.renewHereAndInOtherTabs();
    this.countFetches();
    this.form.addEventListener("submit", (event) => this.stay(event));
    // Escape means "leave me alone", which is what staying signed in does.
    dialog.addEventListener("cancel", (event) => this.stay(event));
    setInterval(() => this.look(), 1000);
  }

  renew(instant) {
    this.lastSeen = Math.max(this.lastSeen || 0, Number(instant) || 0);
    if (this.dialog.open && this.secondsLeft() > WARNING_IN_SECONDS) this.dialog.close();
  }

  renewHereAndInOtherTabs() {
    const now = Date.now();
    this.renew(now);
    this.channel?.postMessage(now);
  }

  // A page that saves by itself keeps its session alive, and so its warning waits.
  countFetches() {
    document.addEventListener("app:server-answered", () => this.renewHereAndInOtherTabs());
  }

  secondsLeft() {
    return Math.ceil((this.lastSeen + this.limit * 1000 - Date.now()) / 1000);
  }

  async look() {
    if (this.looking || this.ended) return;
    this.looking = true;
    if (this.isTimeToWarn() && !this.dialog.open) await this.askTheServer();
    this.looking = false;
    const left = this.secondsLeft();
    if (left <= 0) return this.end();
    if (!this.isTimeToWarn()) return;
    if (!this.dialog.open) {
      document.dispatchEvent(new Event("app:save-now"));
      this.dialog.showModal();
      this.said = null;
    }
    this.say(left);
  }

  isTimeToWarn() {
    return this.secondsLeft() <= Math.min(WARNING_IN_SECONDS, this.limit / 2);
  }

  // Another window may have been busy, or this computer asleep.
  async askTheServer() {
    if (!this.leftUrl) return;
    try {
      const answer = await fetch(this.leftUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const { seconds } = await answer.json();
      if (Number.isFinite(seconds)) this.lastSeen = Date.now() - (this.limit - seconds) * 1000;
    } catch {
      // Without an answer, our own clock has to do.
    }
  }

  // Spoken every half minute, not every second.
  say(left) {
    const words =
      left > 60 ? "2 minutes" : left > 30 ? "1 minute" : "30 seconds";
    if (words !== this.said) {
      this.said = words;
      this.left.textContent = words;
    }
  }

  async stay(event) {
    event.preventDefault();
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        body: new FormData(this.form),
        credentials: "same-origin",
        headers: { Accept: "application/json" },
      });
      if (!answer.ok || answer.redirected) return this.end();
      this.renewHereAndInOtherTabs();
      this.dialog.close();
    } catch {
      this.form.submit();
    }
  }

  end() {
    if (this.ended) return;
    this.ended = true;
    const here = window.location.pathname + window.location.search;
    const next = `?next=${encodeURIComponent(here)}`;
    window.location.assign(this.endedUrl ? this.endedUrl + next : here);
  }
}
