import type { ReactNode } from 'react';
import { Markup } from '@/components/ui/markup';
import type { FieldTexts } from '@/lib/i18n/form-view';
import type { Field } from '@/lib/profile/types';
import { dataAttributes } from './control-props';
import { CONTROLS } from './controls';
import { errorId, type FormLabels, fieldId } from './state';

export interface FieldProps {
  readonly field: Field;
  readonly texts: FieldTexts;
  readonly labels: FormLabels;
  /** Undefined where nothing has been chosen or typed yet, so that a default stands. */
  readonly values: readonly string[] | undefined;
  readonly error: string | undefined;
  /** Stands in the error's place where there is none. */
  readonly hint?: ReactNode;
}

/** One attribute of the profile: label, helper texts, control and its error, tied together for assistive technology. */
export function ProfileField({ field, texts, labels, values, error, hint }: FieldProps) {
  const id = fieldId(field.name);
  const described = [
    texts.before === undefined ? '' : `${id}-before`,
    texts.after === undefined ? '' : `${id}-after`,
    errorId(field.name),
  ]
    .filter(Boolean)
    .join(' ');
  const { control } = field;
  const isGroup = control.kind === 'radiobuttons' || control.kind === 'checkboxes' || isList(field);
  const Control = CONTROLS[isList(field) ? 'list' : control.kind];
  const label = (
    <>
      {texts.label}
      {field.required ? null : <span className="ms-1.5 font-normal text-muted">{labels.optional}</span>}
    </>
  );
  const body = (
    <>
      {texts.before === undefined ? null : (
        <div id={`${id}-before`} className="mb-1.5 text-sm text-muted">
          <Markup nodes={texts.before} />
        </div>
      )}
      <Control
        field={field}
        texts={texts}
        labels={labels}
        values={values}
        described={described}
        invalid={error !== undefined}
      />
      {texts.after === undefined ? null : (
        <div id={`${id}-after`} className="mt-1.5 text-sm text-muted">
          <Markup nodes={texts.after} />
        </div>
      )}
      <FieldError name={field.name} error={error} hint={hint} />
    </>
  );
  if (isGroup) {
    return (
      <fieldset
        aria-describedby={described}
        aria-invalid={error === undefined ? undefined : true}
        // Lines carry their own.
        {...(isList(field) ? {} : dataAttributes(field.data))}
      >
        <legend className="mb-1.5 font-medium">{label}</legend>
        {body}
      </fieldset>
    );
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      {body}
    </div>
  );
}

/** Several texts under one name: a line for each. */
function isList(field: Field): boolean {
  return field.multivalued && (field.control.kind === 'input' || field.control.kind === 'textarea');
}

/** The error's place is there before the error is, so that nothing below moves when it comes. */
export function FieldError({
  name,
  error,
  hint,
}: Pick<FieldProps, 'error' | 'hint'> & { readonly name: string }): ReactNode {
  return (
    <p id={errorId(name)} className="flex min-h-6 items-start gap-1.5 pt-1 text-sm leading-5 text-danger">
      {error === undefined ? (
        hint
      ) : (
        <>
          <svg aria-hidden="true" viewBox="0 0 16 16" className="mt-0.5 size-4 flex-none" fill="currentColor">
            <path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm.8 10.8H7.2v-1.6h1.6v1.6Zm0-3H7.2V4.2h1.6v4.6Z" />
          </svg>
          <span className="whitespace-pre-line">{error}</span>
        </>
      )}
    </p>
  );
}
