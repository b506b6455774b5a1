import type { FieldTexts } from '@/lib/i18n/form-view';
import type { AnnotationData, Field } from '@/lib/profile/types';
import type { FormLabels } from './state';

/**
 * The annotations for scripts as attributes `data-<name>`. HTML folds the case of an attribute's name; React warns of a
 * name that isn't folded already.
 */
export function dataAttributes(data: AnnotationData | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(data ?? {}).map(([name, value]) => [`data-${name.toLowerCase()}`, value]));
}

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
