/** The class's style sheets; the layout last, because it decides over its parts. */
import "./header/header.css";
import "./stage/stage.css";
import "./tiles/tile.css";
import "./people/panel.css";
import "./bar/bar.css";

import "./class.css";
