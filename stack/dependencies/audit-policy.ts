import { z } from 'zod';

/** npm's words for how bad a known hole is. */
const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whether a package is part of what is served, or only of how it is made and tested. */
export type Scope = 'production' | 'development';

/** The least severity that fails, as `docs/dependencies.md` says. */
const FAILS_FROM: Readonly<Record<Scope, Severity>> = { production: 'moderate', development: 'high' };

/** In how many days a hole has to be mended or got rid of; an exception can't last longer. */
export const DAYS_TO_MEND: Readonly<Record<Severity, number>> = {
  critical: 14,
  high: 30,
  moderate: 90,
  low: 180,
  info: 180,
};

const DAY_MS = 86_400_000;

const advisory = z.object({ name: z.string(), title: z.string(), url: z.string(), severity: z.enum(SEVERITIES) });

/** What is read of `npm audit --json` (`auditReportVersion` 2): advisories stand in `via`, beside names of packages. */
export const auditReport = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), advisory])) })),
});
export type AuditReport = z.output<typeof auditReport>;

const day = z.iso.date({ error: 'must be a day, for example 2026-12-31' });

/** A hole that is known, and can't be closed yet. */
const exception = z.strictObject({
  /** The advisory's id, for example `GHSA-xxxx-xxxx-xxxx`. */
  advisory: z.string().regex(/^GHSA(-[0-9a-z]{4}){3}$/, { error: 'must be an id such as GHSA-xxxx-xxxx-xxxx' }),
  package: z.string().min(1),
  /** Why it can wait: what keeps it from being reached here. */
  reason: z.string().min(20, { error: 'must say in a sentence why it can wait' }),
  since: day,
  until: day,
});
export const exceptionList = z.array(exception);
export type Exception = z.output<typeof exception>;

/** A hole, and what the policy says to it. */
export interface Finding {
  readonly scope: Scope;
  readonly severity: Severity;
  readonly package: string;
  readonly id: string;
  readonly title: string;
  /** `fails`, or why it doesn't. */
  readonly verdict: 'fails' | 'told' | 'excepted';
  /** What has to be done about it. */
  readonly remark: string;
}

const idOf = (url: string) => url.split('/').at(-1) ?? url;

function judge(scope: Scope, found: z.output<typeof advisory>, known: Exception | undefined, today: Date) {
  const limit = DAYS_TO_MEND[found.severity];
  if (SEVERITIES.indexOf(found.severity) < SEVERITIES.indexOf(FAILS_FROM[scope]))
    return { verdict: 'told', remark: `to be mended within ${limit} days` } as const;
  if (known === undefined)
    return { verdict: 'fails', remark: `mend it, or write an exception of at most ${limit} days down` } as const;
  const days = (Date.parse(known.until) - Date.parse(known.since)) / DAY_MS;
  if (days > limit)
    return { verdict: 'fails', remark: `its exception lasts ${days} days; ${found.severity} has ${limit}` } as const;
  if (Date.parse(known.until) + DAY_MS <= today.getTime())
    return { verdict: 'fails', remark: `its exception ended on ${known.until}` } as const;
  return { verdict: 'excepted', remark: `until ${known.until}: ${known.reason}` } as const;
}

/**
 * Judges what npm knows of the packages by the policy.
 * @param reports of `npm audit`, of each scope; what production has is not told again among development's
 * @param exceptions that are written down
 * @param today a day is over at its end, UTC
 * @returns every advisory once a package, and exceptions that nothing needs any more as `fails`
 */
export function judgeAudit(
  reports: Readonly<Record<Scope, AuditReport>>,
  exceptions: readonly Exception[],
  today: Date,
): Finding[] {
  const findings = new Map<string, Finding>();
  for (const scope of ['production', 'development'] as const) {
    for (const { via } of Object.values(reports[scope].vulnerabilities)) {
      for (const found of via.filter((one) => typeof one !== 'string')) {
        const [id, name] = [idOf(found.url), found.name];
        if (findings.has(`${id} ${name}`)) continue;
        const known = exceptions.find((one) => one.advisory === id && one.package === name);
        const about = { scope, severity: found.severity, package: name, id, title: found.title };
        findings.set(`${id} ${name}`, { ...about, ...judge(scope, found, known, today) });
      }
    }
  }
  const unneeded = exceptions.filter((one) => !findings.has(`${one.advisory} ${one.package}`));
  return [
    ...findings.values(),
    ...unneeded.map(
      (one): Finding => ({
        scope: 'production',
        severity: 'info',
        package: one.package,
        id: one.advisory,
        title: 'no package has this hole any more',
        verdict: 'fails',
        remark: 'take its exception out',
      }),
    ),
  ];
}
