import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { tables } from './figures';

/** Prints what tests have measured (`figures.ts`) as tables, when all have run. */
export default class FiguresReporter implements Reporter {
  readonly #annotations: TestResult['annotations'] = [];

  onTestEnd(_test: TestCase, { annotations }: TestResult): void {
    this.#annotations.push(...annotations);
  }

  onEnd(): void {
    process.stdout.write(tables(this.#annotations));
  }
}
