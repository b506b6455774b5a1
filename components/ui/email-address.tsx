import { Fragment } from 'react';

/** An e-mail address, which breaks behind its dots and dashes where a line is too short for it, and anywhere if it must. */
export function EmailAddress({ address }: { readonly address: string }) {
  const parts = [...address.matchAll(/[^@.+_-]*[@.+_-]?/g)].filter(([part]) => part !== '');
  return (
    <bdi dir="ltr" className="wrap-anywhere">
      {parts.map(({ 0: part, index }) => (
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </bdi>
  );
}
