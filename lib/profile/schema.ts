import { z } from 'zod';
import type { RuleContext } from './rules';
import type { FormModel, FormValues, Violation } from './types';
import { validate } from './validate';

/** The answer of {@link checkValues}. */
export type Verdict =
  | { readonly ok: true; readonly values: FormValues }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/**
 * The server's schema of a form, built out of the same rules that the browser runs.
 *
 * @returns a schema of {@link FormValues}; each of its custom issues carries a {@link Violation} as `params`, its key as
 *   `message` and its field as `path`, in the order of the form
 */
export function buildSchema(model: FormModel, context: RuleContext) {
  return z.record(z.string(), z.array(z.string())).superRefine((values, issues) => {
    for (const violation of validate(model, values, context)) {
      issues.addIssue({
        code: 'custom',
        path: [violation.field],
        message: violation.code,
        params: { ...violation },
        input: values,
      });
    }
  });
}

const violationSchema = z.object({
  field: z.string(),
  code: z.string(),
  params: z.array(z.union([z.string(), z.number(), z.null()])),
});

/**
 * Validates on the server.
 *
 * @param values what `readValues` returned
 * @returns the values, or every violation in the order of the form
 * @throws TypeError when the values are not lists of texts: no form can post that, so it is a fault of the caller
 */
export function checkValues(model: FormModel, values: unknown, context: RuleContext): Verdict {
  const parsed = buildSchema(model, context).safeParse(values);
  if (parsed.success) return { ok: true, values: parsed.data };
  const violations = parsed.error.issues.map((issue) => {
    if (issue.code !== 'custom') throw new TypeError(`Form values: ${issue.message}`);
    return violationSchema.parse(issue.params);
  });
  return { ok: false, violations };
}
