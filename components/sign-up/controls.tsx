import type { ComponentType } from 'react';
import type { Control, Field } from '@/lib/profile/types';
import { type ControlProps, dataAttributes } from './control-props';
import { fieldId } from './state';
import { ValueList } from './value-list';

/** What every control of a field has in common. The browser's own validation is off: the rules are the realm's. */
function commonAttributes({ field, described, invalid }: ControlProps) {
  return {
    id: fieldId(field.name),
    name: field.name,
    'aria-describedby': described,
    'aria-required': field.required || undefined,
    'aria-invalid': invalid || undefined,
    ...dataAttributes(field.data),
  };
}

/** A single line. Also drawn once for each value of a multivalued field. */
function Input(props: ControlProps) {
  const { field, texts, values } = props;
  const type = field.control.kind === 'input' ? field.control.type : 'text';
  return (
    <input
      {...commonAttributes(props)}
      {...field.hints}
      type={type}
      className="control"
      defaultValue={initialText(field, values)}
      placeholder={texts.placeholder}
      autoComplete={field.autocomplete}
      {...(type === 'email' || field.autocomplete === 'username' ? { autoCapitalize: 'none', spellCheck: false } : {})}
    />
  );
}

function Textarea(props: ControlProps) {
  const { field, values } = props;
  const control = field.control.kind === 'textarea' ? field.control : undefined;
  return (
    <textarea
      {...commonAttributes(props)}
      className="control"
      rows={control?.rows ?? 4}
      cols={control?.cols}
      maxLength={field.hints.maxLength}
      defaultValue={initialText(field, values)}
    />
  );
}

function Select(props: ControlProps) {
  const { field, texts, labels, values } = props;
  const size = field.control.kind === 'select' ? field.control.size : undefined;
  return (
    <select
      {...commonAttributes(props)}
      className="control"
      size={size}
      defaultValue={initialText(field, values)}
      autoComplete={field.autocomplete}
    >
      <option value="">{labels.choose}</option>
      {texts.options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

function Multiselect(props: ControlProps) {
  const { field, texts, values } = props;
  const size = field.control.kind === 'multiselect' ? field.control.size : undefined;
  return (
    <select
      {...commonAttributes(props)}
      multiple
      className="control py-1"
      size={size}
      defaultValue={[...initialChoices(field, values)]}
    >
      {texts.options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

function initialText(field: Field, values: readonly string[] | undefined): string {
  return (values === undefined ? field.defaultValue : values[0]) ?? '';
}

function initialChoices(field: Field, values: readonly string[] | undefined): readonly string[] {
  return values ?? (field.defaultValue === undefined ? [] : [field.defaultValue]);
}

/** One radio button or checkbox for each option; the first carries the field's id, for links from the error summary. */
function Choices(props: ControlProps) {
  const { field, texts, values, invalid } = props;
  const type = field.control.kind === 'radiobuttons' ? 'radio' : 'checkbox';
  const chosen = initialChoices(field, values);
  return (
    <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
      {texts.options.map(({ value, label }, index) => (
        <label key={value} className="flex min-h-11 cursor-pointer items-start gap-3 py-2">
          <input
            id={index === 0 ? fieldId(field.name) : undefined}
            type={type}
            name={field.name}
            value={value}
            defaultChecked={chosen.includes(value)}
            aria-invalid={invalid || undefined}
            className="tick"
          />
          {label}
        </label>
      ))}
    </div>
  );
}

/** One renderer for each kind of control. */
export const CONTROLS = {
  input: Input,
  textarea: Textarea,
  select: Select,
  multiselect: Multiselect,
  radiobuttons: Choices,
  checkboxes: Choices,
  list: ValueList,
} satisfies Record<Control['kind'] | 'list', ComponentType<ControlProps>>;
