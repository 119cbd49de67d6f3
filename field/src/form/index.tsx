/** The door of the forms: open one, show it. Loaded when a form is opened, for it brings the engine. */
export { openForm, warm, type Device, type Draft, type Filling, type FormSource, type Language, type Media, type Opening, type Saved } from "./adapter";
export type { MapPickProps } from "./context";
export { FormNotOpened, type Known } from "./source";
export { FormView, type FormViewProps } from "./view";
