import { Fragment, type ReactNode } from 'react';
import type { FormTexts } from '@/lib/i18n/form-view';
import type { Field, FieldGroup, FormModel } from '@/lib/profile/types';
import { dataAttributes } from './control-props';
import { ProfileField } from './field';
import { type FormLabels, lookUp } from './state';

interface FormBodyProps {
  readonly model: FormModel;
  readonly texts: FormTexts;
  readonly labels: FormLabels;
  readonly valuesOf: (name: string) => readonly string[] | undefined;
  readonly errorOf: (name: string) => string | undefined;
  /** Stands under the address, where nothing is wrong with it. */
  readonly hint: ReactNode;
  /** Stands behind the field that the model names. */
  readonly password: ReactNode;
}

/** First and last name side by side, where the realm asks for both in one group. */
function isPaired(field: Field, group: FieldGroup): boolean {
  const pair = ['firstName', 'lastName'];
  return pair.includes(field.name) && group.fields.filter(({ name }) => pair.includes(name)).length === pair.length;
}

/** All fields in the realm's order, group by group. */
export function FormBody({ model, texts, labels, valuesOf, errorOf, hint, password }: FormBodyProps) {
  return model.groups.map((group) => {
    const words = lookUp(texts.groups, group.name);
    return (
      <section
        key={group.name}
        aria-labelledby={words === undefined ? undefined : `group-${group.name}`}
        aria-describedby={words?.description === undefined ? undefined : `group-${group.name}-description`}
      >
        {words === undefined ? null : (
          <div className="mb-4 border-t border-hairline pt-6" {...dataAttributes(group.data)}>
            <h2 id={`group-${group.name}`} className="text-lg font-semibold">
              {words.header}
            </h2>
            {words.description === undefined ? null : (
              <div id={`group-${group.name}-description`} className="text-sm text-muted">
                {words.description}
              </div>
            )}
          </div>
        )}
        <div className="grid gap-x-5 gap-y-3 sm:grid-cols-2">
          {group.fields.map((field) => {
            const fieldTexts = texts.fields[field.name];
            return fieldTexts === undefined ? null : (
              <Fragment key={field.name}>
                <div className={isPaired(field, group) ? '' : 'sm:col-span-2'}>
                  <ProfileField
                    field={field}
                    texts={fieldTexts}
                    labels={labels}
                    values={valuesOf(field.name)}
                    error={errorOf(field.name)}
                    hint={field.name === 'email' && hint}
                  />
                </div>
                {field.name === model.password?.after ? password : null}
              </Fragment>
            );
          })}
        </div>
      </section>
    );
  });
}
