/**
 * `<tocsin-keys>`: single keys press the buttons and links in it that name them (`data-key`). They
 * can be turned off, since whoever speaks to a computer types letters without wanting to
 * (WCAG 2.1.4); the choice is kept in this browser.
 */
const KEPT = "tocsin-keys";

export class Keys extends HTMLElement {
  #ended = new AbortController();

  connectedCallback(): void {
    const { signal } = (this.#ended = new AbortController());
    document.addEventListener("keydown", (event) => this.#press(event), { signal });
    this.prepend(this.#choice());
  }

  disconnectedCallback(): void {
    this.#ended.abort();
    this.querySelector(".keys-choice")?.remove();
  }

  #choice(): HTMLElement {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = isOn();
    box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
    const label = document.createElement("label");
    label.className = "keys-choice";
    label.append(box, ` ${this.dataset["name"] ?? ""}`);
    return label;
  }

  #press(event: KeyboardEvent): void {
    const { target } = event;
    const types = target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");
    if (types || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !isOn()) return;
    const found = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
      (one) => one.dataset["key"] === event.key,
    );
    if (!found) return;
    event.preventDefault();
    if (found instanceof HTMLInputElement) found.focus();
    else found.click();
  }
}

function isOn(): boolean {
  return localStorage.getItem(KEPT) !== "off";
}
