import { expect, test } from "vitest";
import { around, distance, moved, toPlace, toScreen, zoomed } from "../src/map/plane";

const BOX = { width: 390, height: 500 };
const VIEW = { lat: 18.23, lon: 99.41, scale: 40_000 };

test("a place goes to the screen and back", () => {
  const [x, y] = toScreen({ lat: 18.231, lon: 99.412 }, VIEW, BOX);
  const place = toPlace(x, y, VIEW, BOX);
  expect(place.lat).toBeCloseTo(18.231, 9);
  expect(place.lon).toBeCloseTo(99.412, 9);
});

test("zooming keeps what is under the finger", () => {
  const under = toPlace(300, 80, VIEW, BOX);
  const [x, y] = toScreen(under, zoomed(VIEW, 2.3, 300, 80, BOX), BOX);
  expect(x).toBeCloseTo(300, 1);
  expect(y).toBeCloseTo(80, 1);
});

test("dragging moves the map with the finger", () => {
  const before = toPlace(100, 100, VIEW, BOX);
  const [x, y] = toScreen(before, moved(VIEW, 30, -20), BOX);
  expect([x, y].map(Math.round)).toEqual([130, 80]);
});

test("all houses are seen at first", () => {
  const houses = [{ lat: 18.2, lon: 99.4 }, { lat: 18.26, lon: 99.43 }]; // prettier-ignore
  const view = around(houses, BOX);
  for (const house of houses) {
    const [x, y] = toScreen(house, view!, BOX);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(BOX.width);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(BOX.height);
  }
  expect(around([], BOX)).toBeUndefined();
});

test("one wrong pin far away does not make the village a thumbnail", () => {
  const village = Array.from({ length: 60 }, (_, n) => ({ lat: 18.23 + n / 10_000, lon: 99.41 + n / 10_000 }));
  const view = around([...village, { lat: 13.7, lon: 100.5 }], BOX, 0.025);
  expect(view!.lat).toBeCloseTo(18.233, 2);
  expect(view!.scale).toBeGreaterThan(10_000);
});

test("metres are metres", () => {
  expect(distance({ lat: 18.23, lon: 99.41 }, { lat: 18.24, lon: 99.41 })).toBeCloseTo(1113, 0);
});
