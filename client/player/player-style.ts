/** The player's style sheets: the class's parts that it shares, then its own. */
import "../class/header/header.css";
import "../class/stage/stage.css";
import "../class/tiles/tile.css";
import "../class/people/panel.css";
import "../class/class.css";
import "./time-line.css";
import "./player-panel.css";
import "./player.css";
