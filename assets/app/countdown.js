const MINUTE = 60_000;
const SPOKEN_AT_MINUTES = [10, 5, 2, 1];
const WARNED_AT_MINUTES = 5;

/**
 * Counts down somebody else's time-out: `[data-countdown-minutes]`. It starts only when a person says so, shows whole
 * minutes, and speaks at 10, 5, 2 and 1 minutes and at the end. It goes on where it was when the page is loaded again.
 */
export function countDownWhenAsked(root) {
  for (const element of root.querySelectorAll("[data-countdown-minutes]")) new Countdown(element);
}

class Countdown {
  constructor(element) {
    this.element = element;
    this.minutes = Number(element.dataset.countdownMinutes);
    this.key = `countdown-${element.dataset.countdownKey}`;
    this.left = element.querySelector("[data-countdown-left]");
    this.said = element.querySelector("[data-countdown-said]");
    this.startButton = element.querySelector("[data-countdown-start]");
    this.stopButton = element.querySelector("[data-countdown-stop]");
    this.before = [this.left.textContent, this.startButton.textContent];
    this.startButton.addEventListener("click", () => this.start(Date.now()));
    this.stopButton.addEventListener("click", () => this.stop());
    element.hidden = false;
    const begun = Number(sessionStorage.getItem(this.key));
    if (begun && Date.now() - begun < this.minutes * MINUTE) this.start(begun);
  }

  start(instant) {
    this.begun = instant;
    this.spoken = null;
    sessionStorage.setItem(this.key, String(instant));
    this.element.classList.add("app-countdown--running");
    this.startButton.textContent = `Start ${this.minutes} minutes again`;
    this.stopButton.hidden = false;
    clearInterval(this.timer);
    this.timer = setInterval(() => this.look(), 1000);
    this.look();
  }

  stop() {
    clearInterval(this.timer);
    sessionStorage.removeItem(this.key);
    this.element.classList.remove("app-countdown--running", "app-countdown--warning");
    [this.left.textContent, this.startButton.textContent] = this.before;
    this.said.textContent = "Stopped counting";
    this.stopButton.hidden = true;
    this.startButton.focus();
  }

  look() {
    const minutes = Math.max(0, Math.ceil((this.begun + this.minutes * MINUTE - Date.now()) / MINUTE));
    this.element.classList.toggle("app-countdown--warning", minutes <= WARNED_AT_MINUTES);
    this.show(minutes);
    // The last threshold passed, so that a computer that slept speaks once and not four times.
    const reached = minutes === 0 ? 0 : SPOKEN_AT_MINUTES.filter((one) => minutes <= one).pop() ?? this.minutes;
    if (reached !== this.spoken) {
      this.spoken = reached;
      this.said.textContent = wordsFor(minutes);
    }
    if (minutes === 0) {
      clearInterval(this.timer);
      sessionStorage.removeItem(this.key);
    }
  }

  show(minutes) {
    const words = wordsFor(minutes);
    if (this.left.textContent !== words) this.left.textContent = words;
  }
}

function wordsFor(minutes) {
  if (minutes === 0) return "The national form has signed you out if you did nothing there. Sign in again.";
  const left = minutes === 1 ? "Less than a minute left" : `${minutes} minutes left`;
  return minutes <= WARNED_AT_MINUTES ? `${left}. Save or move on in the national form now.` : `${left}.`;
}
