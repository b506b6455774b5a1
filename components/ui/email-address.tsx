/** An e-mail address: left to right in every language, and broken anywhere where a line is too short for it. */
export function EmailAddress({ address }: { readonly address: string }) {
  return (
    <bdi dir="ltr" className="wrap-anywhere">
      {address}
    </bdi>
  );
}

/** A sentence with an address in the place of `{address}`. */
export function WithAddress({ sentence, address }: { readonly sentence: string; readonly address: string }) {
  const [before, after] = sentence.split('{address}');
  return (
    <>
      {before}
      <EmailAddress address={address} />
      {after}
    </>
  );
}
