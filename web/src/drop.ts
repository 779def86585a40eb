/**
 * `<tocsin-drop>`: files that are dropped on it go into the file field that it holds, and are sent
 * when the form is. Without script the field alone takes them.
 */
const OVER = "over";

export class Drop extends HTMLElement {
  #ended = new AbortController();

  connectedCallback(): void {
    const { signal } = (this.#ended = new AbortController());
    const over = (event: DragEvent) => {
      event.preventDefault();
      this.classList.add(OVER);
    };
    this.addEventListener("dragover", over, { signal });
    this.addEventListener("dragleave", () => this.classList.remove(OVER), { signal });
    this.addEventListener("drop", (event) => this.#take(event), { signal });
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = this.dataset["name"] ?? "";
    this.prepend(note);
  }

  disconnectedCallback(): void {
    this.#ended.abort();
    this.querySelector(".note")?.remove();
  }

  #take(event: DragEvent): void {
    event.preventDefault();
    this.classList.remove(OVER);
    const field = this.querySelector<HTMLInputElement>("input[type=file]");
    const files = event.dataTransfer?.files;
    if (field && files && files.length > 0) field.files = files;
  }
}
