import '@testing-library/jest-dom/vitest';

import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

import { speak } from '@/i18n';

// What antd and CodeMirror ask of a browser and jsdom does not have: sizes and media. Nothing is laid out in these tests.
const nothing = () => undefined;
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe = nothing;
    unobserve = nothing;
    disconnect = nothing;
  },
);
window.matchMedia = (media: string) =>
  ({
    media,
    matches: false,
    addEventListener: nothing,
    removeEventListener: nothing,
    addListener: nothing,
    removeListener: nothing,
  }) as unknown as MediaQueryList;
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();
// jsdom warns that it can't compute the styles of pseudo elements, which antd asks for to measure scroll bars.
const computed = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => computed(element);

// The first page of a file renders in more than the second that is the default, on a small machine that does other things.
configure({ asyncUtilTimeout: 10_000 });

speak('en');

afterEach(() => {
  cleanup();
  window.sessionStorage.clear();
});
