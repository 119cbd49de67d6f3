/** What every page loads: the styles, htmx, and small manners. Each manner listens on the document, so parts that htmx swaps in have them too. */
import "./styles/base.css";
import "./htmx";
import "./look";
import "./menus";
import "./keys";
import "./confirm";
import "./forms";
import "./clipboard";
import "./found";
import "./sign";
