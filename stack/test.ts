import { CHECKS, runParts } from './checks';
import { ensureChromium } from './chromium';
import { describeFailure } from './failure';

try {
  ensureChromium();
  process.exitCode = (await runParts([...CHECKS, 'dependencies', 'alerts', 'journeys'])) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = 1;
}
