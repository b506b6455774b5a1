import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { FieldTexts } from '@/lib/i18n/form-view';
import { deriveForm } from '@/lib/profile/form-model';
import { REALM } from '@/lib/profile/testing.fixture';
import type { UPAttribute } from '@/lib/profile/types';
import { ProfileField } from './field';
import type { FormLabels } from './state';

/** Every label is its own name: what is shown where can be told from it. */
const LABELS = new Proxy({} as FormLabels, { get: (_, name) => String(name) });

const OPTIONS = { options: { options: ['one', 'two'] } };

/** The markup of one attribute, through the same engine that the page uses. */
function render(attribute: Partial<UPAttribute>, values: readonly string[] = [], error?: string): string {
  const permissions = { view: ['user'], edit: ['admin', 'user'] };
  const profile = { attributes: [{ name: 'thing', permissions, ...attribute }] };
  const field = deriveForm(profile, REALM, { scopes: [], withPassword: false })
    .groups.flatMap((group) => group.fields)
    .find(({ name }) => name === 'thing');
  if (field === undefined) throw new Error('the field is not on the form');
  const options = 'options' in field.control ? field.control.options : [];
  const texts: FieldTexts = { label: 'Thing', options, errors: [], placeholder: 'Hint' };
  return renderToStaticMarkup(
    <ProfileField field={field} texts={texts} labels={LABELS} values={values} error={error} />,
  );
}

const inputType = (type: string) => ({ annotations: { inputType: type } });

test.each(['email', 'tel', 'url', 'number', 'range', 'datetime-local', 'date', 'month', 'time', 'week', 'color'])(
  'html5-%s is an input of that type',
  (type) => {
    expect(render(inputType(`html5-${type}`))).toContain(`type="${type}"`);
  },
);

test('a plain attribute is a text input that shows its value again', () => {
  const html = render({}, ['Ada']);
  expect(html).toMatch(/<input[^>]*type="text"/);
  expect(html).toContain('value="Ada"');
  expect(html).toContain('placeholder="Hint"');
});

test('a textarea has its rows and its text', () => {
  const html = render({ annotations: { inputType: 'textarea', inputTypeRows: 7 } }, ['a note']);
  expect(html).toMatch(/<textarea[^>]*rows="7"/);
  expect(html).toContain('>a note</textarea>');
});

test('a select begins with an empty choice and keeps what was chosen', () => {
  const html = render({ ...inputType('select'), validations: OPTIONS }, ['two']);
  expect(html).toContain('<option value="">choose</option>');
  expect(html).toMatch(/<option value="two" selected="">/);
});

test('a multiselect has no empty choice and keeps all that was chosen', () => {
  const html = render({ ...inputType('multiselect'), multivalued: true, validations: OPTIONS }, ['one', 'two']);
  expect(html).toMatch(/<select[^>]*multiple=""/);
  expect(html.match(/selected=""/g)).toHaveLength(2);
  expect(html).not.toContain('value=""');
});

test('radio buttons stand in a named group, one for each option', () => {
  const html = render({ ...inputType('select-radiobuttons'), validations: OPTIONS }, ['two']);
  expect(html).toMatch(/<fieldset[^>]*>.*<legend[^>]*>Thing/s);
  expect(html.match(/type="radio"/g)).toHaveLength(2);
  expect(html).toMatch(/checked="" value="two"|value="two"[^>]*checked=""/);
});

test('checkboxes keep each that was ticked', () => {
  const html = render({ ...inputType('multiselect-checkboxes'), multivalued: true, validations: OPTIONS }, [
    'one',
    'two',
  ]);
  expect(html.match(/type="checkbox"/g)).toHaveLength(2);
  expect(html.match(/checked=""/g)).toHaveLength(2);
});

test('a multivalued text has a named line for each value, and spare ones where no script can add any', () => {
  const html = render({ multivalued: true, validations: { multivalued: { max: 4 } } }, ['a', 'b']);
  expect(html.match(/name="thing"/g)?.length).toBe(4);
  expect(html).toContain('<noscript>');
});

test('a multivalued textarea stays a textarea, each of its values', () => {
  const html = render({ multivalued: true, annotations: { inputType: 'textarea' } }, ['a', 'b']);
  expect(html.match(/<textarea[^>]*name="thing"/g)?.length).toBe(4);
  expect(html).not.toContain('<input');
});

test('hints become attributes of the control, and decide nothing', () => {
  const html = render({
    annotations: { inputType: 'html5-number', inputTypeMin: 2, inputTypeMax: '9', inputTypeStep: 1 },
  });
  expect(html).toMatch(/min="2"/);
  expect(html).toMatch(/max="9"/);
  expect(html).not.toContain(' required');
});

test('an error is tied to its control, and a required field says that it is', () => {
  const html = render({ required: { roles: ['user'] } }, [], 'Please fill in.');
  expect(html).toMatch(/<input[^>]*aria-invalid="true"/);
  expect(html).toMatch(/<input[^>]*aria-required="true"/);
  expect(html).toMatch(/aria-describedby="field-thing-error"/);
  expect(html).toMatch(/id="field-thing-error"[^>]*>.*Please fill in\./s);
  expect(render({})).not.toContain('aria-invalid');
});

const DATA = { kcNumberFormat: '{3}-{3}', kcMark: '"><b>' };

test.each([
  ['an input', {}, 'input'],
  ['a textarea', inputType('textarea'), 'textarea'],
  ['a select', { ...inputType('select'), validations: OPTIONS }, 'select'],
  ['a multiselect', { ...inputType('multiselect'), multivalued: true, validations: OPTIONS }, 'select'],
  ['radio buttons, once for all', { ...inputType('select-radiobuttons'), validations: OPTIONS }, 'fieldset'],
  ['checkboxes, once for all', { ...inputType('multiselect-checkboxes'), validations: OPTIONS }, 'fieldset'],
])('annotations for scripts become attributes of %s', (_, attribute: Partial<UPAttribute>, element) => {
  const html = render({ ...attribute, annotations: { ...attribute.annotations, ...DATA } });
  expect(html).toMatch(new RegExp(`<${element} [^>]*data-kcnumberformat="\\{3\\}-\\{3\\}"`));
  expect(html).toContain('data-kcmark="&quot;&gt;&lt;b&gt;"');
  expect(html.match(/data-kcnumberformat/g)).toHaveLength(1);
});

test('annotations for scripts become attributes of each line of a multivalued text, and not of the lines’ frame', () => {
  const html = render({ multivalued: true, validations: { multivalued: { max: 3 } }, annotations: DATA }, ['1', '2']);
  expect(html.match(/<input [^>]*data-kcnumberformat/g)).toHaveLength(3);
  expect(html.match(/data-kcnumberformat/g)).toHaveLength(3);
});
