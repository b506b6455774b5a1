import { deriveForm } from '@/lib/profile/form-model';
import { formatMessage, resolveRealmText } from '@/lib/profile/message-format';
import { possibleViolations } from '@/lib/profile/messages';
import { matchPattern } from '@/lib/profile/pattern-server';
import { buildSchema, checkValues } from '@/lib/profile/schema';
import { CONTEXT, EVERYONE, messageKey, REALM, REQUEST } from '@/lib/profile/testing.fixture';
import type { FormModel, FormValues, UPAttribute, UPConfig } from '@/lib/profile/types';
import { readValues, toRepresentation } from '@/lib/profile/values';
import { exponentOf, median } from './stats';

/**
 * How the work of the profile engine grows with the profile: with every doubling of the attributes (and with them of the
 * options, of the groups and of what is typed) each step should take twice the time, that is grow with an exponent of 1.
 */

const SIZES = [50, 100, 200, 400] as const;
const LARGEST = 400;
/** On average; two attributes of five share all options. */
const OPTIONS_PER_ATTRIBUTE = 50;
const OPTIONS_PER_CHOICE = (OPTIONS_PER_ATTRIBUTE * 5) / 2;
const CHOSEN = 20;
const ATTRIBUTES_PER_GROUP = 10;
/** Each step runs this long before anything counts, so that the engine is warm. */
const WARM_UP_MS = 400;
/** Long enough for every measurement to hold its fair share of garbage collection. */
const SAMPLE_MS = 30;
const ROUNDS = 21;

const context = { ...CONTEXT, matches: matchPattern };

