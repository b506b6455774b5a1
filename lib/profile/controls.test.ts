import { describe, expect, it } from 'vitest';
import { deriveForm } from './form-model';
import { EVERYONE, fieldFor, messageKey, profileWith, REALM, REQUEST } from './testing.fixture';

const COLOURS = { options: { options: ['red', 'green'] } };
const PLAIN = [
  { value: 'red', label: 'red' },
  { value: 'green', label: 'green' },
];

describe('inputType (testAttributeInputTypes)', () => {
  it.each([
    [undefined, { kind: 'input', type: 'text' }],
    ['', { kind: 'input', type: 'text' }],
    ['text', { kind: 'input', type: 'text' }],
    ['html5-tel', { kind: 'input', type: 'tel' }],
    ['html5-datetime-local', { kind: 'input', type: 'datetime-local' }],
    ['hidden', { kind: 'input', type: 'hidden' }],
    ['textarea', { kind: 'textarea' }],
    ['select', { kind: 'select', options: PLAIN }],
    ['multiselect', { kind: 'multiselect', options: PLAIN }],
    ['select-radiobuttons', { kind: 'radiobuttons', options: PLAIN }],
    ['multiselect-checkboxes', { kind: 'checkboxes', options: PLAIN }],
  ])('%s', (inputType, control) => {
    expect(fieldFor({ annotations: { inputType }, validations: COLOURS }).control).toEqual(control);
  });

  it('keycloak#34033: a multivalued attribute keeps its own control and its options', () => {
    const field = fieldFor({ multivalued: true, annotations: { inputType: 'multiselect' }, validations: COLOURS });
    expect(field).toMatchObject({ multivalued: true, control: { kind: 'multiselect', options: PLAIN } });
  });

  it('sizes may be numbers or texts; nonsense is ignored', () => {
    const size = (inputTypeSize: unknown) => fieldFor({ annotations: { inputType: 'select', inputTypeSize } }).control;
    expect(size(4)).toEqual({ kind: 'select', options: [], size: 4 });
    expect(size('4')).toEqual({ kind: 'select', options: [], size: 4 });
    expect(size('many')).toEqual({ kind: 'select', options: [] });
    const textarea = { inputType: 'textarea', inputTypeCols: '40', inputTypeRows: 5 };
    expect(fieldFor({ annotations: textarea }).control).toEqual({ kind: 'textarea', cols: 40, rows: 5 });
  });
});

describe('options', () => {
  const options = (annotations: Record<string, unknown>, validations = {}) => {
    const { control } = fieldFor({ annotations: { inputType: 'select', ...annotations }, validations });
    return 'options' in control ? control.options : undefined;
  };

  it('come from the validator that inputOptionsFromValidation names', () => {
    const sizes = { ...COLOURS, sizes: { options: ['S', 'M'] } };
    expect(options({ inputOptionsFromValidation: 'sizes' }, sizes)).toEqual([
      { value: 'S', label: 'S' },
      { value: 'M', label: 'M' },
    ]);
  });

  it('fall back to the options validator when that one has no list, and to none', () => {
    expect(options({ inputOptionsFromValidation: 'sizes' }, { ...COLOURS, sizes: {} })).toEqual(PLAIN);
    expect(options({ inputOptionsFromValidation: 'constructor' }, COLOURS)).toEqual(PLAIN);
    expect(options({}, {})).toEqual([]);
  });

  it('are labelled by inputOptionLabels, which wins over the prefix', () => {
    const labels = { inputOptionLabels: { red: messageKey('red') }, inputOptionLabelsI18nPrefix: 'colour' };
    expect(options(labels, COLOURS)).toEqual([
      { value: 'red', label: messageKey('red') },
      { value: 'green', label: 'green' },
    ]);
  });

  it('are labelled by a message of the prefix', () => {
    expect(options({ inputOptionLabelsI18nPrefix: 'colour' }, COLOURS)).toEqual([
      { value: 'red', label: messageKey('colour.red') },
      { value: 'green', label: messageKey('colour.green') },
    ]);
  });
});

