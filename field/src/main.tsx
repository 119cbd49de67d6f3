import "./styles/app.css";
import { render } from "solid-js/web";

render(() => <main id="main"><h1>หมุดหมาย</h1></main>, document.getElementById("app")!);
