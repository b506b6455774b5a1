/** An e-mail address: left to right in every language, and broken anywhere where a line is too short for it. */
export function EmailAddress({ address }: { readonly address: string }) {
  return (
    <bdi dir="ltr" className="wrap-anywhere">
      {address}
    </bdi>
  );
}
