import { useEffect, useState } from 'react';
import { WithAddress } from '@/components/ui/email-address';
import { suggestEmail } from '@/lib/email-suggestion';
import type { FormLabels } from './state';

interface AddressHintProps {
  readonly control: HTMLInputElement;
  /** The address that was meant. */
  readonly meant: string;
  readonly labels: FormLabels;
}

/** Offers the address that was meant, until the one that was typed changes. */
function AddressHint({ control, meant, labels }: AddressHintProps) {
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    const close = () => setOpen(false);
    control.addEventListener('input', close);
    return () => control.removeEventListener('input', close);
  }, [control]);
  const take = () => {
    // The prototype's own setter: React notices no value that is set through the element it keeps.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(control, meant);
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.focus();
  };
  return isOpen ? (
    <span className="text-ink">
      <WithAddress sentence={labels.addressMeant} address={meant} />{' '}
      <button type="button" className="min-h-6 cursor-pointer font-medium text-accent underline" onClick={take}>
        {labels.addressTake}
      </button>
    </span>
  ) : null;
}

/**
 * What to say beside the e-mail field about a slip in the address.
 * @param control the field that was left
 * @returns the hint, and its words for those who do not see it; undefined where nothing seems amiss
 */
export function addressHint(control: EventTarget, labels: FormLabels) {
  if (!(control instanceof HTMLInputElement)) return undefined;
  const meant = suggestEmail(control.value);
  if (meant === undefined) return undefined;
  return {
    node: <AddressHint key={control.value} control={control} meant={meant} labels={labels} />,
    text: labels.addressMeant.replace('{address}', () => meant),
  };
}
