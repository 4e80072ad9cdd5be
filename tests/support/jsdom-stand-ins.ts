// What jsdom lacks and our windows use. Imported first by render-window.tsx.
class NoResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }) satisfies MediaQueryList;
window.ResizeObserver ??= NoResizeObserver;
Element.prototype.scrollIntoView ??= () => undefined;
// Mantine waits for fonts before it measures; jsdom has none to wait for.
if (!document.fonts) {
  Object.defineProperty(document, 'fonts', {
    value: {
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      ready: Promise.resolve(),
    },
  });
}
// jsdom lays nothing out: lists that draw only the rows in sight get a window's height to draw them for.
Object.defineProperties(Element.prototype, {
  clientHeight: { get: () => 600, configurable: true },
  clientWidth: { get: () => 800, configurable: true },
});
