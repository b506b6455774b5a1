import type { FieldTexts } from '@/lib/i18n/form-view';
import type { Field } from '@/lib/profile/types';
import type { FormLabels } from './state';

/** What every kind of control is drawn from. */
export interface ControlProps {
  readonly field: Field;
  readonly texts: FieldTexts;
  readonly labels: FormLabels;
  /** Undefined where nothing has been chosen or typed yet, so that a default stands. */
  readonly values: readonly string[] | undefined;
  /** Ids of the texts that describe the control. */
  readonly described: string;
  readonly invalid: boolean;
}
