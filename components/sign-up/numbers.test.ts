import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { formatControl } from './numbers';

/** As much of a browser's input as the code asks for. */
class FakeInput extends EventTarget {
  value = '';
  selectionStart: number | null = null;
  template: string | null = '{3} {3}';
  getAttribute = () => this.template;
  setSelectionRange = vi.fn();
}

let input: FakeInput;

beforeEach(() => {
  input = new FakeInput();
  vi.stubGlobal('HTMLInputElement', FakeInput);
  vi.stubGlobal('document', { activeElement: input });
});
afterEach(() => vi.unstubAllGlobals());

/** What the event of a browser carries that is asked for. */
const inputEvent = (details: Partial<InputEvent>) => Object.assign(new Event('input'), details);

test('a number is formatted, and the caret stays behind its digit', () => {
  Object.assign(input, { value: '1293456', selectionStart: 3 });
  formatControl(input, inputEvent({ inputType: 'insertText' }));
  expect(input.value).toBe('129 345');
  expect(input.setSelectionRange).toHaveBeenCalledWith(3, 3);
});

test('a deletion forward passes over what the format puts back', () => {
  Object.assign(input, { value: '123456', selectionStart: 3 });
  formatControl(input, inputEvent({ inputType: 'deleteContentForward' }));
  expect(input.setSelectionRange).toHaveBeenCalledWith(4, 4);
});

test('text that is still being composed is left alone until it is there', () => {
  input.value = 'いち';
  formatControl(input, inputEvent({ isComposing: true }));
  expect(input.value).toBe('いち');
  formatControl(input);
  expect(input.value).toBe('');
});

test.each([
  ['has no caret', { selectionStart: null }, true],
  ['is not in use', { selectionStart: 2 }, false],
])('an input that %s is formatted without one', (_, state, inUse) => {
  if (!inUse) vi.stubGlobal('document', { activeElement: null });
  Object.assign(input, { value: '123456', ...state });
  formatControl(input);
  expect(input.value).toBe('123 456');
  expect(input.setSelectionRange).not.toHaveBeenCalled();
});

test('what is right already, has no template or is no input stays untouched', () => {
  Object.assign(input, { value: '123 456', selectionStart: 7 });
  formatControl(input);
  Object.assign(input, { value: '123456', template: null });
  formatControl(input);
  const other = Object.assign(new EventTarget(), { value: '123456', getAttribute: () => '{3} {3}' });
  formatControl(other);
  expect([input.value, other.value]).toEqual(['123456', '123456']);
  expect(input.setSelectionRange).not.toHaveBeenCalled();
});