describe('texts and hints', () => {
  const annotations = {
    inputHelperTextBefore: '<b>before</b>',
    inputHelperTextAfter: messageKey('after'),
    inputTypePlaceholder: messageKey('placeholder'),
    inputTypePattern: '[a-z]+',
    inputTypeSize: 10,
    inputTypeMaxlength: '20',
    inputTypeMinlength: 2,
    inputTypeMin: 0,
    inputTypeMax: '10',
    inputTypeStep: 'any',
  };

  it('an input takes them all', () => {
    expect(fieldFor({ annotations })).toMatchObject({
      helperTextBefore: '<b>before</b>',
      helperTextAfter: messageKey('after'),
      placeholder: messageKey('placeholder'),
      hints: { pattern: '[a-z]+', size: 10, maxLength: 20, minLength: 2, min: '0', max: '10', step: 'any' },
    });
  });

  it('a textarea takes only its greatest length, other controls none, and neither has a placeholder', () => {
    const textarea = fieldFor({ annotations: { ...annotations, inputType: 'textarea' } });
    expect(textarea.hints).toEqual({ maxLength: 20 });
    expect(textarea).not.toHaveProperty('placeholder');
    expect(fieldFor({ annotations: { ...annotations, inputType: 'select' } }).hints).toEqual({});
  });

  it('other annotations are nobody’s hints', () => {
    expect(fieldFor({ annotations: { inputTypePlaceholder: { a: 1 } } })).not.toHaveProperty('placeholder');
  });
});

describe('annotations for scripts', () => {
  it('are every kc… of an attribute with a text, a number or a boolean', () => {
    const annotations = {
      kcNumberFormat: '({2}) {5}-{4}',
      'kc.required.action.supported': true,
      kcStep: 5,
      kcEmpty: '',
      kcList: ['a'],
      kcNothing: null,
      inputType: 'text',
      otherKc: 'x',
    };
    expect(fieldFor({ annotations }).data).toEqual({
      kcNumberFormat: '({2}) {5}-{4}',
      'kc.required.action.supported': 'true',
      kcStep: '5',
      kcEmpty: '',
    });
  });

  it.each(['kc x', 'kc"x', 'kc>', 'kc=', 'kc/', "kc'", 'kc\n', 'kcé'])('never end an attribute’s name: %j', (name) => {
    expect(fieldFor({ annotations: { [name]: 'x' } })).not.toHaveProperty('data');
  });

  it('stand on no field and no group without one', () => {
    expect(fieldFor({ annotations: { inputType: 'text' } })).not.toHaveProperty('data');
    expect(fieldFor({})).not.toHaveProperty('data');
  });

  it('of a group stand on the group and on its fields, whose own come first', () => {
    const member = (name: string, annotations?: Record<string, unknown>) => ({
      name,
      group: 'numbers',
      permissions: EVERYONE,
      ...(annotations && { annotations }),
    });
    const profile = profileWith(
      [member('a'), member('b', { kcGroup: 'own', kcField: 1 })],
      [{ name: 'numbers', annotations: { kcGroup: 'all', other: 'x' } }],
    );
    const group = deriveForm(profile, REALM, REQUEST).groups.find(({ name }) => name === 'numbers');
    expect(group?.data).toEqual({ kcGroup: 'all' });
    expect(group?.fields.map(({ data }) => data)).toEqual([{ kcGroup: 'all' }, { kcGroup: 'own', kcField: '1' }]);
  });
});

describe('autocomplete', () => {
  const tokenOf = (name: string, inputType = 'text', validations = {}) =>
    fieldFor({ name, annotations: { inputType }, validations }).autocomplete;

  it.each([
    ['phoneNumber', 'tel'],
    ['phone_number', 'tel'],
    ['birthdate', 'bday'],
    ['company', 'organization'],
    ['address.postal_code', undefined],
    ['postalCode', 'postal-code'],
    ['country', 'country-name'],
    ['street', 'address-line1'],
    ['title', undefined],
    ['constructor', undefined],
  ])('%s: %s', (name, token) => {
    expect(tokenOf(name)).toBe(token);
  });

  it('depends on the control where the standard has two tokens', () => {
    expect(tokenOf('street', 'textarea')).toBe('street-address');
    expect(tokenOf('country', 'select', { options: { options: ['DE', 'FR'] } })).toBe('country');
    expect(tokenOf('country', 'select', { options: { options: ['Germany'] } })).toBe('country-name');
    expect(tokenOf('phone', 'select-radiobuttons')).toBeUndefined();
  });

  it('says nothing about a list of values', () => {
    expect(fieldFor({ name: 'phone', multivalued: true }).autocomplete).toBeUndefined();
  });
});
