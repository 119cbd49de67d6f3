// The drawings of the back office (mudmai/pages/rules/icons.py), those the app uses.

const DRAWN = {
  calendar: '<path d="M4 6h16v15H4zM4 10.500h16M8 3v4M16 3v4"/>',
  search: '<circle cx="11" cy="11" r="6"/><path d="m20 20-4.5-4.5"/>',
  map: '<path d="m3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14"/>',
  form: '<path d="M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3"/>',
  more: '<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>',
  house: '<path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z"/>',
  person: '<circle cx="12" cy="8" r="4"/><path d="M4.5 21c0-4.5 3.5-7 7.5-7s7.5 2.5 7.5 7"/>',
  people: '<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-4 3-6 6-6s6 2 6 6M16 5a3.5 3.5 0 0 1 0 6.5M18 14.500c2 .8 3 2.8 3 5.5"/>',
  pin: '<path d="M12 21.500S5 14 5 9.500a7 7 0 0 1 14 0C19 14 12 21.5 12 21.500z"/><circle cx="12" cy="9.5" r="2.5"/>',
  locate: '<circle cx="12" cy="12" r="6"/><path d="M12 2v4M12 18v4M2 12h4M18 12h4"/><circle cx="12" cy="12" r="1.5"/>',
  walk: '<circle cx="13" cy="4.5" r="2"/><path d="m9 21 2.5-6L9 12l1-5 4 1 2 3 3 1M14.5 21l-1-5-2-2"/>',
  clock: '<circle cx="12" cy="12" r="8"/><path d="M12 7v5l3 2"/>',
  check: '<path d="m5 12 5 5 9-10"/>',
  warn: '<path d="M12 4 2.5 20h19zM12 10v4M12 17h.01"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8h.01"/>',
  question: '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.700M12 16.500h.01"/>',
  lock: '<path d="M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  minus: '<path d="M5 12h14"/>',
  edit: '<path d="M4 20h4L19.5 8.500a2 2 0 0 0-4-4L4 16zM13.5 6.500l4 4"/>',
  trash: '<path d="M4 7h16M9 7V4h6v3M6.5 7 7.5 20h9l1-13M10 11v5M14 11v5"/>',
  left: '<path d="M15 5 8 12l7 7"/>',
  right: '<path d="m9 5 7 7-7 7"/>',
  refresh: '<path d="M20 12a8 8 0 1 1-2.5-5.800L20 8.500M20 4v4.500h-4.5"/>',
  eye: '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>',
  heart: '<path d="M12 20S3.5 15 3.5 9A4.5 4.5 0 0 1 12 6.5 4.5 4.5 0 0 1 20.5 9c0 6-8.5 11-8.5 11z"/>',
  phone: '<path d="M5 4h4l2 5-2.5 1.500a11 11 0 0 0 5 5L15 13l5 2v4c0 1-1 2-2 2A15 15 0 0 1 3 6c0-1 1-2 2-2"/>',
  settings: '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
  signout: '<path d="M14 4H5v16h9M10 12h11M17.5 8.5 21 12l-3.5 3.5"/>',
  globe: '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.500c5 5 5 12 0 17M12 3.500c-5 5-5 12 0 17"/>',
  key: '<circle cx="8" cy="15" r="4.5"/><path d="m11.5 11.5 8-8M16 7l3 3"/>',
  missing: '<circle cx="12" cy="12" r="8" stroke-dasharray="3 3.3"/><path d="M9 12h6"/>',
  cross: '<path d="M6 6l12 12M18 6 6 18"/>',
  import: '<path d="M12 15V3M7.5 7.5 12 3l4.5 4.500M4 14v6h16v-6"/>',
  shield: '<path d="M12 3 4.5 6v6c0 4.5 3 7.5 7.5 9 4.5-1.5 7.5-4.5 7.5-9V6zM9 12l2.2 2.200L15 10.5"/>',
  contrast: '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.500v17" /><path d="M12 3.500a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>',
  list: '<path d="M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01"/>',
  speaker: '<path d="M4 9.5h3.5L12 5.500v13L7.5 14.500H4zM15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"/>',
  wifi: '<path d="M2 9a15 15 0 0 1 20 0M5 12.500a10 10 0 0 1 14 0M8.500 16a5 5 0 0 1 7 0M12 19.500h.01"/>',
  offline: '<path d="M4 4l16 16M5 12.500a10 10 0 0 1 3-2M2 9a15 15 0 0 1 4.500-3M10.500 6A15 15 0 0 1 22 9M14 9.500a10 10 0 0 1 5 3M9 16a5 5 0 0 1 6 0M12 19.500h.01"/>',
  file: '<path d="M6 3h8l5 5v13H6zM14 3v5h5"/>',
  up: '<path d="m5 15 7-7 7 7"/>',
  down: '<path d="m5 9 7 7 7-7"/>',
  arrow: '<path d="M4 12h16M14 6l6 6-6 6"/>',
  camera: '<path d="M4 8h3.5L9 5.500h6L16.500 8H20v11H4z"/><circle cx="12" cy="13" r="3.500"/>',
  image: '<path d="M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 5"/><circle cx="15.500" cy="9" r="1.500"/>',
};

export type IconName = keyof typeof DRAWN;

/** Hidden from screen readers: a word must stand beside it. */
export function Icon(props: { name: IconName; size?: number }) {
  return (
    <svg
      class="ic"
      width={props.size ?? 22}
      height={props.size ?? 22}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      innerHTML={DRAWN[props.name]}
    />
  );
}
