/** The script of all pages. It adds to what the server made, and nothing is lost without it. */
import { Brush } from "./brush";
import { Drop } from "./drop";
import { Keys } from "./keys";
import { EventsMap } from "./map/element";
import { follow } from "./view";
import { words } from "./words";

customElements.define("tocsin-map", EventsMap);
customElements.define("tocsin-brush", Brush);
customElements.define("tocsin-drop", Drop);
customElements.define("tocsin-keys", Keys);
follow(words());
