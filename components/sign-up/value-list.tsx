'use client';

import { useRef, useState } from 'react';
import { type ControlProps, dataAttributes } from './control-props';
import { fieldId } from './state';

/** Extra lines for a page without JavaScript, where none can be added. */
const SPARE_LINES = 2;

/** A field with several texts: a line for each, with buttons to add and to remove one. */
export function ValueList({ field, texts, labels, values: typed, described, invalid }: ControlProps) {
  const values = typed ?? (field.defaultValue === undefined ? [] : [field.defaultValue]);
  const least = Math.max(1, field.values.min, values.length);
  const [lines, setLines] = useState(() => Array.from({ length: least }, (_, index) => index));
  const next = useRef(least);
  const list = useRef<HTMLUListElement>(null);
  const most = field.values.max ?? Number.POSITIVE_INFINITY;
  const words = (text: string, number: number) =>
    text.replace('{field}', texts.label).replace('{number}', String(number));
  const { control } = field;
  // A text of several lines stays one, however many of them there are.
  const Line = control.kind === 'textarea' ? 'textarea' : 'input';
  const shape =
    control.kind === 'textarea'
      ? { rows: control.rows ?? 3, cols: control.cols }
      : { type: control.kind === 'input' ? control.type : 'text' };
  const spare = Array.from(
    { length: Math.max(0, Math.min(SPARE_LINES, most - least)) },
    (_, index) => least + index + 1,
  );
  const focusLine = (index: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('input, textarea')[index]?.focus());

  const attributes = (number: number) => ({
    name: field.name,
    ...shape,
    className: 'control',
    'aria-label': words(labels.valueNumber, number),
    'aria-describedby': described,
    'aria-invalid': invalid || undefined,
    placeholder: texts.placeholder,
    ...field.hints,
    ...dataAttributes(field.data),
  });

  return (
    <div className="grid gap-2">
      <ul ref={list} className="grid gap-2">
        {lines.map((line, index) => (
          <li key={line} className="flex gap-2">
            <Line
              {...attributes(index + 1)}
              id={index === 0 ? fieldId(field.name) : undefined}
              defaultValue={values[line]}
            />
            {lines.length > Math.max(1, field.values.min) ? (
              <button
                type="button"
                className="button button-quiet min-h-0 px-3.5"
                aria-label={words(labels.removeValue, index + 1)}
                onClick={() => {
                  setLines(lines.filter((one) => one !== line));
                  focusLine(Math.max(0, index - 1));
                }}
              >
                <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4" stroke="currentColor" strokeWidth="2">
                  <path d="M3.5 8h9" />
                </svg>
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <noscript>
        <div className="grid gap-2">
          {spare.map((number) => (
            <Line key={number} {...attributes(number)} />
          ))}
        </div>
      </noscript>
      {lines.length < most ? (
        <button
          type="button"
          className="scripted inline-flex min-h-11 cursor-pointer items-center gap-2 justify-self-start font-medium text-accent"
          onClick={() => {
            setLines([...lines, next.current++]);
            focusLine(lines.length);
          }}
        >
          <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4" stroke="currentColor" strokeWidth="2">
            <path d="M3 8h10M8 3v10" />
          </svg>
          {words(labels.addValue, 0)}
        </button>
      ) : null}
    </div>
  );
}
