import {
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";
import { saveFormsByThemselves } from "./app/autosave.js";
import { letButtonsChooseAll } from "./app/choose.js";
import { letButtonsCopy } from "./app/copy.js";
import { countDownWhenAsked } from "./app/countdown.js";
import { letButtonsPrint } from "./app/print.js";
import { warnBeforeTimeOut } from "./app/session.js";

// ARIA does not allow aria-expanded on a radio. What an answer reveals comes
// next on the page in any case.
class PlainRadios extends Radios {
  syncConditionalRevealWithInputState($input) {
    super.syncConditionalRevealWithInputState($input);
    $input.removeAttribute("aria-expanded");
  }
}

// Whoever leaves in a hurry leaves for good: the other page takes this one's
// place in the history, so that Back does not lead here.
class ExitForGood extends ExitThisPage {
  exitPage() {
    super.exitPage();
    window.location.replace(this.$button.href);
  }
}

for (const Component of [
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitForGood,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  PlainRadios,
  ServiceNavigation,
  SkipLink,
  Tabs,
]) {
  createAll(Component);
}

saveFormsByThemselves(document);
letButtonsChooseAll(document);
letButtonsCopy(document);
countDownWhenAsked(document);
letButtonsPrint(document);
warnBeforeTimeOut(document);
