import { expect, test } from 'vitest';
import { type AuditReport, auditReport, type Exception, judgeAudit, type Severity } from './audit-policy';

const TODAY = new Date('2026-11-26T12:00:00Z');
const ID = 'GHSA-aaaa-bbbb-cccc';
const NONE: AuditReport = { auditReportVersion: 2, vulnerabilities: {} };

/** As npm writes it: a package's own hole, and that of one which needs it. */
function report(severity: Severity): AuditReport {
  const via = {
    source: 1,
    name: 'left',
    title: 'A hole',
    url: `https://github.com/advisories/${ID}`,
    severity,
    range: '*',
  };
  const written = {
    auditReportVersion: 2,
    vulnerabilities: {
      left: { name: 'left', severity, via: [via] },
      right: { name: 'right', severity, via: ['left'] },
    },
    metadata: {},
  };
  return auditReport.parse(written);
}

const waits = (change: Partial<Exception> = {}): Exception => ({
  advisory: ID,
  package: 'left',
  reason: 'Only reached by files that nobody can upload here.',
  since: '2026-11-20',
  until: '2026-12-03',
  ...change,
});

const verdicts = (production: AuditReport, development: AuditReport, exceptions: Exception[] = []) =>
  judgeAudit({ production, development }, exceptions, TODAY).map(({ scope, verdict }) => `${scope} ${verdict}`);

test('a hole in what is served fails from moderate on, one in the tools from high on', () => {
  expect(verdicts(report('low'), report('low'))).toEqual(['production told']);
  expect(verdicts(report('moderate'), report('moderate'))).toEqual(['production fails']);
  expect(verdicts(NONE, report('moderate'))).toEqual(['development told']);
  expect(verdicts(NONE, report('high'))).toEqual(['development fails']);
});

test('an exception holds until the end of its last day', () => {
  expect(verdicts(report('critical'), NONE, [waits()])).toEqual(['production excepted']);
  expect(verdicts(report('critical'), NONE, [waits({ until: '2026-11-26' })])).toEqual(['production excepted']);
  expect(verdicts(report('critical'), NONE, [waits({ until: '2026-11-25' })])).toEqual(['production fails']);
});

test('an exception is for one hole of one package, and no longer than that may stay open', () => {
  expect(verdicts(report('critical'), NONE, [waits({ until: '2026-12-31' })])).toEqual(['production fails']);
  expect(verdicts(report('high'), NONE, [waits({ until: '2026-12-20' })])).toEqual(['production excepted']);
  expect(verdicts(report('high'), NONE, [waits({ package: 'other' })])).toContain('production fails');
});

test('an exception that nothing needs any more has to go', () => {
  expect(judgeAudit({ production: NONE, development: NONE }, [waits()], TODAY)).toMatchObject([
    { verdict: 'fails', remark: 'take its exception out' },
  ]);
});
