import { CHECKS, runParts } from './checks';

process.exitCode = (await runParts(CHECKS)) ? 0 : 1;
