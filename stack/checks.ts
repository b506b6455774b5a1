import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeFailure, Failure } from './failure';
import { ROOT, STACK_FOLDER } from './folders';
import { type Environment, type ManagedProcess, startProcess, stopOnSignal } from './processes';
import { judgeAlerts } from './promtool';

/** How one part of the checks went. */
interface PartResult {
  name: string;
  seconds: number;
  passed: number;
  failed: number;
}

/** The tool that runs now, to be ended with us. */
let running: ManagedProcess | undefined;

/** Runs one of the project's tools with this terminal. @returns whether it was content */
async function runTool(args: string[], env: Environment = {}): Promise<boolean> {
  running = startProcess({ command: process.execPath, args, cwd: ROOT, env: { ...process.env, ...env } });
  return (await running.exited) === 0;
}

function bin(name: string): string {
  return join(ROOT, 'node_modules', ...name.split('/'));
}

/** @returns a file for a tool's report; what an earlier run left there is gone, so that it is never taken for new */
function reportFile(name: string): string {
  mkdirSync(STACK_FOLDER, { recursive: true });
  const file = join(STACK_FOLDER, name);
  rmSync(file, { force: true });
  return file;
}

/** @returns a report's content, or undefined when the tool did not get to write it */
function readReport(file: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** A tool's own count decides, but a tool that says "failed" has failed, whatever it counted. */
function counted(ok: boolean, passed: unknown, failed: unknown): Pick<PartResult, 'passed' | 'failed'> {
  return { passed: count(passed), failed: Math.max(count(failed), ok ? 0 : 1) };
}

async function types() {
  const generated = await runTool([bin('next/dist/bin/next'), 'typegen'], { NEXT_TELEMETRY_DISABLED: '1' });
  const ok = generated && (await runTool([bin('typescript/bin/tsc'), '--noEmit']));
  return counted(ok, ok ? 1 : 0, 0);
}

async function lint() {
  const ok = await runTool([bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']);
  return counted(ok, ok ? 1 : 0, 0);
}

async function unit() {
  const file = reportFile('unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await runTool([bin('vitest/vitest.mjs'), 'run', '--coverage', ...reporters]);
  const report = readReport(file);
  return counted(ok, report?.numPassedTests, report?.numFailedTests);
}

async function dependencies() {
  const ok = await runTool(['--import', 'tsx', join(ROOT, 'stack', 'dependencies', 'audit.ts')]);
  return counted(ok, ok ? 1 : 0, 0);
}

async function alerts() {
  try {
    const ok = judgeAlerts();
    return counted(ok, ok ? 1 : 0, 0);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${describeFailure(error)}\n`);
    return counted(false, 0, 1);
  }
}

async function journeys() {
  const file = reportFile('journeys.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const ok = await runTool([bin('@playwright/test/cli.js'), 'test', '--add-reporter=json'], env);
  const stats = (readReport(file)?.stats ?? {}) as Record<string, unknown>;
  return counted(ok, count(stats.expected) + count(stats.flaky), stats.unexpected);
}

const PARTS = { types, lint, unit, dependencies, alerts, journeys };

/** What `npm run check` looks at; `npm test` adds the known holes of dependencies, the alert rules and the journeys. */
export const CHECKS = ['types', 'lint', 'unit'] as const;

/**
 * Runs parts one after the other, all of them even if one fails, and says how it went.
 * @param names which parts
 * @returns whether all passed; the last line on stdout is `N passed, N failed`
 */
export async function runParts(names: readonly (keyof typeof PARTS)[]): Promise<boolean> {
  stopOnSignal(async () => running?.stop());
  const results: PartResult[] = [];
  for (const name of names) {
    process.stdout.write(`\n== ${name}\n`);
    const started = Date.now();
    const result = await PARTS[name]();
    results.push({ name, seconds: (Date.now() - started) / 1000, ...result });
  }
  process.stdout.write('\n');
  for (const { name, seconds, passed, failed } of results) {
    const outcome = `${passed} passed, ${failed} failed`;
    process.stdout.write(`${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${outcome}\n`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0;
}