/** A generated attribute, with values that it takes and values that it refuses. */
interface Sample {
  readonly attribute: UPAttribute;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

function sampleOf(index: number): Sample {
  const named = {
    name: `attribute${index}`,
    displayName: messageKey(`profile.attribute${index}`),
    group: `group${Math.floor(index / ATTRIBUTES_PER_GROUP)}`,
    permissions: EVERYONE,
    required: { roles: ['user'] },
  };
  const options = Array.from({ length: OPTIONS_PER_CHOICE }, (_, option) => `${index}.${option}`);
  const choice = (inputType: string) => ({ inputType, inputOptionLabelsI18nPrefix: 'profile.options' });
  switch (index % 5) {
    case 0: {
      const validations = { pattern: { pattern: `[A-Z]{2}\\d{4}-${index}` }, length: { min: 2, max: 40 } };
      return { attribute: { ...named, validations }, good: [`AB1234-${index}`], bad: ['AB12'] };
    }
    case 1: {
      const attribute = { ...named, annotations: choice('select'), validations: { options: { options } } };
      return { attribute, good: options.slice(-1), bad: ['none'] };
    }
    case 2: {
      const validations = { options: { options }, multivalued: { max: OPTIONS_PER_CHOICE } };
      const attribute = { ...named, multivalued: true, annotations: choice('multiselect'), validations };
      return { attribute, good: options.slice(-CHOSEN), bad: [...options.slice(1 - CHOSEN), 'none'] };
    }
    case 3: {
      const isIso = index % 2 === 0;
      const attribute = { ...named, validations: isIso ? { 'iso-date': {} } : { 'local-date': {} } };
      return isIso
        ? { attribute, good: ['2024-02-29'], bad: ['2023-02-29'] }
        : { attribute, good: ['2/29/2024'], bad: ['2/29/2023'] };
    }
    default:
      return { attribute: { ...named, validations: { email: {} } }, good: ['ann@bücher.example'], bad: ['ann b@c'] };
  }
}

/** Everything that the steps need of one size, made before any time is taken. */
interface Subject {
  readonly size: number;
  readonly profile: UPConfig;
  readonly model: FormModel;
  readonly good: FormValues;
  readonly bad: FormValues;
  readonly posted: readonly (readonly [string, string])[];
  readonly texts: ReadonlyMap<string, string>;
}

function subjectOf(size: number): Subject {
  const samples = Array.from({ length: size }, (_, index) => sampleOf(index));
  const made = {
    attributes: samples.map(({ attribute }) => attribute),
    groups: [...new Set(samples.map(({ attribute }) => attribute.group))].map((name) => ({ name })),
  };
  // Parsed, as it comes from Keycloak: objects that cold code made are slower to read, and the first size is made by it.
  const profile = JSON.parse(JSON.stringify(made)) as UPConfig;
  const texts = samples.map(({ attribute: { name } }) => [`profile.${name}`, `The ${name}, in ''words''`] as const);
  const valuesOf = (kind: 'good' | 'bad') => Object.fromEntries(samples.map((one) => [one.attribute.name, one[kind]]));
  const subject = {
    size,
    profile,
    model: deriveForm(profile, REALM, REQUEST),
    good: valuesOf('good'),
    bad: valuesOf('bad'),
    posted: samples.flatMap((one) => one.good.map((value) => [one.attribute.name, value] as const)),
    texts: new Map(texts),
  };
  const [good, bad] = [
    checkValues(subject.model, subject.good, context),
    checkValues(subject.model, subject.bad, context),
  ];
  // Without this a fault of the samples would look like speed.
  if (!good.ok || bad.ok || new Set(bad.violations.map(({ field }) => field)).size !== size) {
    throw new Error(`The samples of ${size} attributes are not judged as they were made`);
  }
  return subject;
}

/** All words of a form, as the page gets them: labels, options, and a sentence for each possible violation. */
function wordsOf({ model, texts }: Subject): string[] {
  const lookup = (key: string) => texts.get(key);
  return model.groups
    .flatMap((group) => group.fields)
    .flatMap((field) => {
      const label = resolveRealmText(field.label, lookup);
      const options = 'options' in field.control ? field.control.options : [];
      const errors = possibleViolations(field);
      return [
        label,
        ...options.map((option) => resolveRealmText(option.label, lookup)),
        ...errors.map(({ params }) => formatMessage('{0} wants {1}', [label, ...params], 'en')),
      ];
    });
}

const STEPS = {
  /** Realm -> form. */
  model: ({ profile }) => deriveForm(profile, REALM, REQUEST),
  /** Form -> schema; the schema runs the rules of the model, so there is little to build. */
  schema: ({ model }) => buildSchema(model, context),
  /** The server's whole judgement of an input that is fine. */
  validate: ({ model, good }) => checkValues(model, good, context),
  /** The same of an input in which every field is wrong. */
  refuse: ({ model, bad }) => checkValues(model, bad, context),
  words: wordsOf,
  /** Post -> values -> user. */
  read: ({ model, posted }) => toRepresentation(model, readValues(model, posted), 'en'),
} satisfies Record<string, (subject: Subject) => unknown>;

type Step = keyof typeof STEPS;
const NAMES = Object.keys(STEPS) as Step[];

/** Takes part in the output, so that no step can be optimized away. */
let results = 0;

/** @returns milliseconds for one run */
function measure(step: Step, subject: Subject, runs: number): number {
  const started = performance.now();
  for (let run = 0; run < runs; run++) if (STEPS[step](subject)) results++;
  return (performance.now() - started) / runs;
}

/** @returns how often the step runs within a measurement */
function warmUp(step: Step, subject: Subject): number {
  const started = performance.now();
  let runs = 0;
  for (; performance.now() - started < WARM_UP_MS; runs++) measure(step, subject, 1);
  return Math.ceil((runs * SAMPLE_MS) / WARM_UP_MS);
}

const subjects = SIZES.map(subjectOf);
const largest = subjectOf(LARGEST);
const columns = NAMES.map((step) => {
  const runs = warmUp(step, largest);
  // A smaller subject runs more often, so that each measurement does equal work.
  const cells = subjects.map((subject) => ({ subject, runs: (runs * LARGEST) / subject.size, times: [] as number[] }));
  return { step, cells };
});

for (let round = 0; round < ROUNDS; round++) {
  // All steps and sizes in each round, and every other round backwards: what slows the machine down hits all alike.
  const cells = columns.flatMap((column) => column.cells.map((cell) => ({ ...cell, step: column.step })));
  for (const { step, subject, runs, times } of round % 2 === 0 ? cells : cells.toReversed()) {
    times.push(measure(step, subject, runs));
  }
}

const table = columns.map(({ step, cells }) => {
  const medians = cells.map(({ times }) => median(times));
  const ratios = medians.slice(1).map((time, index) => time / (medians[index] ?? Number.NaN));
  return { step, medians, ratios, exponent: exponentOf(medians.map((time, index) => [SIZES[index] ?? 0, time])) };
});

function line(first: string, cells: readonly string[]): void {
  process.stdout.write(`${first.padEnd(22)}${cells.map((cell) => cell.padStart(10)).join('')}\n`);
}

process.stdout.write(`Milliseconds for one run, medians of ${ROUNDS} measurements (${results} runs)\n\n`);
line('attributes, options', NAMES);
for (const [index, size] of SIZES.entries()) {
  const times = table.map(({ medians }) => medians[index] ?? Number.NaN);
  line(
    `${size}, ${size * OPTIONS_PER_ATTRIBUTE}`,
    times.map((time) => time.toFixed(4)),
  );
}
for (const [index, size] of SIZES.slice(1).entries()) {
  const ratios = table.map((column) => column.ratios[index] ?? Number.NaN);
  line(
    `${SIZES[index]} -> ${size}`,
    ratios.map((ratio) => `x ${ratio.toFixed(2)}`),
  );
}
line(
  'exponent',
  table.map(({ exponent }) => exponent.toFixed(2)),
);
const told: readonly Step[] = ['model', 'schema', 'validate'];
const exponents = table
  .filter(({ step }) => told.includes(step))
  .map(({ step, exponent }) => `${step} ${exponent.toFixed(2)}`);
process.stdout.write(`\nengine: exponent ${exponents.join(', ')}\n`);
// Well above what a noisy machine makes of linear work, and well below a square.
const LIMIT = 1.4;
process.exitCode = table.some(({ step, exponent }) => told.includes(step) && exponent > LIMIT) ? 1 : 0;
