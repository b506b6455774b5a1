import { expect, it } from 'vitest';
import { nextQuestion } from './poll-schedule';

/** All questions of one page: when each is asked, in milliseconds. */
function questions(): number[] {
  const times: number[] = [];
  for (let now = 0, asked = 0; ; asked++) {
    const wait = nextQuestion(asked, now);
    if (wait === undefined) return times;
    now += wait;
    times.push(now);
  }
}

it('asks first after two seconds, then less and less often', () => {
  const times = questions();
  const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
  expect(times[0]).toBe(2_000);
  expect(gaps.slice(1).every((gap, index) => gap >= (gaps[index] ?? 0))).toBe(true);
});

it('notices within five seconds in the first five minutes, also behind an answer of 1.5 s ago', () => {
  const eager = questions().filter((time) => time < 300_000);
  const gaps = eager.map((time, index) => time - (eager[index - 1] ?? 0));
  expect(Math.max(...gaps) + 1_500).toBeLessThan(5_000);
});

it('gives up after an hour, and has not asked more than 400 times', () => {
  const times = questions();
  expect(times.at(-1)).toBeGreaterThan(3_590_000);
  expect(times.at(-1)).toBeLessThan(3_620_000);
  expect(times.length).toBeLessThan(400);
});

it('asks less often than the server allows for one account, twice over', () => {
  const times = questions();
  const busiest = Math.max(...times.map((time) => times.filter((one) => one >= time && one < time + 60_000).length));
  expect(busiest * 2).toBeLessThanOrEqual(60);
});
